/** Profiles, match pages and lists, of matches that were counted as rooms hand them over. */
import { beforeEach, describe, expect, test } from "vitest";
import { foldName } from "#server/services/accounts/names.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { queries as results } from "#server/store/results/results.ts";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { aPlayer, aResult, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { seasonOf, startOfDay } from "#shared/rating/season.ts";
import { newcomersCareer } from "./careers.ts";
import { queries as matches } from "./matches.ts";
import { queries as profiles } from "./profiles.ts";

const AT_MS = Date.UTC(2026, 10, 20);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Match `number`, an hour after the one before. */
const match = (number: number, change: Partial<MatchResult> = {}): MatchResult => {
  const startedAt = AT_MS - DAY_MS * 3 + number * HOUR_MS;
  return aResult({ id: matchId(startedAt, number), startedAt, endedAt: startedAt + 300_000, ...change });
};

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  let database: TestDatabase;
  beforeEach(async () => {
    database = await databases.fresh();
  });

  const play = async (...played: MatchResult[]) => {
    for (const result of played) await results.applyResult(database.db, result);
  };
  const profile = (name: string) => profiles.profileOf(database.db, { folded: foldName(name), atMs: AT_MS });
  const page = (result: MatchResult) => matches.matchOf(database.db, { uuid: result.id });

  test("[PROFILE-1] a profile has the ladders with ranks and curves, the sums, and the newest matches first", async () => {
    await namePlayer(database.db, "ann", "Ann", AT_MS - DAY_MS);
    await namePlayer(database.db, "ben", "Ben");
    await play(...Array.from({ length: 6 }, (_, number) => match(number)));
    const shown = await profile("ann");
    if (!shown || "movedTo" in shown) throw new Error("there is no profile");
    expect(shown).toMatchObject({ name: "Ann", joinedAt: AT_MS - DAY_MS });
    expect(shown.level.xp).toBeGreaterThan(0);
    expect(shown.ladders).toEqual([
      {
        ...{ mode: "teamDeathmatch", games: 6, rank: 1, points: shown.matches[0]?.points?.after },
        curve: [[startOfDay(Math.floor((AT_MS - 3 * DAY_MS) / DAY_MS)), shown.ladders[0]?.points]],
      },
    ]);
    expect(shown.modes).toEqual([
      expect.objectContaining({
        mode: "teamDeathmatch",
        matches: 6,
        wins: 6,
        kills: 36,
        deaths: 18,
        bestStreak: 3,
      }),
    ]);
    expect(shown.weapons).toEqual([{ weapon: "blaster", shots: 600, hits: 240, kills: 36, damage: 3840 }]);
    expect(shown.arenas).toEqual([{ arena: "foundry", matches: 6 }]);
    expect(shown.medals).toEqual([
      { medal: "kills", count: 6 },
      { medal: "victory", count: 6 },
      { medal: "decided", count: 6 },
      // A tier: it takes five wins.
      { medal: "victor", count: 1 },
    ]);
    expect(shown.matches.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 0].map((number) => match(number).id));
    expect(shown.matches[5]).toEqual({
      ...{ id: match(0).id, arena: "foundry", mode: "teamDeathmatch", endedAt: match(0).endedAt },
      ...{ durationSec: 300, players: 4, place: 1, isWin: true, score: 12, kills: 6, deaths: 3 },
      points: { before: 1000, after: shown.matches[4]?.points?.before },
    });
    expect(await profile("BEN")).toMatchObject({
      ladders: [{ rank: 2 }],
      modes: [{ wins: 0 }],
      matches: Array(6).fill({ isWin: false }),
    });
  });

  test("[PROFILE-2] shows at most 50 matches, and no hosted one", async () => {
    await namePlayer(database.db, "ann", "Ann");
    await play(...Array.from({ length: 54 }, (_, number) => match(number, { isHosted: number % 27 === 0 })));
    const shown = await profile("Ann");
    if (!shown || "movedTo" in shown) throw new Error("there is no profile");
    expect(shown.matches).toHaveLength(50);
    expect(shown.matches[0]?.id).toBe(match(53).id);
    const ids = shown.matches.map(({ id }) => id);
    expect(ids).not.toContain(match(27).id);
  });

  test("[PROFILE-3] a former name leads to the present one; guests and unknown names have no profile", async () => {
    const id = await namePlayer(database.db, "ann", "Ann");
    await database.db
      .insertInto("formerName")
      .values([
        { folded: foldName("Anna"), playerId: id, freeAt: AT_MS },
        { folded: foldName("Gone"), playerId: null, freeAt: AT_MS },
      ])
      .execute();
    await play(match(0));
    expect(await profile("Anna")).toEqual({ movedTo: "Ann" });
    for (const name of ["Gone", "ben", "nobody", "'; DROP TABLE player; --"])
      expect(await profile(name)).toBeNull();
    expect(await profile("Ann")).toMatchObject({ name: "Ann" });
  });

  test("[PROFILE-4] the own progress of a guest, of an account and of a newcomer", async () => {
    await namePlayer(database.db, "ann", "Ann");
    await play(match(0));
    const progress = (identity: string) => profiles.progressOf(database.db, { identity, atMs: AT_MS });
    expect(await progress("ann")).toMatchObject({ name: "Ann", ladders: [{ games: 1, rank: null }] });
    expect(await progress("ben")).toMatchObject({ name: null, ladders: [{ mode: "teamDeathmatch" }] });
    expect(await progress("nobody")).toEqual({
      ...{ name: null, level: { level: 1, xp: 0, fromXp: 0, toXp: 150 }, ladders: [] },
      career: newcomersCareer(AT_MS),
    });
    const nextSeason = { identity: "ann", atMs: AT_MS + 60 * DAY_MS };
    expect(seasonOf(nextSeason.atMs)).toBe(20271);
    expect((await profiles.progressOf(database.db, nextSeason)).ladders).toEqual([]);
  });

  test("[MATCHPAGE-1] shows present names with their pages, guests and bots by the names they played under, best first", async () => {
    const result = match(0, {
      mode: "deathmatch",
      teamScores: null,
      players: [
        aPlayer({ identity: "ben", name: "Guest Ben", place: 2, score: 3 }),
        aPlayer({ identity: "ann", name: "Ann then", place: 1 }),
        aPlayer({ identity: "eve", name: "Eve", place: 3, network: 1 }),
        aPlayer({ identity: "dot", name: "Dot", place: 4, network: 1 }),
        aPlayer({ identity: null, isBot: true, name: "Rivet", place: 5, weapons: {} }),
      ],
    });
    await namePlayer(database.db, "ann", "Ann now");
    await play(result);
    const eve = await namePlayer(database.db, "eve", "Eve");
    await database.db
      .updateTable("matchPlayer")
      .set({ playerId: null, wasDeleted: 1 })
      .where("playerId", "=", eve)
      .execute();
    const shown = await page(result);
    expect(shown).toMatchObject({
      ...{ id: result.id, arena: "foundry", mode: "deathmatch", isHosted: false, how: "scoreLimit" },
      ...{ startedAt: result.startedAt, endedAt: result.endedAt, teamScores: null, whyUnrated: null },
    });
    expect(shown?.players.map(({ name, hasPage, isBot }) => [name, hasPage, isBot])).toEqual([
      ["Ann now", true, false],
      ["Guest Ben", false, false],
      ["deleted player", false, false],
      ["Dot", false, false],
      ["Rivet", false, true],
    ]);
    expect(shown?.players[0]).toMatchObject({
      ...{ kills: 6, damage: 640, medals: ["kills"], points: { before: 1000 } },
      weapons: [{ weapon: "blaster", shots: 100, hits: 40, kills: 6, damage: 640 }],
    });
    expect(JSON.stringify(shown)).not.toMatch(/identity|network|Ann then|Eve/);
    expect(await matches.newestMatches(database.db, { limit: 1 })).toMatchObject([
      { winner: "Ann now", players: 5 },
    ]);
  });

  test("[MATCHPAGE-2] says why a match was not rated, and finds hosted ones by their id alone", async () => {
    const hosted = match(0, { isHosted: true });
    const calledOff = match(1, { how: "calledOff" });
    await play(hosted, calledOff, match(2));
    expect(await page(hosted)).toMatchObject({
      isHosted: true,
      whyUnrated: "hosted",
      players: [{ points: null }, {}, {}, {}],
    });
    expect(await page(calledOff)).toMatchObject({ whyUnrated: "calledOff" });
    const listed = await matches.newestMatches(database.db, { limit: 100 });
    expect(listed.map(({ id }) => id)).toEqual([match(2).id, calledOff.id]);
    expect(listed[0]).toEqual({
      ...{ id: match(2).id, arena: "foundry", mode: "teamDeathmatch", endedAt: match(2).endedAt },
      ...{ durationSec: 300, players: 4, winner: null, teamScores: [30, 12] },
    });
    expect(await matches.newestMatches(database.db, { limit: 1 })).toHaveLength(1);
    expect(await matches.matchOf(database.db, { uuid: matchId(AT_MS, 99) })).toBeNull();
  });
});
