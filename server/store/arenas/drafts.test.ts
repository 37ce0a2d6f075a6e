/** Drafts in both databases: roles, versions, bounds, and what becomes of them with their owners. */
import { describe, expect, test } from "vitest";
import type { Db } from "#server/store/database/database.ts";
import { queries as accountData } from "#server/store/players/accountData.ts";
import { queries as accounts } from "#server/store/players/accounts.ts";
import { mergeGuest } from "#server/store/players/merge.ts";
import { ensurePlayer } from "#server/store/players/players.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { draftId, makeArena, makeDraft, publishText, saveDraft } from "#server/testing/drafts.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { DRAFT_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { DELETED_NAME } from "#shared/protocol/playerName.ts";
import { queries as drafts } from "./drafts.ts";
import { isUnnamed } from "./references.ts";
import { VERSIONS_MAX, queries as versions } from "./versions.ts";

const AT_MS = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;

const read = (db: Db, id: string, identity: string | undefined, key = "") =>
  drafts.draftOf(db, { id, identity, key });
const merge = async (db: Db, guest: string, account: string) => {
  const [from, to] = [await ensurePlayer(db, guest, AT_MS), await ensurePlayer(db, account, AT_MS)];
  await db.transaction().execute((transaction) => mergeGuest(transaction, from, to));
};
const rowsOf = async (
  db: Db,
  table: "draft" | "draftVersion" | "published" | "publishedTerm" | "arenaRating",
) => (await db.selectFrom(table).selectAll().execute()).length;
/** Walks over all drafts. */
async function sweep(db: Db, beforeMs: number): Promise<void> {
  for (let after: string | null = ""; after !== null; )
    after = await drafts.sweepDrafts(db, { after, beforeMs });
}

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[DRAFTS-1] a draft has its owner by identity, editors by key, and everybody else looks on", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    const roleOf = (identity: string | undefined, key = "") => drafts.draftRoleOf(db, { id, identity, key });
    expect(await roleOf("ann")).toBe("owner");
    expect(await roleOf("ben", "key 1")).toBe("editor");
    expect(await roleOf(undefined, "key 1")).toBe("editor");
    expect(await roleOf("ben")).toBe("viewer");
    expect(await roleOf("ben", "KEY 1")).toBe("viewer");
    expect(await drafts.draftRoleOf(db, { id: draftId(9), identity: "ann", key: "key 1" })).toBeNull();
    expect(await read(db, id, "ann")).toMatchObject({ owner: "", versions: [] });
    expect(await drafts.draftText(db, { id })).toBe('{"n":1}');
  });

  test("[DRAFTS-2] what is written is read, up to the bound, and nothing is written to a draft that is gone", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    const write = (tiledJson: string) =>
      drafts.writeDraft(db, { id, title: "é 😀", tiledJson, atMs: AT_MS + 5 });
    const text = "😀".repeat(DRAFT_FILE_MAX_BYTES / 4);
    expect(await write(text)).toBe(true);
    const draft = await read(db, id, undefined);
    expect((await drafts.draftText(db, { id })) === text).toBe(true);
    expect(draft?.info).toMatchObject({ title: "é 😀", changedAtMs: AT_MS + 5 });
    await expect(write(`${text}1`)).rejects.toThrow(RangeError);
    expect(await drafts.deleteDraft(db, { id, identity: "ben" })).toBe(false);
    expect(await drafts.deleteDraft(db, { id, identity: "ann" })).toBe(true);
    expect(await drafts.deleteDraft(db, { id, identity: "ann" })).toBe(false);
    expect(await write("{}")).toBe(false);
    expect(await saveDraft(db, id, "{}")).toBe("removed");
  });

  test("[DRAFTS-3] versions are counted from 1, bear present names of accounts, and are the same once only", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    await namePlayer(db, "ben", "Ben");
    expect(await saveDraft(db, id, "one", { identity: "ben", name: "Benny" })).toMatchObject({ number: 1 });
    expect(await saveDraft(db, id, "one")).toBe("unchanged");
    expect(await saveDraft(db, id, "two", { identity: "cem", name: "cem" })).toMatchObject({ number: 2 });
    expect(await saveDraft(db, id, "one")).toMatchObject({ number: 3, author: "Somebody" });
    const draft = await read(db, id, undefined);
    expect(draft?.versions.map(({ number, author }) => [number, author])).toEqual([
      [1, "Ben"],
      [2, "cem"],
      [3, "Somebody"],
    ]);
    expect(draft?.info.sha256).toBe(draft?.versions[0]?.sha256);
    expect(await versions.versionText(db, { id, number: 2 })).toBe("two");
    expect(await versions.versionText(db, { id, number: 4 })).toBeNull();
  });

  test("[DRAFTS-4] ten versions that are saved at once get ten numbers", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    const saved = await Promise.all(Array.from({ length: 10 }, (_, nth) => saveDraft(db, id, `text ${nth}`)));
    const numbers = saved.map((version) => (typeof version === "string" ? version : version.number));
    expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("[DRAFTS-5] a draft has no more versions than it may, and a guest's no more bytes", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    await db
      .updateTable("draft")
      .set({ versions: VERSIONS_MAX - 1 })
      .where("id", "=", id)
      .execute();
    expect(await saveDraft(db, id, "one")).toMatchObject({ number: VERSIONS_MAX });
    expect(await saveDraft(db, id, "two")).toBe("tooMany");
    const other = await makeDraft(db, "ann", 2);
    await db
      .updateTable("draft")
      .set({ versionBytes: 2e6 - 5 })
      .where("id", "=", id)
      .execute();
    expect(await saveDraft(db, other, "sixsix")).toBe("tooMany");
    expect(await saveDraft(db, other, "five5")).toMatchObject({ number: 1 });
    await namePlayer(db, "ann", "Ann");
    expect(await saveDraft(db, other, "sixsix")).toMatchObject({ number: 2 });
  });

  test("[DRAFTS-6] a guest has ten drafts at most, an account fifty, also when all are made at once", async () => {
    const { db } = await databases.fresh();
    await makeDraft(db, "ann", 0);
    const make = (from: number, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, nth) =>
          makeDraft(db, "ann", from + nth).catch((error: Error) => error.message),
        ),
      );
    const made = await make(1, 12);
    expect(made.filter((outcome) => outcome === "no draft: tooMany")).toHaveLength(3);
    await namePlayer(db, "ann", "Ann");
    expect((await make(100, 41)).filter((outcome) => outcome === "no draft: tooMany")).toHaveLength(1);
    expect(await drafts.ownDrafts(db, { identity: "ann" })).toHaveLength(50);
    expect(await drafts.ownDrafts(db, { identity: "ben" })).toEqual([]);
  }, 60_000);

  test("[DRAFTS-7] files of versions stay while a draft has them, and go after it", async () => {
    const { db } = await databases.fresh();
    const id = await makeDraft(db, "ann");
    await saveDraft(db, id, "one");
    const unnamed = () => db.selectFrom("arena").select("sha256").where(isUnnamed()).execute();
    expect(await unnamed()).toEqual([]);
    await drafts.deleteDraft(db, { id, identity: "ann" });
    expect(await unnamed()).toHaveLength(1);
  });

  test("[DRAFTS-8] a guest who signs in takes drafts, versions and ratings along", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const [own, guests] = [await makeDraft(db, "ann", 1), await makeDraft(db, "guest", 2)];
    await saveDraft(db, own, "one", { identity: "guest", name: "somebody" });
    await merge(db, "guest", "ann");
    const found = await drafts.ownDrafts(db, { identity: "guest" });
    expect(found.map(({ id }) => id).sort()).toEqual([own, guests]);
    expect((await read(db, own, "guest"))?.versions).toMatchObject([{ author: "Ann" }]);
    expect((await read(db, guests, "ann"))?.role).toBe("owner");
  });

  test("[DRAFTS-9] merging a guest while versions are saved and drafts are made loses none of them", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeDraft(db, "guest", 1);
    const [, ...made] = await Promise.all([
      merge(db, "guest", "ann"),
      ...[2, 3, 4].map((number) => makeDraft(db, "guest", number)),
      ...[1, 2, 3].map(async (nth) => {
        expect(await saveDraft(db, id, `text ${nth}`, { identity: "guest", name: "g" })).toMatchObject({
          author: "g",
        });
        return id;
      }),
    ]);
    const own = await drafts.ownDrafts(db, { identity: "ann" });
    expect(own.map((draft) => draft.id).sort()).toEqual([...new Set(made)].sort());
    expect((await read(db, id, "ann"))?.versions.map(({ author }) => author)).toEqual(["Ann", "Ann", "Ann"]);
  });

  test("[DRAFTS-10] of a deleted account no draft, no published arena, no rating and no name is left", async () => {
    const { db } = await databases.fresh();
    for (const name of ["Ann", "Ben"]) await namePlayer(db, name, name);
    const ben = await makeArena(db, "Ben", 2);
    await makeArena(db, "Ann", 1);
    await saveDraft(db, ben, "by Ann", { identity: "Ann", name: "Ann" });
    await db
      .insertInto("arenaRating")
      .values({ draftId: ben, playerId: await ensurePlayer(db, "Ann", 0), stars: 5, at: 0 })
      .execute();
    await db.updateTable("published").set({ stars: 5, ratings: 1 }).where("draftId", "=", ben).execute();
    await accounts.deleteAccount(db, { identity: "Ann", name: "Ann", atMs: AT_MS });
    expect(await rowsOf(db, "draft")).toBe(1);
    expect(await rowsOf(db, "published")).toBe(1);
    expect(await rowsOf(db, "arenaRating")).toBe(0);
    expect(await db.selectFrom("published").select(["draftId", "stars", "ratings"]).execute()).toEqual([
      { draftId: ben, stars: 0, ratings: 0 },
    ]);
    expect((await read(db, ben, undefined))?.versions.at(-1)?.author).toBe(DELETED_NAME);
  });

  test("[DRAFTS-11] two accounts that rate each other can be deleted at once", async () => {
    const { db } = await databases.fresh();
    for (const [at, name] of ["Ann", "Ben"].entries()) {
      await namePlayer(db, name, name);
      await makeArena(db, name, at);
    }
    for (const [at, name] of ["Ben", "Ann"].entries())
      await db
        .insertInto("arenaRating")
        .values({ draftId: draftId(at), playerId: await ensurePlayer(db, name, 0), stars: 5, at: 0 })
        .execute();
    const remove = (name: string) => accounts.deleteAccount(db, { identity: name, name, atMs: AT_MS });
    expect(await Promise.all([remove("Ann"), remove("Ben")])).toEqual([["Ann"], ["Ben"]]);
    for (const table of ["draft", "draftVersion", "published", "publishedTerm", "arenaRating"] as const)
      expect([table, await rowsOf(db, table)]).toEqual([table, 0]);
  });

  test("[DRAFTS-12] a download has drafts with their files, versions in drafts of others, arenas and ratings, and no key", async () => {
    const { db } = await databases.fresh();
    for (const name of ["Ann", "Ben"]) await namePlayer(db, name, name);
    await makeArena(db, "Ann", 1);
    await saveDraft(db, await makeDraft(db, "Ben", 2), "by Ann", { identity: "Ann", name: "Ann" });
    const data = await accountData.dataOf(db, { identity: "Ann" });
    expect(data).toMatchObject({
      drafts: [{ id: draftId(1), tiledJson: '{"n":1}', versions: [{ number: 1 }] }],
      savedVersions: [{ draftId: draftId(2), number: 1 }],
      publishedArenas: [{ draftId: draftId(1), title: "Quarry" }],
      arenaRatings: [],
    });
    expect(JSON.stringify(data)).not.toContain("key 1");
  });

  test("[DRAFTS-13] drafts of guests go when nobody has changed them for long, an account's stay", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const [anns] = [await makeDraft(db, "ann", 1), await makeDraft(db, "guest", 2)];
    const changed = await makeDraft(db, "guest", 3);
    await saveDraft(db, changed, "one");
    await drafts.writeDraft(db, { id: changed, title: "", tiledJson: "{}", atMs: AT_MS + DAY_MS });
    await sweep(db, AT_MS);
    expect(await rowsOf(db, "draft")).toBe(3);
    await sweep(db, AT_MS + 1);
    const left = async () =>
      (await db.selectFrom("draft").select("id").orderBy("id").execute()).map(({ id }) => id);
    expect(await left()).toEqual([anns, changed]);
    await sweep(db, AT_MS + DAY_MS + 1);
    expect(await left()).toEqual([anns]);
  });

  test("[DRAFTS-14] a version that is published while its draft is deleted is either shown and deleted, or not shown", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    for (let number = 0; number < 5; number++) {
      const id = await makeDraft(db, "ann", number);
      await saveDraft(db, id, `text of ${id}`);
      const [publishing, isGone] = await Promise.all([
        publishText(db, "ann", id),
        drafts.deleteDraft(db, { id, identity: "ann" }),
      ]);
      expect(["published", "missing"]).toContain(publishing);
      expect(isGone).toBe(true);
    }
    for (const table of ["draft", "draftVersion", "published", "publishedTerm"] as const)
      expect([table, await rowsOf(db, table)]).toEqual([table, 0]);
  });
});
