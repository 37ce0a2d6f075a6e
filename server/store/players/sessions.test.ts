/** Devices in both databases: what signing out ends, what a signed-out device cannot do, races, and rows that are swept. */
import { beforeEach, describe, expect, test } from "vitest";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { queries as accounts } from "./accounts.ts";
import { queries as credentials } from "./credentials.ts";
import { queries as sessions } from "./sessions.ts";

const DAY_MS = 86_400_000;
const AT_MS = Date.UTC(2026, 10, 20);
/** Races are tried so often. */
const ROUNDS = 30;

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  let database: TestDatabase;
  beforeEach(async () => {
    database = await databases.fresh();
  });

  const claim = (identity: string, name: string, atMs = AT_MS) =>
    accounts.claimName(database.db, { identity, name, folded: name.toLowerCase(), atMs });
  const putCode = (identity: string, hash: string) =>
    credentials.putTransferCode(database.db, { identity, hash, expiresAt: AT_MS });
  const signInByCode = (hash: string, identity: string, replaces: string | null = null, atMs = AT_MS) =>
    credentials.signInByTransfer(database.db, { hash, identity, replaces, atMs });
  const signInBySubject = (id: string, identity: string, replaces: string, link = false) =>
    credentials.signInByOpenId(database.db, { id, identity, replaces, link, atMs: AT_MS });
  const signOut = (identity: string, everywhere = true) =>
    sessions.signOut(database.db, { identity, everywhere, atMs: AT_MS });
  const addPasskey = (identity: string, id: string) =>
    credentials.addPasskey(database.db, {
      ...{ identity, id, publicKey: new Uint8Array(1), counter: 0, atMs: AT_MS },
    });
  /** The names of the accounts that an identity still opens. */
  const opened = async (sub: string) => {
    const rows = await database.db
      .selectFrom("identity")
      .innerJoin("player", "player.id", "identity.playerId")
      .select("name")
      .where("sub", "=", sub)
      .where("revokedAt", "is", null)
      .execute();
    return rows.map(({ name }) => name);
  };

  test("[SIGN-OUT-1] everywhere voids the transfer code", async () => {
    await claim("ann", "Ann");
    await putCode("ann", "hash");
    expect(await signOut("ann")).toEqual(["ann"]);
    expect(await signInByCode("hash", "thief")).toBe(false);
    expect(await opened("thief")).toEqual([]);
  });

  test("[SIGN-OUT-2] everywhere ends a sign-in of the same moment, or comes before it", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [owner, thief] = [`owner-${round}`, `thief-${round}`];
      await claim(owner, `Owner ${round}`);
      await putCode(owner, `hash-${round}`);
      await Promise.all([signOut(owner), signInByCode(`hash-${round}`, thief)]);
      expect(await opened(thief)).toEqual([]);
    }
  });

  test("[SIGN-OUT-3] a device that was signed out changes nothing of its account, and makes no other", async () => {
    await claim("ann", "Ann");
    await addPasskey("ann", "key");
    await putCode("ann", "hash");
    await signInByCode("hash", "second");
    await signOut("ann", false);
    expect(await claim("ann", "Thief", AT_MS + 40 * DAY_MS)).toEqual({ is: "signedOut" });
    expect(await addPasskey("ann", "stolen")).toBe("noAccount");
    expect(await putCode("ann", "stolen")).toBe(false);
    expect(await credentials.removeCredential(database.db, { identity: "ann", id: "key" })).toBe(false);
    expect(await signInBySubject("issuer mallory", "new", "ann", true)).toBe("signedOut");
    expect(await signOut("ann")).toEqual(["ann"]);
    expect(
      await accounts.deleteAccount(database.db, { identity: "ann", name: "Ann", atMs: AT_MS }),
    ).toBeNull();
    expect(await opened("second")).toEqual(["Ann"]);
    expect(await database.db.selectFrom("credential").select("id").execute()).toEqual([{ id: "key" }]);
    expect(await database.db.selectFrom("player").select("name").execute()).toEqual([{ name: "Ann" }]);
  });

  test("[SIGN-OUT-4] an identity whose account was deleted makes no account", async () => {
    await claim("ann", "Ann");
    await accounts.deleteAccount(database.db, { identity: "ann", name: "Ann", atMs: AT_MS });
    expect(await claim("ann", "Bea")).toEqual({ is: "signedOut" });
  });

  test("[SIGN-OUT-5] of a rename and a deletion at once the account keeps one outcome, and neither fails", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [identity, name] = [`ann-${round}`, `Ann ${round}`];
      await claim(identity, name, AT_MS - 40 * DAY_MS);
      const [renamed, deleted] = await Promise.all([
        claim(identity, `Bea ${round}`),
        accounts.deleteAccount(database.db, { identity, name, atMs: AT_MS }),
      ]);
      expect(renamed.is).toBe(deleted ? "signedOut" : "named");
      expect(await opened(identity)).toEqual(deleted ? [] : [`Bea ${round}`]);
    }
  });

  test("[SIGN-OUT-6] a 51st device signs out the one that was seen longest ago", async () => {
    await claim("first", "Ann");
    for (let at = 1; at <= 50; at++) {
      await putCode(at === 1 ? "first" : `device-${at - 1}`, `hash-${at}`);
      expect(await signInByCode(`hash-${at}`, `device-${at}`, null, AT_MS - 60 + at)).toBe(true);
      if (at === 1)
        await database.db.updateTable("identity").set({ seenAt: AT_MS }).where("sub", "=", "first").execute();
    }
    expect(await opened("device-1")).toEqual([]);
    for (const device of ["first", "device-2", "device-50"]) expect(await opened(device)).toEqual(["Ann"]);
  });

  test("[SIGN-OUT-7] two sign-ins at once with one fresh identity both succeed", async () => {
    await claim("ann", "Ann");
    await claim("ben", "Ben");
    for (let round = 0; round < ROUNDS; round++) {
      for (const account of ["ann", "ben"]) await putCode(account, `${account}-${round}`);
      const fresh = `fresh-${round}`;
      const both = ["ann", "ben"].map((account) =>
        signInByCode(`${account}-${round}`, `${account}-${fresh}`, fresh),
      );
      expect(await Promise.all(both)).toEqual([true, true]);
      expect(await opened(fresh)).toEqual([]);
    }
  });

  test("[SIGN-OUT-8] two guests who sign in to one another at once do not wait for each other", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = [`one-${round}`, `other-${round}`];
      for (const guest of [one, other]) await signInBySubject(`issuer ${guest}`, "unused", guest);
      const both = await Promise.all([
        signInBySubject(`issuer ${one}`, `new ${one}`, other),
        signInBySubject(`issuer ${other}`, `new ${other}`, one),
      ]);
      expect(both).toContain("signedIn");
    }
  });

  test("[SIGN-OUT-9] a guest who was signed out is not merged into an account", async () => {
    await signInBySubject("issuer guest", "unused", "guest");
    await signInBySubject("issuer guest", "second", "other device");
    await signOut("guest", false);
    await claim("thief", "Thief");
    await putCode("thief", "hash");
    expect(await signInByCode("hash", "new", "guest")).toBe(true);
    expect(await opened("second")).toEqual([null]);
  });

  describe("a subject of an OpenID provider", () => {
    test("[SUBJECTS-1] that nobody has is linked with a guest, and with an account only on request", async () => {
      await claim("ann", "Ann");
      expect(await signInBySubject("issuer mallory", "new", "ann")).toBe("unlinked");
      expect(await signInBySubject("issuer mallory", "new", "fresh")).toBe("linked");
      expect(await signInBySubject("issuer ann", "new", "ann", true)).toBe("linked");
      expect(await signInBySubject("issuer ann", "new", "ann")).toBe("linked");
    });

    test("[SUBJECTS-2] of another player is not linked, and an account has at most five", async () => {
      await claim("ann", "Ann");
      await signInBySubject("issuer ben", "new", "ben");
      expect(await signInBySubject("issuer ben", "new", "ann", true)).toBe("known");
      for (let at = 0; at < 5; at++)
        expect(await signInBySubject(`issuer ${at}`, "new", "ann", true)).toBe("linked");
      expect(await signInBySubject("issuer 5", "new", "ann", true)).toBe("full");
    });

    test("[SUBJECTS-3] that was unlinked opens nothing", async () => {
      await claim("ann", "Ann");
      await signInBySubject("issuer ann", "new", "ann", true);
      const remove = (identity: string) =>
        credentials.removeCredential(database.db, { identity, id: "issuer ann" });
      await claim("ben", "Ben");
      expect(await remove("ben")).toBe(false);
      expect(await remove("ann")).toBe(true);
      expect(await signInBySubject("issuer ann", "new", "fresh")).toBe("linked");
      expect(await opened("fresh")).toEqual([null]);
    });
  });

  test("[SWEEP-1] identities that cannot come back are deleted, in slices; guests' and those in use stay", async () => {
    const playerOf = async (name: string | null) => {
      const row = { createdAt: AT_MS, name, folded: name };
      return (await database.db.insertInto("player").values(row).returning("id").executeTakeFirstOrThrow())
        .id;
    };
    const [account, guest] = [await playerOf("Ann"), await playerOf(null)];
    const old = AT_MS - 200 * DAY_MS;
    const rows = Array.from({ length: 1200 }, (_, at) => ({
      ...{ sub: `old-${at}`, playerId: account, createdAt: old, seenAt: old, revokedAt: null },
    }));
    const kept = [
      { sub: "in use", playerId: account, createdAt: old, seenAt: AT_MS - 170 * DAY_MS, revokedAt: null },
      { sub: "old guest", playerId: guest, createdAt: old, seenAt: old, revokedAt: null },
      { sub: "zz signed out", playerId: guest, createdAt: old, seenAt: AT_MS, revokedAt: AT_MS },
    ];
    const gone = { sub: "signed out long ago", playerId: guest, createdAt: old, seenAt: old, revokedAt: old };
    await database.db
      .insertInto("identity")
      .values([...rows, ...kept, gone])
      .execute();
    let slices = 0;
    for (let after: string | null = ""; after !== null; slices++)
      after = await sessions.sweepIdentities(database.db, { after, atMs: AT_MS });
    const left = await database.db.selectFrom("identity").select("sub").orderBy("sub").execute();
    expect(left.map(({ sub }) => sub).sort()).toEqual(kept.map(({ sub }) => sub).sort());
    expect(slices).toBe(3);
  });
});
