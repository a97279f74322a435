import type { Writable } from "node:stream";

/**
 * Writes lines to a stream, all lines of one turn of the event loop at once: under load, writing each by itself would cost as much as what it tells
 * of. What a process says right before it ends is written, too.
 */
export const linesTo = (stream: Writable): ((line: string) => void) => {
  let waiting = "";
  const flush = () => {
    if (waiting !== "") stream.write(waiting);
    waiting = "";
  };
  process.on("exit", flush);
  return (line) => {
    if (waiting === "") setImmediate(flush);
    waiting += `${line}\n`;
  };
};
