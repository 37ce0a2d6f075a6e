/** The player's own part in the match that has just ended, as the server tells it. */
import { effect, signal } from "@preact/signals";
import type { MatchSummaryOf } from "#shared/protocol/messages.ts";
import { isDecided, match } from "./model.ts";

/** Undefined until the server tells, and for spectators. */
export const summary = signal<MatchSummaryOf | undefined>(undefined);

/** The notice may arrive before the patch that shows the results, so it is cleared only when the results leave the screen. */
let wasDecided = false;
effect(() => {
  const now = isDecided.value || match.value?.phase === "over";
  if (wasDecided && !now) summary.value = undefined;
  wasDecided = now;
});
