import { expect, test } from "vitest";
import type { ScoreLine } from "#client/ui/state/model.ts";
import { columnsOf, ranked, shortList, soleLeaderOf } from "./scoreLayout.ts";

const line = (id: string, score: number, more: Partial<ScoreLine> = {}): ScoreLine => ({
  ...{ id, name: id, team: 0, score, self: false, bot: false, connected: true, account: false },
  ...{ kills: 0, deaths: 0, assists: 0, objective: 0, pingMs: 0, level: 0, look: 0 },
  ...more,
});

/** So many lines, each with one point less than the one before. */
const lines = (count: number) =>
  Array.from({ length: count }, (_, place) => line(`p${place}`, count - place));

test("[SCOREBOARD-2] equal scores share a rank, and the next one counts everybody before it", () => {
  const all = [line("a", 9), line("b", 7), line("c", 7), line("d", 1)];
  expect(ranked(all).map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  expect(ranked([])).toEqual([]);
});

test("[SCOREBOARD-3] the scoreboard has a column for each team, which ranks its own players", () => {
  const all = [line("a", 9), line("b", 7, { team: 1 }), line("c", 3, { team: 1 }), line("d", 1)];
  const columns = columnsOf(all, [0, 1]);
  expect(columns.map(({ team, lines }) => [team, lines.map(({ id, rank }) => `${id}${rank}`)])).toEqual([
    [0, ["a1", "d2"]],
    [1, ["b1", "c2"]],
  ]);
  expect(columnsOf([line("a", 1)], [0, 1])[1]?.lines).toEqual([]);
});

test("[SCOREBOARD-4] without teams few players are in one column, and many in two, in which the ranks go on", () => {
  expect(columnsOf(lines(12), []).map((column) => column.lines.length)).toEqual([12]);
  const columns = columnsOf(lines(31), []);
  expect(columns.map((column) => column.lines.length)).toEqual([16, 15]);
  expect(columns[1]?.lines[0]?.rank).toBe(17);
});

test("[SCOREBOARD-5] the short list has the best, and the player's own line with its true rank", () => {
  const all = lines(20).map((each) => ({ ...each, self: each.id === "p16" }));
  expect(shortList(all, 8).map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 17]);
  const first = lines(20).map((each) => ({ ...each, self: each.id === "p1" }));
  expect(shortList(first, 8)).toHaveLength(8);
});

test("[SCOREBOARD-6] who has the best score alone leads; nobody does at 0 or at a draw", () => {
  expect(soleLeaderOf([line("a", 3), line("b", 2)])).toBe("a");
  expect(soleLeaderOf([line("a", 3), line("b", 3)])).toBeUndefined();
  expect(soleLeaderOf([line("a", 0)])).toBeUndefined();
  expect(soleLeaderOf([])).toBeUndefined();
});
