/** Drafts in memory, and people who draw them as pages do. */
import { Client, type Room } from "@colyseus/sdk";
import { shownNote } from "#server/services/drafts/draftFacts.ts";
import type { Drafts, StoredDraft, WrittenDraft } from "#server/services/drafts/drafts.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { Draft } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { type EditCommand, Replica } from "#shared/editor/replica.ts";
import { writeTmj } from "#shared/editor/tmj.ts";
import { EDITOR_MESSAGE, type EditorLine, type RefusedCommand, type Role } from "#shared/protocol/editor.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import type { Guest } from "./asking.ts";
import { type TestServer, until } from "./bootServer.ts";
import { somebody } from "./company.ts";

export const EDITOR_KEY = "the-key-of-editors";

interface MemoryDraft {
  title: string;
  tiledJson: string;
  changedAtMs: number;
  readonly versions: { tiledJson: string }[];
}

/** Anybody with the key draws; whoever's identity is in `owners` owns. */
export class MemoryDrafts implements Drafts {
  readonly drafts = new Map<string, MemoryDraft>();
  readonly infos = new Map<string, StoredDraft["versions"]>();
  readonly owners = new Set<string>();
  isAway = false;
  writes = 0;

  add(id: string, tiledJson = JSON.stringify(writeTmj(new Draft(16, 12)))): string {
    this.drafts.set(id, { title: "", tiledJson, changedAtMs: 7, versions: [] });
    this.infos.set(id, []);
    return id;
  }

  #answer<Value>(value: Value): Promise<Value> {
    return this.isAway ? Promise.reject(new StoreAwayError("away for a test")) : Promise.resolve(value);
  }

  async read(id: string): Promise<StoredDraft | undefined> {
    const draft = this.drafts.get(id);
    const { title = "", tiledJson = "", changedAtMs = 0 } = draft ?? {};
    const stored = { id, title, tiledJson, changedAtMs, owner: "", versions: this.infos.get(id) ?? [] };
    return this.#answer(draft ? stored : undefined);
  }

  async roleOf(id: string, identity: string | undefined, key: string): Promise<Role | undefined> {
    if (!this.drafts.has(id)) return this.#answer(undefined);
    if (identity !== undefined && this.owners.has(identity)) return this.#answer("owner");
    return this.#answer(key === EDITOR_KEY ? "editor" : "viewer");
  }

  async write(id: string, { title, tiledJson, atMs = 0, after }: WrittenDraft): Promise<boolean | "changed"> {
    const draft = this.drafts.get(id);
    if (!draft || this.isAway) return this.#answer(draft !== undefined);
    if (after && !after.includes(draft.changedAtMs)) return "changed";
    Object.assign(draft, { title, tiledJson, changedAtMs: atMs });
    this.writes++;
    return true;
  }

  async saveVersion(id: string, { tiledJson, author, note }: Parameters<Drafts["saveVersion"]>[1]) {
    const { versions = [] } = this.drafts.get(id) ?? {};
    if (versions.at(-1)?.tiledJson === tiledJson) return this.#answer("unchanged" as const);
    if (versions.length >= 3) return this.#answer("tooMany" as const);
    versions.push({ tiledJson });
    const version = {
      number: versions.length,
      sha256: "0".repeat(64),
      author,
      note: shownNote(note),
      atMs: 0,
    };
    this.infos.set(id, [...(this.infos.get(id) ?? []), version]);
    return this.#answer(version);
  }

  async versionText(id: string, number: number): Promise<string | undefined> {
    return this.#answer(this.drafts.get(id)?.versions[number - 1]?.tiledJson);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own default for a room whose server class is not imported
export type EditorClient = Room<any, EditorState>;

/** Somebody with a tab, who draws. */
export class Drawer {
  readonly guest: Guest;
  readonly tab: string;
  readonly room: EditorClient;
  readonly lines: EditorLine[] = [];
  readonly refused: RefusedCommand[] = [];
  replica!: Replica;
  /** The close code, once the connection has ended. */
  code: number | undefined;

  constructor(guest: Guest, tab: string, room: EditorClient) {
    this.guest = guest;
    this.tab = tab;
    this.room = room;
    room.reconnection.enabled = false;
    room.onMessage(EDITOR_MESSAGE.chat, (line: EditorLine) => void this.lines.push(line));
    room.onMessage(EDITOR_MESSAGE.refused, (refused: RefusedCommand) => void this.refused.push(refused));
    room.onMessage("*", () => {});
    room.onLeave((code) => {
      this.code = code;
    });
  }

  /** Call with the first state, and with the tab's commands that were not acknowledged. */
  begin(pending: readonly EditCommand[]): void {
    const { room } = this;
    this.replica = new Replica(room.state as never, pending);
    this.replica.follow(this.acked);
    room.onStateChange(() => this.replica.follow(this.acked));
    for (const command of this.replica.pending) this.send(command);
  }

  get state(): EditorState {
    return this.room.state;
  }

  get acked(): number {
    return this.state.editors.get(this.room.sessionId)?.acked ?? 0;
  }

  get name(): string {
    return this.state.editors.get(this.room.sessionId)?.name ?? "";
  }

  /** Whether the server has dealt with everything. */
  get isSettled(): boolean {
    return this.replica.pending.length === 0;
  }

  send(command: EditCommand): void {
    this.room.send(EDITOR_MESSAGE.edit, command);
  }

  edit(edits: readonly Edit[], group?: number): EditCommand {
    const command = this.replica.edit(edits, group);
    this.send(command);
    return command;
  }

  undo(): void {
    this.send(this.replica.undo());
  }

  redo(): void {
    this.send(this.replica.redo());
  }

  /** Asks the room, and resolves with its answer. */
  ask<Answered>(type: string, message: unknown): Promise<Answered> {
    return this.room.request(type, message);
  }

  /** News of the room itself, with who did it. */
  get news(): string[] {
    return this.lines.filter(({ from }) => from === "").map(({ text, name }) => `${text} ${name}`.trim());
  }
}

interface Entering {
  name?: string;
  key?: string;
  tab?: string;
  by?: Guest;
  /** Commands of the tab that were not acknowledged. */
  pending?: readonly EditCommand[];
}

/** Goes back to the kept seat of a connection that was cut. */
export async function returnToEditor(
  server: TestServer,
  { guest, tab, room, replica }: Drawer,
): Promise<Drawer> {
  const client = clientOf(server, guest);
  const back = await client.reconnect<EditorState>(room.reconnectionToken);
  return begun(new Drawer(guest, tab, back), replica.pending);
}

const clientOf = (server: TestServer, guest: Guest): Client => {
  const client = new Client(server.url, { headers: guest.headers });
  client.http.authToken = guest.token;
  return client;
};

async function begun(drawer: Drawer, pending: readonly EditCommand[]): Promise<Drawer> {
  const { room } = drawer;
  await until("the first state", () => room.state?.editors?.has(room.sessionId) === true);
  drawer.begin(pending);
  return drawer;
}

let tabs = 0;

/** Joins the room of a draft. Rejects with the server's refusal. */
export async function enterEditor(
  server: TestServer,
  draft: string,
  entering: Entering = {},
): Promise<Drawer> {
  const { name = "Ann", key = EDITOR_KEY, tab = `tab${++tabs}`, by, pending = [] } = entering;
  const guest = by ?? (await somebody(server));
  const options = { draft, key, name, tab };
  const room = await clientOf(server, guest).joinOrCreate<EditorState>(ROOM.editor, options);
  return begun(new Drawer(guest, tab, room), pending);
}

export const wall = (row: number, column: number, length = 1, value: 0 | 1 = 1): Edit => ({
  ...{ do: "paint", layer: "walls", value, runs: [[row, column, length]] },
});

export const spawn = (id: string, x: number, y: number): Edit => ({
  do: "put",
  id,
  fields: { layer: "spawns", type: "", name: "", x, y, width: 0, height: 0 },
});
