/**
 * Writes log lines without ever waiting for their reader: what cannot be written yet is kept up to a bound, what exceeds
 * the bound is dropped and counted. A full disk or a stalled reader costs log lines, never ticks.
 */
import { write as writeToFd } from "node:fs";

/** Characters that are kept while nothing can be written: about a second of the busiest log. */
const KEPT_MAX_CHARS = 1024 * 1024;
/** Several processes may share the pipe: a write of this size goes in whole or not at all (PIPE_BUF of Linux). */
const WRITE_MAX_BYTES = 4096;
/** The pause after a failed write, which doubles with each further one up to the maximum. */
const RETRY_MIN_MS = 10;
const RETRY_MAX_MS = 1_000;
/** A flush gives up after this many failed writes in a row, about half a second, and with a slow reader after a time. */
const FLUSH_FAILURES_MAX = 6;
const FLUSH_MAX_MS = 1_500;

export class LogOutput {
  readonly #fd: number;
  readonly #onDropped: (lines: number) => void;
  readonly #writeTo: typeof writeToFd;
  #kept: string[] = [];
  #keptChars = 0;
  #writing = Buffer.alloc(0);
  #failures = 0;
  #dropped = 0;
  #reported = 0;
  #isIdle = true;
  readonly #flushes: (() => void)[] = [];

  /** `fd` must not block (see openStdout). Calls `onDropped` with a number of lines once writing works again. */
  constructor(fd: number, onDropped: (lines: number) => void, writeTo: typeof writeToFd = writeToFd) {
    this.#fd = fd;
    this.#onDropped = onDropped;
    this.#writeTo = writeTo;
  }

  /** Lines dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a line with its line break. Neither blocks nor throws. */
  write(line: string): void {
    if (this.#keptChars + line.length > KEPT_MAX_CHARS) {
      this.#dropped++;
      return;
    }
    this.#kept.push(line);
    this.#keptChars += line.length;
    if (this.#isIdle) this.#writeNext();
  }

  /** Resolves when all lines are written, or soon if they cannot be: within 1.5 s. */
  flush(): Promise<void> {
    if (this.#isIdle || this.#failures >= FLUSH_FAILURES_MAX) return Promise.resolve();
    return new Promise((resolve) => {
      this.#flushes.push(resolve);
      setTimeout(resolve, FLUSH_MAX_MS);
    });
  }

  #writeNext(): void {
    if (this.#writing.length === 0) {
      this.#writing = this.#takeLines();
    }
    this.#isIdle = this.#writing.length === 0;
    if (this.#isIdle) this.#endFlushes();
    else this.#writeTo(this.#fd, this.#writing, (error, bytes) => this.#afterWrite(error, bytes));
  }

  /** As many whole lines as one write takes, one at least; empty if none is kept. */
  #takeLines() {
    let bytes = 0;
    let count = 0;
    for (const line of this.#kept) {
      const longer = bytes + Buffer.byteLength(line);
      if (count > 0 && longer > WRITE_MAX_BYTES) break;
      [bytes, count] = [longer, count + 1];
    }
    const text = this.#kept.splice(0, count).join("");
    this.#keptChars -= text.length;
    return Buffer.from(text);
  }

  #afterWrite(error: Error | null, bytes: number): void {
    if (error) {
      this.#tryLater();
      return;
    }
    this.#failures = 0;
    this.#writing = this.#writing.subarray(bytes);
    if (this.#writing.length === 0) this.#reportDropped();
    this.#writeNext();
  }

  #tryLater(): void {
    setTimeout(() => this.#writeNext(), Math.min(RETRY_MIN_MS * 2 ** this.#failures, RETRY_MAX_MS));
    if (++this.#failures >= FLUSH_FAILURES_MAX) this.#endFlushes();
  }

  #reportDropped(): void {
    const lines = this.#dropped - this.#reported;
    this.#reported = this.#dropped;
    if (lines > 0) this.#onDropped(lines);
  }

  #endFlushes(): void {
    for (const end of this.#flushes.splice(0)) end();
  }
}

/**
 * Returns stdout's descriptor, made non-blocking: a write that blocked would hold a thread of libuv's pool, and the exit.
 * Node does so for pipes and sockets, and undoes it for terminals, which stall as well (Ctrl+S).
 */
export function openStdout(): number {
  const handle: unknown = Reflect.get(process.stdout, "_handle");
  if (process.stdout.isTTY) (handle as { setBlocking(on: boolean): void }).setBlocking(false);
  return 1;
}
