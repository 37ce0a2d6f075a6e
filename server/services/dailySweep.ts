/** Runs a sweep of the store ten minutes after the start, which has more urgent questions, and then daily. */
import { log } from "#server/log.ts";
import { StoreAwayError } from "#server/store/store.ts";

const EVERY_MS = 86_400_000;
/** Also until a store that was away is asked again. */
const AFTER_MS = 600_000;

export interface DailySweep {
  close(): void;
}

/** `step` sweeps a slice, and returns after which row the next one begins; null after the last one. `what`: for the log. */
export function scheduleDaily(
  what: string,
  step: (after: string, atMs: number) => Promise<string | null>,
): DailySweep {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  /** Asks for one slice at a time, so that other questions are answered in between. */
  const sweep = async () => {
    const atMs = Date.now();
    let after: string | null = "";
    while (after !== null && !isClosed) after = await step(after, atMs);
  };
  const later = (ms: number) => {
    timer = setTimeout(async () => {
      const failure = await sweep().catch((error: Error) => error);
      if (isClosed) return;
      if (failure && !(failure instanceof StoreAwayError))
        log.error({ err: failure }, `${what} could not be deleted`);
      later(failure ? AFTER_MS : EVERY_MS);
    }, ms).unref();
  };
  later(AFTER_MS);

  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
