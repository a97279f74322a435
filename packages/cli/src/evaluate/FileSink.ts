import { closeSync, openSync, writeSync } from "node:fs";

/** **Units** characters written at once. */
const BATCH = 1 << 18;
const STDOUT = 1;

/** Lines on their way to a file, to stdout (`-`), or nowhere. */
export class FileSink {
  readonly #file: number | undefined;
  #text: string;

  constructor(path: string | undefined, header: string) {
    this.#file = path === undefined ? undefined : path === "-" ? STDOUT : openSync(path, "w");
    this.#text = header;
  }

  write(line: string): void {
    this.#text += line;
    if (this.#text.length > BATCH) this.flush();
  }

  flush(): void {
    if (this.#file === STDOUT) process.stdout.write(this.#text);
    else if (this.#file !== undefined) writeWhole(this.#file, this.#text);
    this.#text = "";
  }

  close(): void {
    if (this.#file !== undefined && this.#file !== STDOUT) closeSync(this.#file);
  }
}

/** A file may take less at once than it is given. */
const writeWhole = (file: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
};
