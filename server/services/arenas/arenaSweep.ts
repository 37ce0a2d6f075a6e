/** Has the store delete brought arenas that nobody has used for a long time. */
import { type DailySweep, scheduleDaily } from "#server/services/dailySweep.ts";
import type { Store } from "#server/store/store.ts";

const KEPT_MS = 365 * 86_400_000;

export const scheduleArenaSweep = (store: Pick<Store, "ask">): DailySweep =>
  scheduleDaily("arenas that nobody uses", async (_after, atMs) => {
    const { isDone } = await store.ask("sweepArenas", { unusedSinceMs: atMs - KEPT_MS });
    return isDone ? null : "the rest";
  });
