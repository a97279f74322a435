/** Lines that cannot be taken: each is named at once, all of them are counted, none is kept. */
export class BadLines {
  readonly #file: string;
  readonly #tell: (text: string) => void;
  readonly #asJson: boolean;
  #count = 0;
  #text = "";

  constructor(file: string, tell: (text: string) => void, asJson: boolean) {
    this.#file = file;
    this.#tell = tell;
    this.#asJson = asJson;
  }

  get count(): number {
    return this.#count;
  }

  readonly add = (line: number, reason: string): void => {
    this.#count++;
    this.#text += this.#asJson
      ? `${JSON.stringify({ file: this.#file, line, reason })}\n`
      : `${this.#file}, line ${line}: ${reason}\n`;
    if (this.#text.length > 1 << 16) this.flush();
  };

  /** Hands over what was not told yet. */
  flush(): void {
    if (this.#text !== "") this.#tell(this.#text);
    this.#text = "";
  }
}
