/** Ranks and places, compared with a plain sort. */
import { describe, expect, test } from "vitest";
import type { Db } from "#server/store/database/database.ts";
import { moveInBuckets } from "#server/store/results/ladder.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { drawFrom } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import type { LeaderboardRow } from "#shared/protocol/progress.ts";
import { type Ladder, queries } from "./leaderboards.ts";

const SEASON: Ladder = { mode: "deathmatch", span: "season", at: 20264 };
const WEEK: Ladder = { mode: "deathmatch", span: "week", at: 2969 };

interface Placed {
  sub: string;
  name: string;
  id: number;
  value: number;
}

/** Names `count` players and puts them on both ladders with the same values, of which many are equal. */
async function fill(db: Db, count: number, seed: number): Promise<Placed[]> {
  const draw = drawFrom(seed);
  const placed: Placed[] = [];
  for (let at = 0; at < count; at++) {
    const [sub, name] = [`sub-${at}`, `Name ${at}`];
    const value = 1000 + Math.floor(draw() * 60);
    const id = await namePlayer(db, sub, name);
    const own = { playerId: id, mode: SEASON.mode, listed: 1 as const };
    await db
      .insertInto("rating")
      .values({ ...own, season: SEASON.at, mu: 25, sigma: 3, games: at, points: value })
      .execute();
    await moveInBuckets(db, { mode: SEASON.mode, season: SEASON.at }, null, value);
    await db
      .insertInto("playerWeek")
      .values({ ...own, week: WEEK.at, matches: at, score: value })
      .execute();
    placed.push({ sub, name, id, value });
  }
  return placed;
}

/** The whole ladder, by a plain sort. */
function sorted(placed: readonly Placed[]): LeaderboardRow[] {
  return placed
    .toSorted((a, b) => b.value - a.value || a.id - b.id)
    .map(({ name, value, sub }) => ({
      ...{ name, value, isYou: false, games: Number(sub.slice(4)) },
      rank: 1 + placed.filter((other) => other.value > value).length,
    }));
}

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test.each([SEASON, WEEK])(
    "[BOARD-1] the top and every player's place on a $span's ladder equal a plain sort, shared ranks included",
    async (ladder) => {
      const { db } = await databases.fresh();
      const placed = await fill(db, 130, 7);
      const all = sorted(placed);
      const shown = await queries.leaderboard(db, ladder);
      expect(shown).toMatchObject({ mode: "deathmatch", span: ladder.span, players: 130, around: [] });
      expect(shown.top).toEqual(all.slice(0, 100));
      for (const { sub, name } of placed) {
        const at = all.findIndex((row) => row.name === name);
        const expected = all
          .slice(Math.max(0, at - 3), at + 4)
          .map((row) => ({ ...row, isYou: row.name === name }));
        expect(await queries.placesAround(db, { ...ladder, sub })).toEqual(expected);
      }
    },
  );

  test("[BOARD-2] a season or week without matches is empty, and strangers have no place", async () => {
    const { db } = await databases.fresh();
    await fill(db, 3, 1);
    expect(await queries.leaderboard(db, { ...SEASON, at: 20263 })).toEqual({
      ...{ mode: "deathmatch", span: "season", at: "2026-3", players: 0, top: [], around: [] },
    });
    expect(await queries.leaderboard(db, { ...WEEK, mode: "kingOfTheHill" })).toMatchObject({
      ...{ at: "2026-11-30", players: 0, top: [] },
    });
    expect(await queries.placesAround(db, { ...SEASON, sub: "stranger" })).toEqual([]);
    expect(await queries.placesAround(db, { ...SEASON, at: 20263, sub: "sub-1" })).toEqual([]);
  });

  test("[BOARD-3] a guest with many games is on no ladder", async () => {
    const { db } = await databases.fresh();
    await fill(db, 3, 1);
    await db.updateTable("rating").set({ listed: 0 }).where("games", "=", 1).execute();
    const names = (await queries.leaderboard(db, SEASON)).top.map(({ name }) => name);
    expect(names.toSorted()).toEqual(["Name 0", "Name 2"]);
    expect(await queries.placesAround(db, { ...SEASON, sub: "sub-1" })).toEqual([]);
  });
});
