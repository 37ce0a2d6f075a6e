/** Arenas in the store: kept by content, bounded by player and by bytes, removed for good or not. */
import { describe, expect, test } from "vitest";
import type { Db } from "#server/store/database/database.ts";
import { QUERIES } from "#server/store/queries.ts";
import { anArena } from "#server/testing/arenas.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import type { KeepQuestion } from "./arenas.ts";

const DAY_MS = 86_400_000;
const AT = Date.UTC(2026, 10, 2);
const file = (number: number, bytes = 100) =>
  anArena({ tiledJson: `${number}`.padEnd(bytes), title: `Arena ${number}` });
const keep = (db: Db, arena: KeepQuestion["arena"], changes: Partial<KeepQuestion> = {}) =>
  QUERIES.keepArena(db, {
    ...{ arena, identity: undefined, maxOfPlayer: 2, maxBytes: 1_000, atMs: AT },
    ...changes,
  });
const read = (db: Db, { sha256 }: { sha256: string }, atMs?: number) =>
  QUERIES.readArena(db, { sha256, atMs });
const totalOf = async (db: Db) =>
  (await db.selectFrom("arenaTotal").select("bytes").executeTakeFirstOrThrow()).bytes;

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[BROUGHT-1] the same file is kept once, and counts once", async () => {
    const { db } = await databases.fresh();
    const answers = await Promise.all([1, 2, 3].map(() => keep(db, file(1), { identity: "ann" })));
    expect(answers.sort()).toEqual(["kept", "known", "known"]);
    expect(await totalOf(db)).toBe(100);
    expect(await read(db, file(1))).toMatchObject({
      is: "kept",
      arena: { ...file(1), isPlayable: true, isFeatured: false },
    });
    expect(await read(db, file(2))).toEqual({ is: "missing" });
  });

  test("[BROUGHT-2] a player has as many arenas as allowed, and one more after removing one", async () => {
    const { db } = await databases.fresh();
    const ann = { identity: "ann" };
    expect(await keep(db, file(1), ann)).toBe("kept");
    expect(await keep(db, file(2), ann)).toBe("kept");
    expect(await keep(db, file(3), ann)).toBe("tooMany");
    expect(await keep(db, file(2), ann)).toBe("known");
    expect(await keep(db, file(3), { identity: "ben" })).toBe("kept");
    const removal = { sha256: file(1).sha256, identity: "ann", atMs: AT };
    expect(await QUERIES.removeArena(db, { ...removal, identity: "ben" })).toBe("notTheirs");
    expect(await QUERIES.removeArena(db, removal)).toBe("removed");
    expect(await read(db, file(1))).toEqual({ is: "removed" });
    expect(await keep(db, file(4), ann)).toBe("kept");
    expect(await totalOf(db)).toBe(300);
  });

  test("[BROUGHT-3] what a host removes can be brought again; what a moderator removes cannot", async () => {
    const { db } = await databases.fresh();
    const by = (identity: string | undefined) =>
      QUERIES.removeArena(db, { sha256: file(1).sha256, identity, atMs: AT });
    await keep(db, file(1), { identity: "ann" });
    await by("ann");
    expect(await keep(db, file(1), { identity: "ben" })).toBe("kept");
    expect(await by("ann")).toBe("notTheirs");
    expect(await by(undefined)).toBe("removed");
    expect(await keep(db, file(1), { identity: "ben" })).toBe("removed");
    await QUERIES.sweepArenas(db, { unusedSinceMs: AT + 9 * DAY_MS });
    expect(await keep(db, file(1), { identity: "cid" })).toBe("removed");
    expect(await QUERIES.arenaChanges(db, { sinceMs: AT })).toEqual({
      featured: [],
      removed: [file(1).sha256],
    });
    expect(await totalOf(db)).toBe(0);
  });

  test("[BROUGHT-4] a full store lets go what was unused for longest, but nothing of the last day, and nothing featured", async () => {
    const { db } = await databases.fresh();
    const later = AT + 3 * DAY_MS;
    for (const number of [1, 2, 3]) await keep(db, file(number, 300), { atMs: AT + number });
    await QUERIES.featureArena(db, { sha256: file(1).sha256, isFeatured: true, atMs: AT });
    await read(db, file(2, 300), later);
    await QUERIES.featureArena(db, { sha256: file(1, 300).sha256, isFeatured: true, atMs: AT });
    await read(db, file(2, 300), later);
    expect(await keep(db, file(4, 300), { atMs: later })).toBe("kept");
    expect(await read(db, file(3, 300))).toEqual({ is: "missing" });
    expect(await keep(db, file(5, 300), { atMs: later })).toBe("full");
    expect(await read(db, file(5, 300))).toEqual({ is: "missing" });
    for (const number of [1, 2, 4]) expect(await read(db, file(number, 300))).toMatchObject({ is: "kept" });
    expect(await totalOf(db)).toBe(900);
  });

  test("[BROUGHT-5] the arenas of a guest go to the account that they sign in to, and outlive its deletion", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "account", "Ann");
    await keep(db, file(1), { identity: "guest" });
    const link = { atMs: AT, id: "https://issuer.example 1" };
    await QUERIES.signInByOpenId(db, { ...link, identity: "account", replaces: "account", link: true });
    await QUERIES.signInByOpenId(db, { ...link, identity: "device", replaces: "guest", link: false });
    const removal = { sha256: file(1).sha256, atMs: AT };
    expect(await keep(db, file(2), { identity: "account" })).toBe("kept");
    expect(await keep(db, file(3), { identity: "account" })).toBe("tooMany");
    expect(await QUERIES.dataOf(db, { identity: "account" })).toMatchObject({
      arenas: [{ title: "Arena 1" }, { title: "Arena 2" }],
    });
    expect(await QUERIES.deleteAccount(db, { identity: "account", name: "Ann", atMs: AT })).not.toBeNull();
    expect(await read(db, file(1))).toMatchObject({ is: "kept" });
    expect(await QUERIES.removeArena(db, { ...removal, identity: "account" })).toBe("notTheirs");
  });
});
