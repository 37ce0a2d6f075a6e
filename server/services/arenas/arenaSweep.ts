/** Lets the store delete brought arenas that nobody has used for long, at start and daily. */
import { log } from "#server/log.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";

const DAY_MS = 86_400_000;
/** A start has more urgent questions; and a store that was away is asked again. */
const AFTER_MS = 660_000;
const KEPT_MS = 365 * DAY_MS;

export function scheduleArenaSweep(store: Pick<Store, "ask">): { close(): void } {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const sweep = async () => {
    const unusedSinceMs = Date.now() - KEPT_MS;
    for (let isDone = false; !isDone && !isClosed; )
      ({ isDone } = await store.ask("sweepArenas", { unusedSinceMs }));
  };
  const later = (ms: number) => {
    timer = setTimeout(async () => {
      const failure = await sweep().catch((error: Error) => error);
      if (isClosed) return;
      if (failure && !(failure instanceof StoreAwayError))
        log.error({ err: failure }, "arenas that nobody uses could not be deleted");
      later(failure ? AFTER_MS : DAY_MS);
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
