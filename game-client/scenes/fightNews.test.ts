/** Tests how kills and feats become confirmations, headlines, streaks and marks in the feed. */
import { beforeEach, expect, test } from "vitest";
import { announcements, bountyId, hasBounty, headlines, ownStreak, streaks } from "#client/ui/state/fight.ts";
import { feed, scores } from "#client/ui/state/model.ts";
import type { FeatName, ModeName } from "#shared/schema/names.ts";
import { NEW_SEAT, Seat } from "#shared/schema/state.ts";
import { createFightNews, type FightNews, type Room } from "./fightNews.ts";

let news: FightNews;
let nowMs: number;

function enter(mode: ModeName = "deathmatch"): void {
  nowMs = 0;
  const seat = (name: string, team: number) => new Seat({ ...NEW_SEAT, name, team });
  const roster = new Map([
    ["me", seat("Ann", 0)],
    ["mate", seat("Mo", 0)],
    ["foe", seat("Rivet", 1)],
    ["other", seat("Bolt", 1)],
  ]);
  news = createFightNews({ state: { mode, roster } } as unknown as Room, "me");
}

const kill = (killer: string, victim: string) =>
  news.hear({ type: "kill", killer, victim, weapon: "rail" }, nowMs);
const did = (drone: string, feat: FeatName, value = 1) =>
  news.hear({ type: "feat", feat, drone, value }, nowMs);
const announced = () =>
  announcements.value.map((line) => (line.kind === "kill" ? line.victim.name : `${line.feat} ${line.value}`));

beforeEach(() => {
  scores.value = [];
  enter();
});

test("[FEAT-30] own kills and feats are announced, those of others are not, and all fade", () => {
  kill("me", "foe");
  did("me", "multiKill", 2);
  kill("foe", "other");
  did("foe", "revenge");
  expect(announced()).toEqual(["Rivet", "multiKill 2"]);
  nowMs = 60_000;
  news.update(nowMs);
  expect([announced(), feed.value]).toEqual([[], []]);
});

test("[FEAT-31] feats mark the newest kill of their drone in the feed; assists mark none", () => {
  kill("me", "foe");
  kill("foe", "other");
  did("me", "bounty");
  did("foe", "streak", 3);
  did("me", "assist");
  expect(feed.value.map(({ feats }) => feats)).toEqual([
    [{ feat: "bounty", value: 1 }],
    [{ feat: "streak", value: 3 }],
  ]);
});

test("[FEAT-32] a streak of 5 and its end are headlines, a streak of 3 is not; the own one is announced instead", () => {
  did("foe", "streak", 3);
  did("me", "streak", 5);
  expect(headlines.value).toEqual([]);
  did("foe", "streak", 5);
  expect(headlines.value).toMatchObject([{ kind: "streak", name: "Rivet", kills: 5 }]);
  expect(hasBounty("foe")).toBe(true);
  kill("me", "foe");
  kill("me", "foe");
  kill("other", "me");
  expect(headlines.value.slice(1)).toMatchObject([
    { kind: "ended", by: "Ann", of: "Rivet", mine: "by" },
    { kind: "ended", by: "Bolt", of: "Ann", mine: "of" },
  ]);
  expect(streaks.value.size).toBe(0);
});

test("[FEAT-33] the own streak counts kills of enemies, and ends with a destruction or a new match", () => {
  enter("teamDeathmatch");
  kill("me", "foe");
  kill("me", "mate");
  kill("me", "other");
  expect(ownStreak.value).toBe(2);
  expect(announced()).toEqual(["Rivet", "Bolt"]);
  kill("foe", "me");
  expect(ownStreak.value).toBe(0);
  kill("me", "foe");
  news.hear({ type: "match", phase: "live" }, nowMs);
  expect(ownStreak.value).toBe(0);
});

test("[FEAT-34] the bounty is on who leads alone by three points, as the scores show", () => {
  const line = (id: string, score: number) => ({ id, score }) as (typeof scores.value)[number];
  scores.value = [line("foe", 7), line("me", 4)];
  expect([bountyId.value, hasBounty("foe"), hasBounty("me")]).toEqual(["foe", true, false]);
  scores.value = [line("foe", 7), line("me", 5)];
  expect(bountyId.value).toBeUndefined();
});
