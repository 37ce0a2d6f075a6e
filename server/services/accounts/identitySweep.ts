/** Deletes the rows of devices that can never come back. */
import { type DailySweep, scheduleDaily } from "#server/services/dailySweep.ts";
import type { Store } from "#server/store/store.ts";

export const scheduleIdentitySweep = (store: Pick<Store, "ask">): DailySweep =>
  scheduleDaily("identities that are too old", (after, atMs) =>
    store.ask("sweepIdentities", { after, atMs }),
  );
