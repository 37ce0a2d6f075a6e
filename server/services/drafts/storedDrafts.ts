/** Drafts in the store, as editor rooms read and write them. */
import { createHash } from "node:crypto";
import type { Store } from "#server/store/store.ts";
import { factsOf, shownNote, shownTitle } from "./draftFacts.ts";
import type { Drafts } from "./drafts.ts";

/** `maxBytes` bounds all arenas on this server. */
export const createDrafts = (store: Pick<Store, "ask">, maxBytes: number): Drafts => ({
  async read(id) {
    const draft = await store.ask("draftOf", { id, identity: undefined, key: "" });
    const tiledJson = await store.ask("draftText", { id });
    if (!draft || tiledJson === null) return undefined;
    const { info, owner, versions } = draft;
    return { id, title: info.title, owner, tiledJson, versions, changedAtMs: info.changedAtMs };
  },
  roleOf: async (id, identity, key) => (await store.ask("draftRoleOf", { id, identity, key })) ?? undefined,
  write: (id, { title, tiledJson, atMs = Date.now(), after }) =>
    store.ask("writeDraft", { id, title: shownTitle(title), tiledJson, atMs, after }),
  saveVersion(id, { tiledJson, author, identity, note }) {
    const sha256 = createHash("sha256").update(tiledJson).digest("hex");
    // Whether it can be played is known once somebody brings or publishes it.
    const arena = { ...factsOf(tiledJson), sha256, tiledJson, isPlayable: false };
    const by = { identity, name: author };
    const shown = shownNote(note);
    return store.ask("saveVersion", { id, arena, author: by, note: shown, maxBytes, atMs: Date.now() });
  },
  versionText: async (id, number) => (await store.ask("versionText", { id, number })) ?? undefined,
});
