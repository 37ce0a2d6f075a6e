/** A web worker that plays a trial's matches: it is sent the arena once, then one match at a time. */
import type { Arena } from "#shared/arena/arena.ts";
import { playTrialMatch, type TrialMatch } from "#shared/trial/plan.ts";

export type TrialOrder = { readonly arena: Arena } | { readonly match: TrialMatch };

let arena: Arena | undefined;

addEventListener("message", ({ data }: MessageEvent<TrialOrder>) => {
  if ("arena" in data) arena = data.arena;
  else if (arena) postMessage(playTrialMatch(arena, data.match));
});
