/** The gallery in both databases: what is shown, found, played and rated. */
import { describe, expect, test } from "vitest";
import type { Db } from "#server/store/database/database.ts";
import { mergeGuest } from "#server/store/players/merge.ts";
import { ensurePlayer } from "#server/store/players/players.ts";
import { QUERIES } from "#server/store/queries.ts";
import { anArena } from "#server/testing/arenas.ts";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { draftId, makeArena, makeDraft, publishText, saveDraft } from "#server/testing/drafts.ts";
import { aPlayer, aResult, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import type { GalleryQuestion } from "./gallery.ts";

const AT_MS = Date.UTC(2026, 10, 20);

const page = (db: Db, question: Partial<GalleryQuestion> = {}) =>
  QUERIES.galleryPage(db, { search: "", mode: undefined, sort: "new", page: 0, ...question });
const titles = async (db: Db, question?: Partial<GalleryQuestion>) =>
  (await page(db, question)).arenas.map(({ title }) => title);
const rate = (db: Db, id: string, identity: string, stars: number) =>
  QUERIES.rateArena(db, { id, identity, stars, atMs: AT_MS });
const shown = async (db: Db, id: string) => {
  const arena = await QUERIES.publishedArena(db, { id });
  return arena && { stars: arena.stars, ratings: arena.ratings };
};
/** Lets people finish a match, so that they may rate. */
const play = (db: Db, people: readonly string[], arena = "foundry", number = 1) =>
  QUERIES.applyResult(
    db,
    aResult({
      ...{ id: matchId(AT_MS, number), arena },
      players: people.map((identity, at) => aPlayer({ identity, name: identity, network: at, team: at % 2 })),
    }),
  );

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[GALLERY-1] shows what an account has published, with its facts and its author's present name", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const arena = { title: "The Quarry", modes: "deathmatch,kingOfTheHill", theme: "orchard" };
    const id = await makeArena(db, "ann", 1, { ...arena, atMs: AT_MS });
    await namePlayer(db, "ann", "Anna");
    expect(await page(db)).toEqual({
      count: 1,
      arenas: [
        {
          ...{ id, map: anArena({ tiledJson: `text of ${id}` }).sha256, title: "The Quarry", author: "Anna" },
          ...{ theme: "orchard", modes: ["deathmatch", "kingOfTheHill"], columns: 24, rows: 16 },
          ...{ players: { min: 2, max: 4 }, plays: 0, stars: 0, ratings: 0 },
          ...{ version: 1, isFeatured: false, publishedAtMs: AT_MS },
        },
      ],
    });
    const { map } = (await page(db)).arenas[0] ?? { map: "" };
    expect(await QUERIES.readArena(db, { sha256: map, atMs: undefined })).toMatchObject({
      arena: { isPlayable: true, modes: arena.modes, title: arena.title },
    });
    await QUERIES.featureArena(db, { sha256: map, isFeatured: true, atMs: AT_MS });
    expect(await QUERIES.publishedArena(db, { id })).toMatchObject({ isFeatured: true });
  });

  test("[GALLERY-2] guests publish nothing, and nobody what is another's, is not a version, or is shown already", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    await namePlayer(db, "ben", "Ben");
    const guests = await makeDraft(db, "guest", 1);
    await saveDraft(db, guests, `text of ${guests}`);
    expect(await publishText(db, "guest", guests)).toBe("guest");
    const id = await makeArena(db, "ann", 2);
    expect(await publishText(db, "ben", id)).toBe("missing");
    expect(await publishText(db, "ann", id, { number: 2 })).toBe("missing");
    expect(await publishText(db, "ann", id, { text: "another" })).toBe("missing");
    const copy = await makeDraft(db, "ben", 3);
    await saveDraft(db, copy, `text of ${id}`);
    expect(await publishText(db, "ben", copy, { text: `text of ${id}` })).toBe("shown");
    expect((await page(db)).count).toBe(1);
  });

  test("[GALLERY-3] one of two drafts with the same file that are published at once is shown", async () => {
    const { db } = await databases.fresh();
    const publishing = await Promise.all(
      ["ann", "ben"].map(async (name, at) => {
        await namePlayer(db, name, name);
        const id = await makeDraft(db, name, at);
        await saveDraft(db, id, "same");
        return publishText(db, name, id, { text: "same" });
      }),
    );
    expect(publishing.sort()).toEqual(["published", "shown"]);
    expect((await page(db)).count).toBe(1);
  });

  test("[GALLERY-4] another version takes the place of the first, with its plays and ratings", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeArena(db, "ann", 1, { title: "Old name" });
    await play(db, ["ben", "cem"]);
    await rate(db, id, "ben", 4);
    await saveDraft(db, id, "two");
    expect(await publishText(db, "ann", id, { number: 2, text: "two", title: "New name" })).toBe("published");
    expect(await titles(db, { search: "old" })).toEqual([]);
    expect(await titles(db, { search: "newname" })).toEqual(["New name"]);
    expect(await shown(db, id)).toEqual({ stars: 4, ratings: 1 });
  });

  test("[GALLERY-5] any part of a title finds it, and so does the author's whole name", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    await namePlayer(db, "ben", "Ben");
    for (const [at, title] of ["Old Mill", "Windmill", "旧磨坊", "100%_"].entries())
      await makeArena(db, at < 2 ? "ann" : "ben", at, { title, atMs: AT_MS - at });
    expect(await titles(db, { search: "mill" })).toEqual(["Old Mill", "Windmill"]);
    expect(await titles(db, { search: "dmi" })).toEqual(["Old Mill", "Windmill"]);
    expect(await titles(db, { search: "磨坊" })).toEqual(["旧磨坊"]);
    expect(await titles(db, { search: "%_" })).toEqual(["100%_"]);
    expect(await titles(db, { search: "%" })).toEqual(["100%_"]);
    expect(await titles(db, { search: "ben" })).toEqual(["旧磨坊", "100%_"]);
    expect(await titles(db, { search: "nothing" })).toEqual([]);
    expect(await page(db, { search: "mill" })).toMatchObject({ count: 2 });
  });

  test("[GALLERY-6] lists by plays, ratings and age, a page at a time, and by mode", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    await namePlayer(db, "ben", "Ben");
    for (let number = 0; number < 30; number++) {
      const modes = number % 3 === 0 ? "deathmatch,captureTheFlag" : "deathmatch";
      const name = number < 15 ? "ann" : "ben";
      await makeArena(db, name, number, { title: `Arena ${number}`, modes, atMs: AT_MS + number });
    }
    await db.updateTable("published").set({ plays: 9 }).where("draftId", "=", draftId(4)).execute();
    await db.updateTable("published").set({ rank: 4.5 }).where("draftId", "=", draftId(5)).execute();
    const first = await page(db);
    expect(first.count).toBe(30);
    expect(first.arenas.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, at) => draftId(29 - at)));
    expect((await page(db, { page: 1 })).arenas.map(({ id }) => id)).toEqual(
      Array.from({ length: 6 }, (_, at) => draftId(5 - at)),
    );
    expect((await page(db, { page: 999 })).arenas).toEqual([]);
    expect((await titles(db, { sort: "played" })).slice(0, 2)).toEqual(["Arena 4", "Arena 29"]);
    expect((await titles(db, { sort: "rated" })).slice(0, 2)).toEqual(["Arena 5", "Arena 29"]);
    expect((await page(db, { mode: "captureTheFlag" })).count).toBe(10);
    expect((await page(db, { mode: "kingOfTheHill" })).count).toBe(0);
    expect((await page(db, { mode: "captureTheFlag", search: "ann" })).count).toBe(5);
  });

  test("[GALLERY-7] a match is played once, however often its result is counted, and not if it was called off", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeArena(db, "ann", 1);
    const { map = "" } = (await QUERIES.publishedArena(db, { id })) ?? {};
    const result = aResult({ arena: map, isHosted: true });
    await Promise.all([1, 2, 3].map(() => QUERIES.applyResult(db, result)));
    await QUERIES.applyResult(db, { ...result, id: matchId(AT_MS, 2), how: "calledOff" });
    await QUERIES.applyResult(db, { ...result, id: matchId(AT_MS, 3), arena: "b".repeat(64) });
    expect(await QUERIES.publishedArena(db, { id })).toMatchObject({ plays: 1 });
  });

  test("[GALLERY-8] who has finished a match rates once, changes it and takes it back; nobody their own", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeArena(db, "ann", 1);
    expect(await rate(db, id, "ben", 5)).toBe("notPlayed");
    await play(db, ["ann", "ben", "cem"]);
    expect(await rate(db, id, "ann", 5)).toBe("own");
    expect(await rate(db, id, "ben", 5)).toBe("rated");
    expect(await rate(db, id, "ben", 2)).toBe("rated");
    expect(await rate(db, id, "cem", 4)).toBe("rated");
    expect(await shown(db, id)).toEqual({ stars: 3, ratings: 2 });
    expect(await QUERIES.arenaRatingOf(db, { id, identity: "ben" })).toBe(2);
    expect(await rate(db, id, "ben", 0)).toBe("rated");
    expect(await rate(db, id, "ben", 0)).toBe("rated");
    expect(await shown(db, id)).toEqual({ stars: 4, ratings: 1 });
    expect(await rate(db, draftId(9), "ben", 5)).toBe("missing");
  });

  test("[GALLERY-9] ratings that are given at once are all counted, one of each player", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeArena(db, "ann", 1);
    const people = Array.from({ length: 8 }, (_, at) => `player ${at}`);
    await play(db, people);
    const twice = [...people, ...people];
    await Promise.all(twice.map((identity, at) => rate(db, id, identity, 1 + (at % 5))));
    const { stars = 0, ratings = 0 } = (await shown(db, id)) ?? {};
    const rows = await db.selectFrom("arenaRating").select("stars").execute();
    expect([ratings, rows.length]).toEqual([8, 8]);
    expect(stars * ratings).toBe(rows.reduce((sum, row) => sum + row.stars, 0));
  });

  test("[GALLERY-10] a guest's rating is the account's, which keeps its own, and none of its own arena", async () => {
    const { db } = await databases.fresh();
    for (const name of ["ann", "ben"]) await namePlayer(db, name, name);
    const [anns, bens] = [await makeArena(db, "ann", 1), await makeArena(db, "ben", 2)];
    const third = await makeArena(db, "ben", 3);
    await play(db, ["ann", "ben", "guest"]);
    for (const id of [anns, bens, third]) await rate(db, id, "guest", 5);
    await rate(db, bens, "ann", 1);
    const [from, to] = [await ensurePlayer(db, "guest", 0), await ensurePlayer(db, "ann", 0)];
    await db.transaction().execute((transaction) => mergeGuest(transaction, from, to));
    expect(await shown(db, anns)).toEqual({ stars: 0, ratings: 0 });
    expect(await shown(db, bens)).toEqual({ stars: 1, ratings: 1 });
    expect(await shown(db, third)).toEqual({ stars: 5, ratings: 1 });
    expect(await QUERIES.arenaRatingOf(db, { id: third, identity: "guest" })).toBe(5);
  });

  test("[GALLERY-11] an arena that is rated while it is taken out of the gallery leaves no rating", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    await play(db, ["ben", "cem"]);
    for (let number = 0; number < 5; number++) {
      const id = await makeArena(db, "ann", number);
      const outcomes = await Promise.all([
        rate(db, id, "ben", 5),
        QUERIES.unpublishDraft(db, { id, identity: "ann" }),
        rate(db, id, "cem", 5),
      ]);
      expect(outcomes[1]).toBe(true);
    }
    expect(await db.selectFrom("arenaRating").selectAll().execute()).toEqual([]);
    expect((await page(db)).count).toBe(0);
    expect(await QUERIES.unpublishDraft(db, { id: draftId(0), identity: "ann" })).toBe(false);
  });

  test("[GALLERY-12] what a moderator removes is not shown, and is not published again", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    const id = await makeArena(db, "ann", 1);
    const { map: sha256 = "" } = (await QUERIES.publishedArena(db, { id })) ?? {};
    expect(await QUERIES.removeArena(db, { sha256, identity: undefined, atMs: AT_MS })).toBe("removed");
    expect((await page(db)).count).toBe(0);
    expect(await publishText(db, "ann", id)).toBe("removed");
    expect(await saveDraft(db, await makeDraft(db, "ben", 2), `text of ${id}`)).toBe("removed");
    expect(await QUERIES.versionText(db, { id, number: 1 })).toBeNull();
  });

  test("[GALLERY-13] an account shows twenty arenas at most", async () => {
    const { db } = await databases.fresh();
    await namePlayer(db, "ann", "Ann");
    for (let number = 0; number < 20; number++) await makeArena(db, "ann", number);
    await expect(makeArena(db, "ann", 20)).rejects.toThrow("not published: tooMany");
    await saveDraft(db, draftId(3), "another");
    expect(await publishText(db, "ann", draftId(3), { number: 2, text: "another" })).toBe("published");
  });
});
