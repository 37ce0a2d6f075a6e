/** What to do next: live, then do what the mode asks, then take what is useful, then look for a fight. */
import type { Goal, Situation } from "./goal.ts";
import { huntGoal } from "./hunt.ts";
import { modeGoal } from "./modeGoals.ts";
import { pickupGoal } from "./pickups.ts";
import { retreatGoal } from "./retreat.ts";

/** Undefined: nothing calls; then it roams. */
export function chooseGoal(situation: Situation): Goal | undefined {
  const { id, flags } = situation.perception;
  // Who carries the flag has one errand.
  if (flags.some((flag) => flag.carrier === id)) return modeGoal(situation);
  return retreatGoal(situation) ?? pickupGoal(situation) ?? modeGoal(situation) ?? huntGoal(situation);
}
