/** Careers: what a result adds to medals, challenges, bests and looks, once, and what becomes of it. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#server/store/database/database.ts";
import { queries as profiles } from "#server/store/pages/profiles.ts";
import { queries as accountData } from "#server/store/players/accountData.ts";
import { queries as accounts } from "#server/store/players/accounts.ts";
import { queries as looks } from "#server/store/players/looks.ts";
import { mergeGuest } from "#server/store/players/merge.ts";
import { queries as players } from "#server/store/players/players.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { aPlayer, aResult, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { challengeOf, challengesOf, kindOf } from "#shared/career/challenges.ts";
import { PLAIN, packLook } from "#shared/career/looks.ts";
import { dayOf } from "#shared/rating/season.ts";
import { MatchResult } from "./matchResult.ts";
import { queries } from "./results.ts";

const DAY_MS = 86_400_000;
/** A day on which playing to the end advances a challenge. */
const FIRST_MS = (() => {
  let day = dayOf(Date.UTC(2026, 10, 2));
  while (!challengesOf(day).includes("dayMatches")) day++;
  return day * DAY_MS + 3_600_000;
})();
const MATCHES_GOAL = challengeOf("dayMatches").goal;

/** Match `number` of that day, in which Ann plays against Ben. */
function match(number: number, ann: Parameters<typeof aPlayer>[0] = {}, change: Partial<MatchResult> = {}) {
  const startedAt = FIRST_MS + number * 600_000;
  return aResult({
    ...{ startedAt, id: matchId(startedAt, number), mode: "deathmatch", teamScores: null },
    players: [
      aPlayer({ identity: "ann", ...ann }),
      aPlayer({ identity: "ben", name: "Ben", team: 1, place: 2, medals: [], network: 1 }),
    ],
    ...change,
  });
}

let database: Database;
const apply = async (result: MatchResult) =>
  (await queries.applyResult(database.db, result)).gains[0]?.career;
const progressOf = (identity: string, atMs = FIRST_MS) =>
  profiles.progressOf(database.db, { identity, atMs });
const idOf = async (identity: string) =>
  (
    await database.db
      .selectFrom("identity")
      .select("playerId")
      .where("sub", "=", identity)
      .executeTakeFirstOrThrow()
  ).playerId;
const choose = (identity: string, look: number) =>
  looks.chooseLook(database.db, { identity, look, atMs: FIRST_MS });
const STRIPE = packLook({ ...PLAIN, pattern: "stripe" });
/** Enough experience for level 3. */
const LONG = { playedSec: 25 * 60 };

describe.each(DATABASE_KINDS)("%s", (kind) => {
  const databases = useDatabases(kind);
  beforeEach(async () => {
    database = await databases.fresh();
  });

  test("[CAREER-6] a result adds medals and feats' medals, and a second attempt answers the same and adds nothing", async () => {
    const result = match(0, { feats: { multiKill: 2, revenge: 3 }, kills: 15 });
    const first = await apply(result);
    expect(first?.medals.map(({ medal }) => medal)).toEqual(
      expect.arrayContaining(["kills", "victory", "decided", "onslaught", "double", "avenger"]),
    );
    const before = await progressOf("ann");
    expect(await apply(result)).toEqual(first);
    expect(await progressOf("ann")).toEqual(before);
    expect(before.career.medals).toContainEqual({ medal: "avenger", count: 1 });
    expect(before.career.modes).toMatchObject([{ mode: "deathmatch", bestKills: 15, bestScore: 12 }]);
    expect(before.career.weapons).toMatchObject([{ weapon: "blaster" }]);
  });

  test("[CAREER-7] a hosted match adds nothing", async () => {
    expect(await apply(match(0, {}, { isHosted: true }))).toBeNull();
    const { career } = await progressOf("ann");
    expect(career).toMatchObject({ medals: [], completed: 0 });
    expect(career.challenges.every(({ progress }) => progress === 0)).toBe(true);
  });

  test("[CHALLENGE-6] a challenge is rewarded in the match that completes it, once, and begins anew another day", async () => {
    const rewards: number[] = [];
    for (let number = 0; number < MATCHES_GOAL + 2; number++) {
      const career = await apply(match(number));
      rewards.push(career?.challenges.find(({ challenge }) => challenge === "dayMatches")?.xp ?? -1);
    }
    const { xp } = challengeOf("dayMatches");
    expect(rewards).toEqual([...Array(MATCHES_GOAL - 1).fill(0), xp, -1, -1]);
    const now = (await progressOf("ann")).career;
    expect(now.challenges.find(({ challenge }) => challenge === "dayMatches")).toMatchObject({
      ...{ isDone: true, endsAt: (dayOf(FIRST_MS) + 1) * DAY_MS },
    });
    expect(now.challenges.map(({ challenge }) => kindOf(challenge))).toEqual([
      "fight",
      "weapon",
      "play",
      "week",
    ]);
    const tomorrow = (await progressOf("ann", FIRST_MS + DAY_MS)).career;
    expect(tomorrow.challenges.slice(0, 3).every(({ progress, isDone }) => progress === 0 && !isDone)).toBe(
      true,
    );
    expect(tomorrow.completed).toBe(now.completed);
  });

  test("[CHALLENGE-7] its reward is part of the match's experience and of the level", async () => {
    const { gains } = await queries.applyResult(database.db, match(0));
    const gained = gains[0]?.career?.challenges.reduce((sum, { xp }) => sum + xp, 0) ?? 0;
    const { level } = await progressOf("ann");
    expect(gains[0]?.xp).toBe(level.xp);
    const idle = await queries.applyResult(database.db, match(100, { identity: "cem" }, { isHosted: true }));
    expect(idle.gains[0]?.xp).toBe(0);
    expect(gained).toBeGreaterThanOrEqual(0);
  });

  test("[CAREER-8] a better match is a personal best of its mode, the first one is none", async () => {
    expect((await apply(match(0, { kills: 6, score: 12 })))?.bests).toEqual([]);
    expect((await apply(match(1, { kills: 7, score: 11 })))?.bests).toEqual([{ of: "kills", value: 7 }]);
    expect((await apply(match(2, { kills: 20 }, { mode: "kingOfTheHill" })))?.bests).toEqual([]);
  });

  test("[CAREER-9] looks are told when they are unlocked, and only those can be worn", async () => {
    expect(await choose("ann", STRIPE)).toBe("locked");
    const gain = await apply(match(0, LONG));
    expect(gain?.looks).toContainEqual({ part: "pattern", name: "stripe" });
    expect(gain?.looks).toContainEqual({ part: "death", name: "confetti" });
    expect((await apply(match(1)))?.looks).not.toContainEqual({ part: "pattern", name: "stripe" });
    expect(await choose("ann", STRIPE)).toBe("chosen");
    expect(await choose("ann", packLook({ ...PLAIN, pattern: "stripe", title: "legend" }))).toBe("locked");
    expect((await progressOf("ann")).career).toMatchObject({
      look: STRIPE,
      owned: { pattern: expect.arrayContaining(["plain", "stripe"]), title: ["plain", "rookie"] },
    });
    const entrant = await players.entrantOf(database.db, {
      ...{ identity: "ann", wanted: [{ name: "Ann", folded: "ann" }], atMs: FIRST_MS },
    });
    expect(entrant).toMatchObject({ look: STRIPE, level: (await progressOf("ann")).level.level });
  });

  test("[CAREER-10] a guest's career is added to the account's, which keeps its look and every unlock", async () => {
    await namePlayer(database.db, "ann", "Ann");
    await apply(match(0, LONG));
    await choose("ann", STRIPE);
    await apply(match(1, { identity: "guest", feats: { bounty: 1 } }));
    const [one, guest] = [(await progressOf("ann")).career, (await progressOf("guest")).career];
    await mergeGuest(database.db, await idOf("guest"), await idOf("ann"));
    const both = (await progressOf("ann")).career;
    expect(both.look).toBe(STRIPE);
    expect(both.medals).toContainEqual({ medal: "victory", count: 2 });
    expect(both.medals).toContainEqual({ medal: "bountyHunter", count: 1 });
    const progress = ({ challenges }: typeof both) =>
      challenges.find(({ challenge }) => challenge === "dayMatches")?.progress ?? 0;
    expect(progress(both)).toBe(progress(one) + progress(guest));
    for (const part of ["pattern", "trail", "death", "emblem", "title"] as const)
      expect(both.owned[part]).toEqual(expect.arrayContaining([...one.owned[part], ...guest.owned[part]]));
  });

  test("[CAREER-11] the download has careers, and a deleted account leaves none", async () => {
    await namePlayer(database.db, "ann", "Ann");
    await apply(match(0, LONG));
    await choose("ann", STRIPE);
    const data = await accountData.dataOf(database.db, { identity: "ann" });
    expect(data).toMatchObject({ player: { look: { pattern: "stripe" } } });
    for (const table of ["playerChallenge", "playerMedal", "playerGain"])
      expect(data?.[table]).not.toHaveLength(0);
    const id = await idOf("ann");
    await accounts.deleteAccount(database.db, { identity: "ann", name: "Ann", atMs: FIRST_MS });
    for (const table of ["playerChallenge", "playerMedal", "playerGain"] as const)
      expect(await database.db.selectFrom(table).selectAll().where("playerId", "=", id).execute()).toEqual(
        [],
      );
    const left = await database.db.selectFrom("player").select("look").where("id", "=", id).execute();
    expect(left).toEqual([{ look: 0 }]);
  });
});

test("[CAREER-12] a result that an earlier version has written has no feats, and is read", () => {
  const { players: people, ...result } = aResult();
  const earlier = { ...result, players: people.map(({ feats: _feats, ...player }) => player) };
  expect(MatchResult.parse(earlier).players.map(({ feats }) => feats)).toEqual([{}, {}, {}, {}]);
});
