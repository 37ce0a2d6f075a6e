/** Accounts in both databases: names and their former owners, devices, merged guests, deletion. */
import { beforeEach, describe, expect, test } from "vitest";
import { foldName } from "#server/services/accounts/names.ts";
import { queries as profiles } from "#server/store/pages/profiles.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { queries as results } from "#server/store/results/results.ts";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { aResult, drawFrom, drawMatch, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { readSums } from "#server/testing/sums.ts";
import { queries as accountData } from "./accountData.ts";
import { queries as accounts } from "./accounts.ts";
import { queries as credentials } from "./credentials.ts";
import { queries as players } from "./players.ts";
import { queries as sessions } from "./sessions.ts";

const DAY_MS = 86_400_000;
const AT_MS = Date.UTC(2026, 10, 20);

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  let database: TestDatabase;
  beforeEach(async () => {
    database = await databases.fresh();
  });

  const claim = (identity: string, name: string, atMs = AT_MS) =>
    accounts.claimName(database.db, { identity, name, folded: foldName(name), atMs });
  const spelling = (name: string) => ({ name, folded: foldName(name) });
  /** `others`: what a room may make of the wanted name. */
  const enter = (identity: string, wanted: string, others: readonly string[] = [], atMs = AT_MS) =>
    players.entrantOf(database.db, {
      ...{ identity, atMs },
      wanted: [spelling(wanted), ...others.map(spelling)],
    });
  const profile = (name: string) => profiles.profileOf(database.db, { folded: foldName(name), atMs: AT_MS });
  const play = async (...played: MatchResult[]) => {
    for (const result of played) await results.applyResult(database.db, result);
  };
  const rated = (count: number) =>
    Array.from({ length: count }, (_, number) => {
      const startedAt = AT_MS - DAY_MS + number * 600_000;
      return aResult({ id: matchId(startedAt, number), startedAt, endedAt: startedAt + 300_000 });
    });
  const listed = async () => {
    const rows = await database.db
      .selectFrom("rating")
      .innerJoin("player", "player.id", "rating.playerId")
      .select("player.name")
      .where("listed", "=", 1)
      .where("mode", "=", "teamDeathmatch")
      .execute();
    const counted = await database.db.selectFrom("ratingBucket").select("players").execute();
    return {
      names: rows.map(({ name }) => name).sort(),
      counted: counted.reduce((sum, row) => sum + row.players, 0),
      isNegative: counted.some((row) => row.players < 0),
    };
  };

  describe("names", () => {
    test("[ACCOUNTS-1] of many claims at once one identity has the name", async () => {
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, at) => claim(`identity-${at}`, at % 2 ? "Ann" : "ANN")),
      );
      expect(claims.filter(({ is }) => is === "named")).toHaveLength(1);
      expect(claims.filter(({ is }) => is === "taken")).toHaveLength(11);
      const named = await database.db.selectFrom("player").selectAll().execute();
      expect(named.filter(({ folded }) => folded === foldName("Ann"))).toHaveLength(1);
    });

    test("[ACCOUNTS-2] of many renames of an account at once one succeeds", async () => {
      await claim("ann", "Ann", AT_MS - 31 * DAY_MS);
      const names = ["Anna", "Anne", "Anja", "Anke", "Annika", "Antje"];
      const renames = await Promise.all(names.map((name) => claim("ann", name)));
      expect(renames.filter(({ is }) => is === "named")).toHaveLength(1);
      expect(renames.filter(({ is }) => is === "tooSoon")).toHaveLength(5);
      expect(await database.db.selectFrom("formerName").selectAll().execute()).toHaveLength(1);
    });

    test("[ACCOUNTS-3] an account is renamed once in 30 days; its former name redirects, is nobody else's, and may be taken back", async () => {
      await claim("ann", "Ann");
      const month = 30 * DAY_MS;
      expect(await claim("ann", "Bea", AT_MS + month - 1)).toEqual({ is: "tooSoon", fromMs: AT_MS + month });
      expect(await claim("ann", "Bea", AT_MS + month)).toEqual({ is: "named" });
      expect(await profile("Ann")).toEqual({ movedTo: "Bea" });
      expect(await claim("ben", "ANN", AT_MS + month)).toEqual({ is: "taken" });
      expect(await claim("ann", "Ann", AT_MS + 2 * month)).toEqual({ is: "named" });
      expect(await profile("Ann")).toMatchObject({ name: "Ann" });
      expect(await profile("Bea")).toEqual({ movedTo: "Ann" });
      expect(await claim("ben", "Bea", AT_MS + 2 * month + 365 * DAY_MS)).toEqual({ is: "named" });
      expect(await profile("Bea")).toMatchObject({ name: "Bea" });
    });

    test("[ACCOUNTS-4] another spelling of one's own name leaves no former name", async () => {
      await claim("ann", "ann");
      expect(await claim("ann", "Ann", AT_MS + 31 * DAY_MS)).toEqual({ is: "named" });
      expect(await database.db.selectFrom("formerName").selectAll().execute()).toEqual([]);
      expect(await profile("ANN")).toMatchObject({ name: "Ann" });
    });

    test("[ACCOUNTS-5] who enters a room plays under the account's name, and a guest under no account's", async () => {
      await claim("ann", "Ann 2");
      expect(await enter("ann", "whatever")).toMatchObject({ name: "Ann 2", isAccount: true });
      for (const wanted of ["Ann 2", "ANN2", "Аnn 2", "a.n.n-2"])
        expect(await enter("guest", wanted)).toMatchObject({ isAccount: false, reserved: [wanted] });
      expect(await enter("guest", "Ann")).toEqual({ name: "Ann", isAccount: false, points: {} });
    });

    test("[GUESTNAME-2] no guest plays under a deleted or former name while it is kept free", async () => {
      await claim("ann", "Anja", AT_MS - 40 * DAY_MS);
      await claim("ann", "Ann", AT_MS - 5 * DAY_MS);
      await claim("ben", "Ben");
      await accounts.deleteAccount(database.db, { identity: "ben", name: "Ben", atMs: AT_MS });
      for (const wanted of ["Anja", "ANJA", "Ben", "bеn"])
        expect(await enter("guest", wanted)).toMatchObject({ isAccount: false, reserved: [wanted] });
      const free = { name: "Ben", isAccount: false, points: {} };
      expect(await enter("guest", "Ben", [], AT_MS + 30 * DAY_MS)).toEqual(free);
      expect(await enter("ann", "Anja")).toMatchObject({ name: "Ann", isAccount: true });
    });

    test("[GUESTNAME-3] of the names that a room may make of a guest's, those that are an account's or kept free are named", async () => {
      await claim("ann", "Ann 2");
      await claim("bea", "ann-4", AT_MS - 31 * DAY_MS);
      await claim("bea", "Bea");
      const others = ["Ann 2", "Ann 3", "Ann 4"];
      expect(await enter("guest", "Ann", others)).toMatchObject({
        name: "Ann",
        reserved: ["Ann 2", "Ann 4"],
      });
      expect(await enter("ann", "Ann", others)).not.toHaveProperty("reserved");
    });

    test("[ACCOUNTS-6] who enters has points in each mode that they have played rated, guests too", async () => {
      await play(...rated(2));
      const { points } = await enter("ben", "Ben");
      expect(Object.keys(points)).toEqual(["teamDeathmatch"]);
      // In the next season nearer to a newcomer's.
      const later = (await enter("ben", "Ben", [], AT_MS + 100 * DAY_MS)).points;
      const [now, next] = [points.teamDeathmatch ?? 0, later.teamDeathmatch ?? 0];
      expect(now).not.toBe(1000);
      expect(next).not.toBe(now);
      expect(Object.keys(later)).toEqual(["teamDeathmatch"]);
    });

    test("[ACCOUNTS-7] a guest who gets a name is listed with the games played before, and counted once", async () => {
      await play(...rated(6));
      expect(await listed()).toEqual({ names: [], counted: 0, isNegative: false });
      await claim("ann", "Ann");
      await claim("ben", "Ben");
      await claim("ann", "Anna", AT_MS + 31 * DAY_MS);
      expect(await listed()).toEqual({ names: ["Anna", "Ben"], counted: 2, isNegative: false });
      const weeks = await database.db.selectFrom("playerWeek").select("listed").execute();
      expect(weeks.filter((week) => week.listed === 1)).toHaveLength(2);
    });
  });

  describe("devices", () => {
    const device = (identity: string, replaces: string | null) => ({ identity, replaces, atMs: AT_MS });
    const signIn = async (account: string, identity: string, replaces: string | null) => {
      const hash = `code of ${account}`;
      await credentials.putTransferCode(database.db, { identity: account, hash, expiresAt: AT_MS + 1 });
      return credentials.signInByTransfer(database.db, { hash, ...device(identity, replaces) });
    };
    const ownerOf = async (sub: string) =>
      (await database.db.selectFrom("identity").selectAll().where("sub", "=", sub).executeTakeFirst()) ??
      null;

    test("[ACCOUNTS-8] a device that signs in has a new identity, and the old one is signed out", async () => {
      await claim("ann", "Ann");
      expect(await signIn("ann", "new", "guest")).toBe(true);
      const { playerId } = (await ownerOf("ann")) ?? {};
      expect(await ownerOf("new")).toMatchObject({ playerId, revokedAt: null });
      expect(await ownerOf("guest")).toMatchObject({ playerId, revokedAt: AT_MS });
      expect(await sessions.isRevoked(database.db, { identity: "guest" })).toBe(true);
      expect(await sessions.isRevoked(database.db, { identity: "new" })).toBe(false);
      expect(await sessions.revokedSince(database.db, { sinceMs: AT_MS })).toEqual([
        { sub: "guest", revokedAt: AT_MS },
      ]);
      expect(await sessions.revokedSince(database.db, { sinceMs: AT_MS + 1 })).toEqual([]);
    });

    test("[ACCOUNTS-9] what a guest does in a match that ends after signing in counts for the account", async () => {
      await claim("account", "Ann");
      await signIn("account", "new", "ann");
      await play(...rated(1));
      const data = await accountData.dataOf(database.db, { identity: "new" });
      expect(data).toMatchObject({ playerMode: [{ matches: 1, kills: 6 }], matches: [{ seat: 0 }] });
    });

    test("[ACCOUNTS-10] a device of another account changes hands, and neither account anything", async () => {
      await claim("ann", "Ann");
      await claim("ben", "Ben");
      await play(...rated(1));
      const before = await accountData.dataOf(database.db, { identity: "ben" });
      expect(await signIn("ann", "new", "ben")).toBe(true);
      expect(await profile("Ben")).toMatchObject({ name: "Ben", modes: [{ matches: 1 }] });
      expect(await profile("Ann")).toMatchObject({ name: "Ann", modes: [{ matches: 1 }] });
      const after = await accountData.dataOf(database.db, { identity: "ben" });
      expect({ ...after, devices: null }).toEqual({ ...before, devices: null });
    });

    test("[ACCOUNTS-11] of two uses of a code at once, and of two uses of a passkey's counter, one succeeds", async () => {
      await claim("ann", "Ann");
      const hash = "hash";
      await credentials.putTransferCode(database.db, { identity: "ann", hash, expiresAt: AT_MS });
      const uses = await Promise.all(
        [1, 2, 3, 4].map((at) =>
          credentials.signInByTransfer(database.db, { hash, ...device(`new-${at}`, null) }),
        ),
      );
      expect(uses.filter(Boolean)).toHaveLength(1);
      const publicKey = new Uint8Array([1, 2, 3]);
      const passkey = { identity: "ann", id: "key", publicKey, counter: 1, atMs: AT_MS };
      expect(await credentials.addPasskey(database.db, passkey)).toBe("added");
      expect(await credentials.addPasskey(database.db, passkey)).toBe("known");
      const kept = await credentials.passkeyById(database.db, { id: "key" });
      expect(Array.from(kept?.publicKey ?? [])).toEqual([1, 2, 3]);
      const answers = await Promise.all(
        [1, 2, 3, 4].map((at) =>
          credentials.signInByPasskey(database.db, { id: "key", counter: 2, ...device(`key-${at}`, null) }),
        ),
      );
      expect(answers.sort()).toEqual(["cloned", "cloned", "cloned", "signedIn"]);
    });

    test("[ACCOUNTS-12] an account has at most 20 passkeys", async () => {
      await claim("ann", "Ann");
      const add = (id: string) =>
        credentials.addPasskey(database.db, {
          ...{ identity: "ann", id, publicKey: new Uint8Array(1), counter: 0, atMs: AT_MS },
        });
      for (let at = 0; at < 20; at++) expect(await add(`key-${at}`)).toBe("added");
      expect(await add("one more")).toBe("full");
    });

    test("[ACCOUNTS-13] a device is noted as seen once an hour", async () => {
      await claim("ann", "Ann");
      const see = (atMs: number) => players.noteSeen(database.db, { identity: "ann", atMs });
      await see(AT_MS + 1000);
      expect(await ownerOf("ann")).toMatchObject({ seenAt: AT_MS });
      await see(AT_MS + 3_600_001);
      expect(await ownerOf("ann")).toMatchObject({ seenAt: AT_MS + 3_600_001 });
    });

    test.each([1, 2, 3])(
      "[ACCOUNTS-14] an account that gets a guest's matches has the sums of one who played them all, seed %i",
      async (seed) => {
        // Each match has at most one of two identities of one person.
        const drawn = drawFrom(seed);
        const matches = Array.from({ length: 40 }, (_, number) => {
          const match = drawMatch(drawn, number, 6);
          const seen = new Set<string>();
          const people = match.players.map((player) => {
            const { identity } = player;
            const person = identity === "identity-1" ? "identity-0" : identity;
            const isNew = person !== null && !seen.has(person);
            if (isNew) seen.add(person);
            return { ...player, identity: isNew ? identity : null };
          });
          return { ...match, players: people };
        });
        await namePlayer(database.db, "identity-0", "Ann");
        await play(...matches);
        await signIn("identity-0", "new", "identity-1");
        const merged = await readSums(database.db);

        const other = await databases.fresh();
        await namePlayer(other.db, "identity-0", "Ann");
        for (const match of matches) {
          const people = match.players.map((player) => ({
            ...player,
            identity: player.identity === "identity-1" ? "identity-0" : player.identity,
          }));
          await results.applyResult(other.db, { ...match, players: people });
        }
        const played = await readSums(other.db);
        const own = (table: Record<string, unknown>) =>
          Object.fromEntries(
            Object.entries(table)
              .filter(([key]) => /^(identity-[01]|new)( |$)/.test(key))
              .map(([key, value]) => [key.replace(/^(identity-[01]|new)/, "ann"), value]),
          );
        for (const table of ["xp", "modes", "weapons", "arenas", "medals"] as const)
          expect(own(merged[table])).toEqual(own(played[table]));
        // What a score is worth depends on the rating, which a guest has apart.
        const withoutScores = (weeks: typeof merged.weeks) =>
          Object.entries(own(weeks))
            .map(([key, week]) => [key, { ...(week as object), score: 0 }])
            .sort();
        expect(withoutScores(merged.weeks)).toEqual(withoutScores(played.weeks));
        const seats = ({ who }: { who: string | undefined }) => /^(identity-[01]|new)$/.test(who ?? "");
        expect(merged.seats.filter(seats)).toHaveLength(played.seats.filter(seats).length);
        expect(
          await database.db.selectFrom("player").select("id").where("xp", ">=", 0).execute(),
        ).toHaveLength(5);
      },
    );

    test("[ACCOUNTS-15] a guest's ratings are dropped, the account's stay, and the ladder counts the account once", async () => {
      await claim("ann", "Ann");
      await play(...rated(6));
      const before = await database.db
        .selectFrom("rating")
        .innerJoin("identity", "identity.playerId", "rating.playerId")
        .select(["mu", "sigma", "points"])
        .where("sub", "=", "ann")
        .execute();
      await signIn("ann", "new", "cem");
      const after = await database.db
        .selectFrom("rating")
        .innerJoin("identity", "identity.playerId", "rating.playerId")
        .select(["mu", "sigma", "points"])
        .where("sub", "in", ["ann"])
        .execute();
      expect(after).toEqual(before);
      expect(await listed()).toEqual({ names: ["Ann"], counted: 1, isNegative: false });
      const data = await accountData.dataOf(database.db, { identity: "new" });
      const lines = data?.matches as { seat: number; pointsAfter: number | null }[];
      expect(lines.filter(({ seat }) => seat === 2).map(({ pointsAfter }) => pointsAfter)).toEqual(
        Array(6).fill(null),
      );
    });

    test("[ACCOUNTS-16] two devices that bring the same guest at once merge it once", async () => {
      await claim("ann", "Ann");
      await claim("ben", "Ben");
      await play(
        aResult({
          players: aResult().players.map((each) => ({
            ...each,
            identity: each.name === "cem" ? "cem" : null,
          })),
        }),
      );
      for (const [account, hash] of [
        ["ann", "one"],
        ["ben", "two"],
      ] as const)
        await credentials.putTransferCode(database.db, { identity: account, hash, expiresAt: AT_MS });
      await Promise.allSettled(
        ["one", "two"].map((hash) =>
          credentials.signInByTransfer(database.db, { hash, ...device(`new ${hash}`, "cem") }),
        ),
      );
      const sums = await database.db.selectFrom("playerMode").select(["matches", "kills"]).execute();
      expect(sums).toEqual([{ matches: 1, kills: 6 }]);
      const { xp } = await database.db
        .selectFrom("player")
        .select((of) => of.fn.sum<number>("xp").as("xp"))
        .executeTakeFirstOrThrow();
      const { gained } = await database.db
        .selectFrom("matchPlayer")
        .select((of) => of.fn.sum<number>("xp").as("gained"))
        .executeTakeFirstOrThrow();
      expect(xp).toBe(gained);
    });

    test("[ACCOUNTS-20] results that are counted while their guest signs in are the account's, each once", async () => {
      await claim("ann", "Ann");
      const rounds = 30;
      for (let round = 0; round < rounds; round++) {
        const guest = `guest-${round}`;
        const startedAt = AT_MS + round * 600_000;
        const matches = [0, 1].map((at) => {
          const people = aResult().players.map((each) => ({
            ...each,
            identity: each.name === "cem" ? guest : null,
          }));
          return aResult({ id: matchId(startedAt, round * 2 + at), startedAt, players: people });
        });
        await results.applyResult(database.db, matches[0] as MatchResult);
        const hash = `hash-${round}`;
        await credentials.putTransferCode(database.db, { identity: "ann", hash, expiresAt: AT_MS });
        const apply = () => results.applyResult(database.db, matches[1] as MatchResult);
        // What fails is tried again, as the outbox does.
        const tried = apply().catch(apply);
        const change = device(`new-${round}`, guest);
        const signIn = () => credentials.signInByTransfer(database.db, { hash, ...change });
        expect((await Promise.all([tried, signIn().catch(signIn)]))[1]).toBe(true);
      }
      const sums = await database.db.selectFrom("playerMode").select(["matches", "kills"]).execute();
      expect(sums).toEqual([{ matches: 2 * rounds, kills: 12 * rounds }]);
      expect(await database.db.selectFrom("player").select("name").execute()).toEqual([{ name: "Ann" }]);
    });
  });

  describe("deletion", () => {
    const remove = (identity: string, name: string) =>
      accounts.deleteAccount(database.db, { identity, name, atMs: AT_MS });

    test("[ACCOUNTS-17] leaves the matches, and no name, sum, rating, passkey or code of the account", async () => {
      await claim("ann", "Anja", AT_MS - 40 * DAY_MS);
      await claim("ann", "Ann", AT_MS - 5 * DAY_MS);
      await play(...rated(6));
      await credentials.putTransferCode(database.db, { identity: "ann", hash: "h", expiresAt: AT_MS });
      const key = { identity: "ann", id: "key", publicKey: new Uint8Array(1), counter: 0, atMs: AT_MS };
      await credentials.addPasskey(database.db, key);
      const rest = await database.db.selectFrom("playerMode").selectAll().execute();
      const { id = 0 } =
        (await database.db.selectFrom("player").select("id").where("name", "=", "Ann").executeTakeFirst()) ??
        {};
      expect(await remove("ann", "Ben")).toBeNull();
      expect(await remove("ann", "Ann")).toEqual(["ann"]);
      for (const table of [
        ...(["rating", "ratingDay", "playerMode", "playerWeapon", "playerArena", "playerMedal"] as const),
        ...(["playerWeek", "credential", "transferCode", "matchPlayer"] as const),
      ]) {
        const rows = await database.db
          .selectFrom(table)
          .select("playerId")
          .where("playerId", "=", id)
          .execute();
        expect([table, rows]).toEqual([table, []]);
      }
      const seats = await database.db.selectFrom("matchPlayer").selectAll().where("seat", "=", 0).execute();
      expect(seats.map(({ playerId, wasDeleted }) => [playerId, wasDeleted])).toEqual(
        Array(6).fill([null, 1]),
      );
      expect(await database.db.selectFrom("playerMode").selectAll().execute()).toHaveLength(rest.length - 1);
      expect(await listed()).toEqual({ names: [], counted: 0, isNegative: false });
      for (const name of ["Ann", "Anja"]) expect(await profile(name)).toBeNull();
      expect(await sessions.isRevoked(database.db, { identity: "ann" })).toBe(true);
      expect(await remove("ann", "Ann")).toBeNull();
    });

    test("[ACCOUNTS-18] keeps both names from others for 30 days, the former owner included", async () => {
      await claim("ann", "Anja", AT_MS - 40 * DAY_MS);
      await claim("ann", "Ann", AT_MS - 5 * DAY_MS);
      await remove("ann", "Ann");
      const free = AT_MS + 30 * DAY_MS;
      for (const name of ["Ann", "ANJA"]) {
        expect(await claim("ann after it", name, free - 1)).toEqual({ is: "taken" });
        expect(await claim(`taker of ${name}`, name, free)).toEqual({ is: "named" });
      }
    });

    test("[ACCOUNTS-19] of one account changes nothing of another", async () => {
      await claim("ann", "Ann");
      await claim("ben", "Ben");
      await play(...rated(6));
      const before = await accountData.dataOf(database.db, { identity: "ben" });
      await remove("ann", "Ann");
      expect(await accountData.dataOf(database.db, { identity: "ben" })).toEqual(before);
      expect(await listed()).toEqual({ names: ["Ben"], counted: 1, isNegative: false });
    });
  });
});
