/** Tests that nothing stays of a deleted account by which somebody could be named. */
import { describe, expect, test } from "vitest";
import { queries as matches } from "#server/store/pages/matches.ts";
import { readDetails } from "#server/store/results/details.ts";
import { queries as results } from "#server/store/results/results.ts";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { aPlayer, aResult, matchId } from "#server/testing/matches.ts";
import { readSums } from "#server/testing/sums.ts";
import { queries as accounts } from "./accounts.ts";
import { queries as forget } from "./forget.ts";

const AT_MS = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  const claim = ({ db }: TestDatabase, identity: string, name: string, atMs = AT_MS) =>
    accounts.claimName(db, { identity, name, folded: name.toLowerCase(), atMs });
  const remove = ({ db }: TestDatabase, identity: string, name: string) =>
    accounts.deleteAccount(db, { identity, name, atMs: AT_MS });
  const play = async ({ db }: TestDatabase, number: number) => {
    const result = aResult({ id: matchId(AT_MS + number, number) });
    await results.applyResult(db, result);
    return result;
  };
  const namesIn = async ({ db }: TestDatabase) => {
    const rows = await db.selectFrom("match").select("details").orderBy("id").execute();
    return rows.map(({ details }) => readDetails(details).players.map(({ name }) => name));
  };

  test("[FORGET-1] the details of 120 matches lose the names of deleted accounts, in steps, and no other", async () => {
    const database = await databases.fresh();
    await claim(database, "ann", "Ann");
    await claim(database, "cem", "Cem");
    for (let number = 0; number < 120; number++) await play(database, number);
    await remove(database, "ann", "Ann");
    const { db } = database;
    const before = readDetails(
      (await db.selectFrom("match").select("details").executeTakeFirstOrThrow()).details,
    );
    expect(await forget.forgetNames(db, { atMs: AT_MS })).toEqual({ isDone: false });
    await remove(database, "cem", "Cem");
    expect(await forget.forgetNames(db, { atMs: AT_MS })).toEqual({ isDone: false });
    expect(await forget.forgetNames(db, { atMs: AT_MS })).toEqual({ isDone: true });
    expect(new Set((await namesIn(database)).map(String))).toEqual(new Set([",ben,,dot"]));
    const after = readDetails(
      (await db.selectFrom("match").select("details").orderBy("id").executeTakeFirstOrThrow()).details,
    );
    expect({ ...after, players: after.players.map((player) => ({ ...player, name: "" })) }).toEqual({
      ...before,
      players: before.players.map((player) => ({ ...player, name: "" })),
    });
    const page = await matches.matchOf(db, { uuid: matchId(AT_MS, 0) });
    expect(page?.players.map(({ name }) => name).sort()).toEqual([
      "ben",
      "deleted player",
      "deleted player",
      "dot",
    ]);
  });

  test("[FORGET-2] former names go when their time is over", async () => {
    const database = await databases.fresh();
    await claim(database, "ann", "Anja", AT_MS - 40 * DAY_MS);
    await claim(database, "ann", "Ann");
    await claim(database, "ben", "Ben");
    await remove(database, "ben", "Ben");
    const left = async (atMs: number) => {
      await forget.forgetNames(database.db, { atMs });
      const rows = await database.db.selectFrom("formerName").select("folded").orderBy("folded").execute();
      return rows.map(({ folded }) => folded);
    };
    expect(await left(AT_MS + 30 * DAY_MS - 1)).toEqual(["anja", "ben"]);
    expect(await left(AT_MS + 30 * DAY_MS)).toEqual(["anja"]);
    expect(await left(AT_MS + 365 * DAY_MS)).toEqual([]);
  });

  test("[FORGET-3] a match that was under way when an account was deleted names nobody for it, and counts for the others", async () => {
    const database = await databases.fresh();
    await claim(database, "ann", "Ann");
    await remove(database, "ann", "Ann");
    const players = [
      ...aResult().players,
      aPlayer({ identity: "eve", name: "eve", network: 8, team: 1, place: 2 }),
    ];
    const result = aResult({ players });
    const { gains } = await results.applyResult(database.db, result);
    expect(gains[0]).toBeNull();
    for (const gain of gains.slice(1)) expect(gain?.points).not.toBeNull();
    const page = () => matches.matchOf(database.db, { uuid: result.id });
    expect((await page())?.players.map(({ name }) => name)).toContain("deleted player");
    expect((await page())?.players.map(({ name }) => name)).not.toContain("ann");
    await forget.forgetNames(database.db, { atMs: AT_MS });
    expect(await namesIn(database)).toEqual([["", "ben", "cem", "dot", "eve"]]);
    const { xp, modes, ratings, weeks } = await readSums(database.db);
    expect(xp.ann).toBe(0);
    expect(Object.keys({ ...modes, ...ratings, ...weeks }).filter((key) => key.startsWith("ann"))).toEqual(
      [],
    );
  });
});
