/** Counting results: sums, ratings, ladder, and what a second attempt changes. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#server/store/database/database.ts";
import { queries as players } from "#server/store/players/players.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { aPlayer, aResult, drawFrom, drawMatch, matchId } from "#server/testing/matches.ts";
import { readSums, sumUp } from "#server/testing/sums.ts";
import { bucketOf, LISTED_AFTER_GAMES, NEWCOMER, pointsOf } from "#shared/rating/skill.ts";
import { readDetails } from "./details.ts";
import { setListed } from "./ladder.ts";
import type { MatchResult } from "./matchResult.ts";
import { queries, type ResultOutcome } from "./results.ts";

let database: Database;
const apply = (result: MatchResult): Promise<ResultOutcome> => queries.applyResult(database.db, result);
const all = <Table extends Parameters<Database["db"]["selectFrom"]>[0] & string>(table: Table) =>
  database.db
    .selectFrom(table as "rating")
    .selectAll()
    .execute();

/** The same people again, `number` matches later. */
const again = (number: number, change: Partial<MatchResult> = {}) => {
  const startedAt = Date.UTC(2026, 10, 1) + number * 600_000;
  return aResult({ startedAt, id: matchId(startedAt, number), ...change });
};

async function nameEverybody(): Promise<void> {
  const players = await database.db.selectFrom("player").select("id").execute();
  for (const { id } of players) {
    await database.db
      .updateTable("player")
      .set({ name: `Name ${id}`, folded: `name${id}` })
      .where("id", "=", id)
      .execute();
    await setListed(database.db, id, true);
  }
}

describe.each(DATABASE_KINDS)("%s", (kind) => {
  const databases = useDatabases(kind);
  beforeEach(async () => {
    database = await databases.fresh();
  });

  test("[RESULT-1] all sums equal those of a plain fold over the matches, seed 6, whatever is applied again", async () => {
    const draw = drawFrom(6);
    const matches = Array.from({ length: 60 }, (_, number) => drawMatch(draw, number, 12));
    for (const match of matches) expect((await apply(match)).isNew).toBe(true);
    const before = await readSums(database.db);
    for (const match of matches) if (draw() < 0.5) expect((await apply(match)).isNew).toBe(false);
    expect(await readSums(database.db)).toEqual(before);
    expect(before).toMatchObject(sumUp(matches));
  });

  test("[RESULT-2] a second attempt answers what the first one did, rated or not", async () => {
    for (const result of [aResult(), again(2, { how: "calledOff" }), again(3, { isHosted: true })]) {
      const first = await apply(result);
      const second = await apply(result);
      expect(second).toEqual({ isNew: false, gains: first.gains });
    }
  });

  test("[RESULT-3] two attempts at once count once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => apply(aResult())));
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(outcomes.map(({ gains }) => JSON.stringify(gains))).size).toBe(1);
    expect(await all("matchPlayer")).toHaveLength(4);
  });

  test("[RESULT-4] winners of a rated match gain points and losers lose them, from a newcomer's", async () => {
    const { gains } = await apply(aResult());
    const moves = gains.map((gain) => gain?.points);
    for (const [at, move] of moves.entries()) {
      expect(move?.before).toBe(pointsOf(NEWCOMER));
      expect(Math.sign((move?.after ?? 0) - (move?.before ?? 0))).toBe(at % 2 === 0 ? 1 : -1);
      expect(gains[at]?.whyUnrated).toBeNull();
    }
    const modes = await database.db.selectFrom("playerMode").select("wins").orderBy("playerId").execute();
    expect(modes).toEqual([1, 0, 1, 0].map((wins) => ({ wins })));
    expect(await all("ratingDay")).toHaveLength(4);
    expect(await all("playerWeek")).toHaveLength(4);
  });

  const weekScores = async () => {
    const rows = await database.db.selectFrom("playerWeek").select("score").orderBy("playerId").execute();
    return rows.map(({ score }) => score);
  };

  test("[RESULT-17] a score counts for the week by the networks in the match", async () => {
    await apply(aResult());
    expect(await weekScores()).toEqual([12, 12, 12, 12]);
    const players = aResult().players.map((player, at) => ({ ...player, network: at % 2 }));
    await apply(again(2, { players }));
    // A 27th of 12 is less than a half.
    expect(await weekScores()).toEqual([12, 12, 12, 12]);
  });

  test("[RESULT-18] scores over guests who are new in each match soon add nothing to the week's", async () => {
    const farm = async (number: number) => {
      const players = aResult().players.map((player, at) =>
        at % 2 === 0 ? { ...player, score: 30 } : { ...player, identity: `guest ${number} ${at}`, score: 0 },
      );
      await apply(again(number, { players }));
      return (await weekScores())[0] ?? 0;
    };
    let before = 0;
    const added: number[] = [];
    for (let number = 1; number <= 40; number++) {
      const now = await farm(number);
      added.push(now - before);
      before = now;
    }
    expect(added[0]).toBe(30);
    expect(added.slice(-5)).toEqual([0, 0, 0, 0, 0]);
  });

  test("[RESULT-5] a match that is not rated says why, and still counts experience", async () => {
    const people = aResult().players;
    const cases = {
      calledOff: { how: "calledOff" },
      tooShort: { endedAt: again(2).startedAt + 119_000 },
      tooFew: { players: people.slice(1) },
      oneNetwork: { players: people.map((player) => ({ ...player, network: 3 })) },
    } as const;
    let number = 10;
    for (const [why, change] of Object.entries(cases)) {
      const { gains } = await apply({ ...again(2, change), id: matchId(0, number++) });
      expect(gains[0]).toMatchObject({ whyUnrated: why, points: null });
      expect(gains[0]?.xp).toBeGreaterThan(0);
    }
    expect(await all("rating")).toEqual([]);
    expect(await all("playerWeek")).toEqual([]);
  });

  test("[RESULT-6] four people on one side, against bots, are not rated", async () => {
    const players = aResult().players.map((player) => ({ ...player, team: 0, place: 1 }));
    const bot = aPlayer({ identity: null, isBot: true, network: null, team: 1, place: 2 });
    const { gains } = await apply(aResult({ players: [...players, bot] }));
    expect(gains.map((gain) => gain?.whyUnrated)).toEqual([
      "tooFew",
      "tooFew",
      "tooFew",
      "tooFew",
      undefined,
    ]);
  });

  test("[RESULT-7] who was there for less than 30 s is not rated, and makes up no fourth person", async () => {
    const players = aResult().players.map((player, at) => ({ ...player, playedSec: at === 0 ? 29 : 300 }));
    const { gains } = await apply(aResult({ players }));
    expect(gains[1]?.whyUnrated).toBe("tooFew");
    const fifth = aPlayer({
      identity: "eve",
      network: 8,
      playedSec: 29,
      left: { why: "left", afterSec: 29 },
    });
    const five = await apply(again(2, { players: [...aResult().players, fifth] }));
    expect(five.gains[0]?.points).not.toBeNull();
    expect(five.gains[4]).toMatchObject({ points: null, whyUnrated: "tooShort" });
  });

  test("[RESULT-8] who came half way moves by about half", async () => {
    const leave = (playedSec: number) =>
      aResult().players.map((player, at) => (at === 1 ? { ...player, playedSec } : player));
    const whole = await apply(aResult({ players: leave(300) }));
    const half = await apply(
      again(2, {
        players: leave(150).map((player) => ({ ...player, identity: `other ${player.identity}` })),
      }),
    );
    const lost = (outcome: ResultOutcome) =>
      (outcome.gains[1]?.points?.before ?? 0) - (outcome.gains[1]?.points?.after ?? 0);
    // Not exactly: half of a match leaves more uncertainty, which points count as a loss.
    expect(lost(half) / lost(whole)).toBeGreaterThan(0.4);
    expect(lost(half) / lost(whole)).toBeLessThan(0.75);
  });

  test("[RESULT-9] a hosted match is kept, and counts nothing", async () => {
    const { gains } = await apply(aResult({ isHosted: true }));
    expect(gains[0]).toMatchObject({ xp: 0, points: null, whyUnrated: "hosted", level: { level: 1, xp: 0 } });
    expect(await all("matchPlayer")).toHaveLength(4);
    for (const table of ["playerMode", "playerWeapon", "playerArena", "playerMedal", "rating"] as const)
      expect(await all(table)).toEqual([]);
  });

  test("[RESULT-10] one identity in two seats, and two devices of one account, are one person with both sums", async () => {
    await apply(aResult());
    const [ann, ben] = aResult().players;
    if (!ann || !ben) throw new Error("no players");
    const [owner] = await database.db.selectFrom("identity").selectAll().where("sub", "=", "ann").execute();
    await database.db
      .insertInto("identity")
      .values({ sub: "ann's phone", playerId: owner?.playerId ?? 0, createdAt: 1, seenAt: 1, revokedAt: 2 })
      .execute();
    await nameEverybody();
    const phone = { ...ann, identity: "ann's phone", team: 1, place: 2 };
    const players = [...aResult().players, phone, { ...ben }];
    const { gains } = await apply(again(2, { players }));
    expect(gains).toHaveLength(6);
    expect(gains[4]?.points).toEqual(gains[0]?.points);
    expect(gains[0]?.points?.after).toBeGreaterThan(gains[0]?.points?.before ?? 0);
    const modes = await database.db
      .selectFrom("playerMode")
      .selectAll()
      .where("playerId", "=", owner?.playerId ?? 0)
      .execute();
    expect(modes).toMatchObject([{ matches: 2, kills: 18 }]);
    const [rating] = await database.db
      .selectFrom("rating")
      .selectAll()
      .where("playerId", "=", owner?.playerId ?? 0)
      .execute();
    expect(rating?.games).toBe(2);
  });

  test("[RESULT-11] buckets count the listed: named players with enough games, and move with their points", async () => {
    const expectBuckets = async () => {
      const listed = (await all("rating")).filter((row) => row.listed === 1);
      const counts = new Map<number, number>();
      for (const { points } of listed) counts.set(bucketOf(points), (counts.get(bucketOf(points)) ?? 0) + 1);
      const buckets = await database.db
        .selectFrom("ratingBucket")
        .selectAll()
        .where("players", "<>", 0)
        .execute();
      expect(new Map(buckets.map(({ bucket, players }) => [bucket, players]))).toEqual(counts);
      return listed.length;
    };
    for (let number = 0; number < LISTED_AFTER_GAMES - 1; number++) {
      await apply(again(number));
      expect(await expectBuckets()).toBe(0);
    }
    await nameEverybody();
    expect(await expectBuckets()).toBe(0);
    for (let number = 0; number < 20; number++) {
      const places = number % 3 === 0 ? [2, 1, 2, 1] : [1, 2, 1, 2];
      const players = aResult().players.map((player, at) => ({ ...player, place: places[at] ?? 1 }));
      await apply(again(LISTED_AFTER_GAMES + number, { players }));
      expect(await expectBuckets()).toBe(4);
    }
  });

  test("[RESULT-12] a new season starts from the newest earlier one, reset softly, with no games", async () => {
    for (let number = 0; number < 6; number++) await apply(again(number));
    const [old] = (await all("rating")).filter(({ season }) => season === 20264);
    const startedAt = Date.UTC(2027, 0, 2);
    const wanted = [{ name: "Ann", folded: "ann" }] as const;
    const identity = aResult().players[0]?.identity ?? undefined;
    const entering = await players.entrantOf(database.db, { identity, wanted, atMs: startedAt });
    const { gains } = await apply(
      aResult({ startedAt, endedAt: startedAt + 300_000, id: matchId(startedAt, 99) }),
    );
    // Sides are drawn by the points with which the season begins, and not as for a newcomer.
    const before = gains[0]?.points?.before;
    expect(before).not.toBe(pointsOf(NEWCOMER));
    expect(entering.points[aResult().mode]).toBe(before);
    const rows = (await all("rating")).filter(({ playerId }) => playerId === old?.playerId);
    expect(rows.map(({ season, games }) => [season, games])).toEqual([
      [20264, 6],
      [20271, 1],
    ]);
    expect(rows[0]).toEqual(old);
    expect(rows[1]?.sigma).toBeGreaterThan(NEWCOMER.sigma * 0.4);
  });

  test("[RESULT-13] keeps no identity and no network in the details, and SQL in every text changes nothing", async () => {
    const evil = "'); DROP TABLE player; --";
    const players = aResult().players.map((player, at) => ({
      ...player,
      identity: `${evil}${at}`,
      name: evil,
      medals: [evil],
    }));
    await apply(aResult({ players, arena: evil }));
    const [match] = await database.db.selectFrom("match").selectAll().execute();
    const details = readDetails(match?.details ?? new Uint8Array());
    expect(details.players[0]).toMatchObject({ name: evil, medals: [evil] });
    expect(Object.keys(details.players[0] ?? {})).not.toContain("identity");
    expect(Object.keys(details.players[0] ?? {})).not.toContain("network");
    expect(await all("player" as "rating")).toHaveLength(4);
  });

  test("[RESULT-14] a match of a thousand people counts, and one of nobody", async () => {
    const players = Array.from({ length: 1000 }, (_, at) =>
      aPlayer({ identity: `crowd ${at}`, network: at }),
    );
    const { gains } = await apply(aResult({ mode: "deathmatch", teamScores: null, players }));
    expect(gains.filter(Boolean)).toHaveLength(1000);
    expect(await apply(again(2, { players: [] }))).toEqual({ isNew: true, gains: [] });
  });

  test("[RESULT-15] a failing statement takes back everything before it", async () => {
    await database.db.schema.dropTable("playerMedal").execute();
    await expect(apply(aResult())).rejects.toThrow("playerMedal");
    for (const table of ["match", "player", "identity", "rating", "playerMode"] as const)
      expect(await all(table)).toEqual([]);
  });

  test("[RESULT-16] matches that share people and end together all count, and none waits for another in a circle", async () => {
    const draw = drawFrom(9);
    const matches = Array.from({ length: 40 }, (_, number) => drawMatch(draw, number, 10));
    await Promise.all([...matches, ...matches].map(apply));
    const { matches: counted, ...sums } = await readSums(database.db);
    const { matches: ids, ...expected } = sumUp(matches);
    expect(counted.toSorted()).toEqual(ids);
    expect(sums).toMatchObject(expected);
    expect(Object.keys(sums.xp).toSorted()).toEqual(Object.keys(expected.xp).toSorted());
  });
});
