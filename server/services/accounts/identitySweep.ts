/** Deletes the rows of devices that can never come back, at start and daily. */
import { log } from "#server/log.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";

const EVERY_MS = 86_400_000;
/** A start has more urgent questions; and a store that was away is asked again. */
const AFTER_MS = 600_000;

export interface IdentitySweep {
  close(): void;
}

export function scheduleIdentitySweep(store: Store): IdentitySweep {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  /** Walks over all identities, a slice a question, so that other questions are answered in between. */
  const sweep = async () => {
    const atMs = Date.now();
    let after: string | null = "";
    while (after !== null && !isClosed) after = await store.ask("sweepIdentities", { after, atMs });
  };
  const later = (ms: number) => {
    timer = setTimeout(async () => {
      const failure = await sweep().catch((error: Error) => error);
      if (isClosed) return;
      if (failure && !(failure instanceof StoreAwayError))
        log.error({ err: failure }, "identities that are too old could not be deleted");
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
