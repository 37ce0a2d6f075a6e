/** Lets the store forget names that must not stay: soon after an account is deleted, and after a start what was left. */
import { log } from "#server/log.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";

const EVERY_MS = 60_000;

export interface Forgetting {
  /** Resolves when nothing is left, or the store is away. Never rejects. */
  sweep(): Promise<void>;
  close(): void;
}

/** Sweeps at once, and every minute until `close`. */
export function scheduleForgetting(store: Pick<Store, "ask">): Forgetting {
  let isClosed = false;
  let running: Promise<void> | undefined;

  const forgetAll = async () => {
    try {
      for (let isDone = false; !isDone && !isClosed; )
        ({ isDone } = await store.ask("forgetNames", { atMs: Date.now() }));
    } catch (error) {
      if (!(error instanceof StoreAwayError))
        log.error({ err: error }, "names of deleted accounts could not be forgotten");
    }
  };
  const sweep = () => {
    running ??= forgetAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  void sweep();
  const timer = setInterval(() => void sweep(), EVERY_MS).unref();
  return {
    sweep,
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}
