/** Deletes drafts that guests have left. */
import { type DailySweep, scheduleDaily } from "#server/services/dailySweep.ts";
import type { Store } from "#server/store/store.ts";

/** A guest who comes back within this time finds their drafts; an account's stay for good. */
const GUESTS_KEPT_MS = 90 * 86_400_000;

export const scheduleDraftSweep = (store: Pick<Store, "ask">): DailySweep =>
  scheduleDaily("drafts of guests", (after, atMs) =>
    store.ask("sweepDrafts", { after, beforeMs: atMs - GUESTS_KEPT_MS }),
  );
