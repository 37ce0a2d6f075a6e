/** Keeps the replays of this machine within their bounds. */
import { log } from "#server/log.ts";
import type { Shelf } from "./shelf.ts";

const EVERY_MS = 60_000;

export interface ReplaySweep {
  close(): Promise<void>;
}

/** Sweeps every minute until `close`. Not at once: the rooms of the last run come back first, and go on recording. */
export function scheduleReplaySweep(shelf: Pick<Shelf, "sweep">): ReplaySweep {
  let running: Promise<void> | undefined;
  const sweep = () => {
    running ??= shelf
      .sweep(Date.now())
      .catch((error) => log.error({ err: error }, "replays could not be swept"))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(sweep, EVERY_MS).unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
