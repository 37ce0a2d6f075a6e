/** Makes a forked process leave signals to its parent, and end at its first failure. */
import { flushLog, log } from "#server/log.ts";

/** The line that says why has this long to be written: players wait for the next process. */
const LAST_LINE_WITHIN_MS = 100;

/** A process that ends by itself sooner than this failed at its start. */
export const LIVED_MS = 10_000;
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 30_000;

/** How long the parent waits before the next start, after so many starts in a row that failed. */
export const retryInMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(RETRY_MIN_MS * 2 ** (failures - 1), RETRY_MAX_MS);

/** Call first. `failed`: the log line of an error that nobody caught; the process exits with 1 after it. */
export function behaveAsForked(failed: string): void {
  // Colyseus loads @pm2/io where that is installed, which tells a parent that may be gone: each message would be a failure.
  process.on("error", () => {});
  // A terminal sends its signals to every process of the server: the parent decides.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  for (const failure of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(failure, (error: unknown) => {
      log.fatal({ err: error, failure }, failed);
      setTimeout(() => process.exit(1), LAST_LINE_WITHIN_MS);
      void flushLog().then(() => process.exit(1));
    });
  }
}
