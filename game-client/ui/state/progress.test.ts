/** Tests the news of the last match, and when it leaves the screen. */
import { afterEach, expect, test } from "vitest";
import type { ResultNews } from "#shared/protocol/progress.ts";
import type { Phase } from "#shared/schema/names.ts";
import { type MatchView, match } from "./model.ts";
import { forgetNews, hearNews, news, summary } from "./progress.ts";

const kept = (id: string): ResultNews => ({ is: "kept", match: id });
const counted = (id: string): ResultNews => ({
  is: "counted",
  match: id,
  gain: {
    xp: 1,
    level: { level: 1, xp: 1, fromXp: 0, toXp: 150 },
    points: null,
    whyUnrated: "tooFew",
    career: null,
  },
});
const enter = (phase: Phase) => {
  match.value = { phase } as MatchView;
};

afterEach(() => {
  match.value = undefined;
  forgetNews();
});

test("[NEWS-1] news that comes before the results stays through them, and goes with the next match", () => {
  enter("live");
  hearNews(kept("a"));
  enter("results");
  expect(news.value).toEqual(kept("a"));
  hearNews(counted("a"));
  enter("over");
  expect(news.value).toEqual(counted("a"));
  enter("countdown");
  expect(news.value).toBeUndefined();
});

test("[NEWS-2] a match that is counted during the next one is no news of that one", () => {
  enter("results");
  hearNews(kept("b"));
  enter("countdown");
  enter("live");
  hearNews(counted("b"));
  expect(news.value).toBeUndefined();
  hearNews(counted("c"));
  enter("results");
  expect(news.value).toEqual(counted("c"));
});

test("[FEAT-35] the summary that comes before the results stays through them, and goes with the next match", () => {
  enter("live");
  summary.value = { place: 2 } as typeof summary.value;
  enter("results");
  expect(summary.value?.place).toBe(2);
  enter("countdown");
  expect(summary.value).toBeUndefined();
});
