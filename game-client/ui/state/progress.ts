/** The player's own progress as the page knows it, and what the last match changed. */
import { effect, signal } from "@preact/signals";
import type { PlayerSummary } from "#shared/protocol/messages.ts";
import type { Me, ResultNews } from "#shared/protocol/progress.ts";
import { isDecided, match } from "./model.ts";

/** Undefined until the server has answered, and for visitors without an identity. */
export const me = signal<Me | undefined>(undefined);
/** The news of the match that has just ended; undefined until the server tells. */
export const news = signal<ResultNews | undefined>(undefined);

/** The player's own part in that match; undefined until the server tells, and for spectators. */
export const summary = signal<PlayerSummary | undefined>(undefined);

/** Matches whose results are no longer on screen. A late "counted" of one of them is no news of the next match. */
const past = new Set<string>();

export function hearNews(heard: ResultNews): void {
  if (!past.has(heard.match)) news.value = heard;
}

/** The news may arrive before the patch that shows the results, so it is cleared only when the results leave the screen. */
let wasDecided = false;
effect(() => {
  const now = isDecided.value || match.value?.phase === "over";
  if (wasDecided && !now) forgetNews();
  wasDecided = now;
});

/** Call when results leave the screen. */
export function forgetNews(): void {
  const old = news.peek();
  if (old) past.add(old.match);
  news.value = undefined;
  summary.value = undefined;
}
