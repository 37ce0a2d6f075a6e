/**
 * Writes log lines without ever waiting for their reader: what cannot be written yet is kept up to a bound, what exceeds
 * the bound is dropped and counted. A full disk or a stalled reader costs log lines, never ticks.
 */
import { write as writeToFd } from "node:fs";

/** Characters that are kept while nothing can be written: about a second of the busiest log. */
const KEPT_MAX_CHARS = 1024 * 1024;
/** The pause after a failed write, which doubles with each further one up to the maximum. */
const RETRY_MIN_MS = 10;
const RETRY_MAX_MS = 1_000;
/** A flush gives up after this many failed writes in a row, about half a second, and with a slow reader after a time. */
const FLUSH_FAILURES_MAX = 6;
const FLUSH_MAX_MS = 1_500;

export interface LogOutput {
  /** Lines dropped since the start. */
  readonly dropped: number;
  /** Takes a line with its line break. Neither blocks nor throws. */
  write(line: string): void;
  /** Resolves when all lines are written, or soon if they cannot be: within 1.5 s. */
  flush(): Promise<void>;
}

/** `fd` must not block (see openStdout). Calls `onDropped` with a number of lines once writing works again. */
export function createLogOutput(
  fd: number,
  onDropped: (lines: number) => void,
  writeTo: typeof writeToFd = writeToFd,
): LogOutput {
  let kept: string[] = [];
  let keptChars = 0;
  let writing = Buffer.alloc(0);
  let failures = 0;
  let [dropped, reported] = [0, 0];
  let isIdle = true;
  const flushes: (() => void)[] = [];

  function writeNext(): void {
    if (writing.length === 0) {
      writing = Buffer.from(kept.join(""));
      [kept, keptChars] = [[], 0];
    }
    isIdle = writing.length === 0;
    if (isIdle) endFlushes();
    else writeTo(fd, writing, afterWrite);
  }

  function endFlushes(): void {
    for (const end of flushes.splice(0)) end();
  }

  function afterWrite(error: Error | null, bytes: number): void {
    if (error) {
      setTimeout(writeNext, Math.min(RETRY_MIN_MS * 2 ** failures, RETRY_MAX_MS));
      if (++failures >= FLUSH_FAILURES_MAX) endFlushes();
      return;
    }
    failures = 0;
    writing = writing.subarray(bytes);
    if (writing.length === 0 && dropped > reported) {
      const lines = dropped - reported;
      reported = dropped;
      onDropped(lines);
    }
    writeNext();
  }

  return {
    get dropped() {
      return dropped;
    },
    write(line) {
      if (keptChars + line.length > KEPT_MAX_CHARS) {
        dropped++;
        return;
      }
      kept.push(line);
      keptChars += line.length;
      if (isIdle) writeNext();
    },
    flush() {
      if (isIdle || failures >= FLUSH_FAILURES_MAX) return Promise.resolve();
      return new Promise((resolve) => {
        flushes.push(resolve);
        setTimeout(resolve, FLUSH_MAX_MS);
      });
    },
  };
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
