/** A process' id for signals: 0 would mean the whole group of the test run. */

/** Throws if the process could not be started, or is not known. */
export function pidOf(process: { readonly pid?: number | undefined } | undefined): number {
  if (!process?.pid) throw new Error("the process has no id");
  return process.pid;
}
