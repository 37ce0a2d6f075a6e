/** What every forked process needs: it leaves signals to its parent, and ends at its first failure. */
import { flushLog, log } from "#server/log.ts";

/** For the line that says why: players wait for the next process. */
const LAST_LINE_WITHIN_MS = 100;

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
