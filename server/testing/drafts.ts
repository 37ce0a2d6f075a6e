/** Drafts and published arenas of tests, straight in the database. */
import { queries as drafts } from "#server/store/arenas/drafts.ts";
import { queries as published } from "#server/store/arenas/published.ts";
import { queries as versions } from "#server/store/arenas/versions.ts";
import type { Db } from "#server/store/database/database.ts";
import { anArena } from "./arenas.ts";

const AT_MS = Date.UTC(2026, 10, 20);
const MAX_BYTES = 1e9;

/** A draft's id that ends in this number. */
export const draftId = (number: number): string => `d${String(number).padStart(11, "0")}`;

/** Creates an empty draft of the identity; throws if it may not. */
export async function makeDraft(db: Db, identity: string, number = 1, atMs = AT_MS): Promise<string> {
  const id = draftId(number);
  const draft = { id, editKey: `key ${number}`, title: `Draft ${number}`, tiledJson: `{"n":${number}}` };
  const creation = await drafts.createDraft(db, { identity, draft, atMs });
  if (creation !== "created") throw new Error(`no draft: ${creation}`);
  return id;
}

/** `text` stands for the Tiled file: another text is another arena. */
export const saveDraft = (
  db: Db,
  id: string,
  text: string,
  author: { identity: string | undefined; name: string } = { identity: undefined, name: "Somebody" },
) =>
  versions.saveVersion(db, {
    ...{ id, arena: anArena({ tiledJson: text, isPlayable: false, modes: "", title: "" }), author, note: "" },
    ...{ maxBytes: MAX_BYTES, atMs: AT_MS },
  });

type Arena = Parameters<typeof anArena>[0];

/** Publishes a version whose file is this text; the identity's player must have an account. */
export const publishText = (
  db: Db,
  identity: string,
  id: string,
  {
    number = 1,
    text = `text of ${id}`,
    atMs = AT_MS,
    ...arena
  }: Arena & { number?: number; text?: string; atMs?: number } = {},
) => {
  const playable = anArena({ tiledJson: text, ...arena });
  const folded = playable.title.toLowerCase().replaceAll(" ", "");
  return published.publishDraft(db, {
    ...{ id, identity, number, arena: playable, folded, maxBytes: MAX_BYTES, atMs },
  });
};

/** A published arena of the identity, who has an account; returns its id. */
export async function makeArena(
  db: Db,
  identity: string,
  number: number,
  arena: Arena & { atMs?: number } = {},
) {
  const id = await makeDraft(db, identity, number);
  await saveDraft(db, id, `text of ${id}`);
  const publishing = await publishText(db, identity, id, arena);
  if (publishing !== "published") throw new Error(`not published: ${publishing}`);
  return id;
}
