/** Saves versions of a draft, and brings one back as a step that can be undone. */
import { logError } from "#server/logOnce.ts";
import type { Drafts } from "#server/services/drafts/drafts.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { editsBetween } from "#shared/editor/diff.ts";
import type { Draft } from "#shared/editor/draft.ts";
import type { History } from "#shared/editor/history.ts";
import { readTmj } from "#shared/editor/tmj.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { EditorNews, SaveAnswer } from "#shared/protocol/editor.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import type { RoomDraft } from "./roomDraft.ts";
import type { Person } from "./seats.ts";

export interface VersionedDraft {
  readonly id: string;
  readonly store: Drafts;
  readonly state: EditorState;
  readonly draft: RoomDraft;
  readonly history: History;
  tiledJson(): string;
  tell(news: EditorNews, name: string): void;
}

export class Versions {
  readonly #draft: VersionedDraft;

  constructor(draft: VersionedDraft) {
    this.#draft = draft;
  }

  async save({ editor, admission }: Person, note: string): Promise<SaveAnswer> {
    const { id, store, state, tell } = this.#draft;
    if (editor.role === "viewer") return { ok: false, reason: "viewer" };
    const by = { author: editor.name, identity: admission.identity };
    const saved = await unlessAway(
      store.saveVersion(id, { tiledJson: this.#draft.tiledJson(), note, ...by }),
    );
    if (saved === undefined) return { ok: false, reason: "away" };
    if (typeof saved === "string") return { ok: false, reason: saved };
    state.versions = Math.max(state.versions, saved.number);
    tell("saved", editor.name);
    return { ok: true, version: saved };
  }

  /** Keeps as a version what another machine's room of the draft does not have. Never rejects. */
  async keepLost(): Promise<void> {
    const { id, store, state } = this.#draft;
    const [first] = state.editors.values();
    await unlessAway(
      store.saveVersion(id, { tiledJson: this.#draft.tiledJson(), author: first?.name ?? "", note: "" }),
    );
  }

  /** Refused: "notHost" for a viewer, "notNow" if there is no such version or the store is away. */
  async restore({ editor, tab }: Person, number: number): Promise<Answer> {
    const { id, store, draft, history, tell } = this.#draft;
    if (editor.role === "viewer") return { ok: false, reason: "notHost" };
    const version = await unlessAway(store.versionText(id, number).then(draftIn));
    if (version === undefined) return { ok: false, reason: "notNow" };
    if (history.edit(tab.by, editsBetween(draft, version))) tell("restored", editor.name);
    return { ok: true };
  }
}

const draftIn = (text: string | undefined): Draft | undefined =>
  text === undefined ? undefined : readTmj(JSON.parse(text), "version");

async function unlessAway<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof StoreAwayError)) logError(error, "a version of a draft cannot be read or saved");
    return undefined;
  }
}
