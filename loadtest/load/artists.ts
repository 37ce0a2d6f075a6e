/**
 * Editors of arenas for the scenario `editor`: they draw in rooms of their own, beside the fights. They are few and idle most
 * of the time, so they live in the main thread.
 */
import { Client, type Room } from "@colyseus/sdk";
import { copyOf, sizeOf } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { type EditCommand, Replica } from "#shared/editor/replica.ts";
import type { DraftPage, DraftRequest } from "#shared/protocol/editor.ts";
import { EDITOR_MESSAGE } from "#shared/protocol/editor.ts";
import { type IdentityAnswer, pathTo, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import type { Random } from "#shared/sim/random.ts";

type EditorLink = Room<unknown, EditorState>;

const SIDE_CELLS = 64;
/** A person who draws fast. */
const STROKE_EVERY_MS = 200;
const STROKE_CELLS = 8;
const CURSOR_EVERY_MS = 100;
/** The share of commands that undo the last one. */
const UNDO_SHARE = 0.05;

/** A draft of the run, with the key of its link for editors. */
export interface LoadDraft {
  readonly id: string;
  readonly key: string;
}

/** Drafts that all belong to one new guest. */
export class DraftOwner {
  readonly #endpoint: string;
  readonly #token: string;

  private constructor(endpoint: string, token: string) {
    this.#endpoint = endpoint;
    this.#token = token;
  }

  /** Rejects with the server's refusal. */
  static async arrive(endpoint: string): Promise<DraftOwner> {
    const answer = await fetch(endpoint + ROUTE.identity, { method: "POST", headers: { Origin: endpoint } });
    if (!answer.ok) throw new Error(`${ROUTE.identity}: the server answered ${answer.status}`);
    return new DraftOwner(endpoint, ((await answer.json()) as IdentityAnswer).token);
  }

  async create(title: string): Promise<LoadDraft> {
    const wanted: DraftRequest = { title, theme: "foundry", columns: SIDE_CELLS, rows: SIDE_CELLS };
    const { id, key = "" } = (await this.#ask(ROUTE.drafts, "POST", wanted)) as DraftPage;
    return { id, key };
  }

  async remove({ id }: LoadDraft): Promise<void> {
    await this.#ask(pathTo(ROUTE.draft, { id }), "DELETE");
  }

  async #ask(path: string, method: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.#endpoint + path, {
      method,
      headers: {
        Origin: this.#endpoint,
        Authorization: `Bearer ${this.#token}`,
        "Content-Type": "application/json",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: the server answered ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}

/** One editor: draws strokes at random, and measures how long the room takes to acknowledge them. */
export class Artist {
  readonly room: EditorLink;
  readonly ackMs: number[] = [];
  refused = 0;
  readonly #random: Random;
  readonly #replica: Replica;
  readonly #sentAt = new Map<number, number>();
  #timers: NodeJS.Timeout[] = [];

  private constructor(room: EditorLink, random: Random) {
    this.room = room;
    this.#random = random;
    this.#replica = new Replica(room.state);
    room.onStateChange(() => this.#follow());
    room.onMessage(EDITOR_MESSAGE.refused, () => this.refused++);
  }

  /** Rejects if the room takes nobody. */
  static async join(
    { endpoint, token }: { endpoint: string; token: string },
    draft: LoadDraft,
    name: string,
    random: Random,
  ): Promise<Artist> {
    const client = new Client(endpoint);
    client.http.authToken = token;
    const room: EditorLink = await client.joinOrCreate(ROOM.editor, {
      ...{ draft: draft.id, key: draft.key, name },
    });
    // Sent before the state: the SDK warns of what nobody takes.
    room.onMessage(EDITOR_MESSAGE.chat, () => {});
    if (!room.state.properties?.size)
      await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    return new Artist(room, random);
  }

  begin(): void {
    this.#timers = [
      setInterval(() => this.#draw(), STROKE_EVERY_MS),
      setInterval(() => this.#point(), CURSOR_EVERY_MS),
    ];
  }

  pause(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Commands that the room has not acknowledged. */
  get pending(): number {
    return this.#replica.pending.length;
  }

  get view() {
    return copyOf(this.#replica.view);
  }

  async leave(): Promise<void> {
    this.pause();
    if (this.room.connection.isOpen) await this.room.leave();
  }

  #follow(): void {
    const acked = this.room.state.editors.get(this.room.sessionId)?.acked ?? 0;
    const nowMs = performance.now();
    for (const [n, atMs] of this.#sentAt) {
      if (n > acked) break;
      this.ackMs.push(nowMs - atMs);
      this.#sentAt.delete(n);
    }
    this.#replica.follow(acked);
  }

  #draw(): void {
    const command =
      this.#random.next() < UNDO_SHARE ? this.#replica.undo() : this.#replica.edit(this.#stroke());
    this.#send(command);
  }

  #send(command: EditCommand): void {
    this.#sentAt.set(command.n, performance.now());
    this.room.send(EDITOR_MESSAGE.edit, command);
  }

  /** A row of walls or floor and its image under half a turn. */
  #stroke(): Edit[] {
    const { columns, rows } = sizeOf(this.#replica.view);
    const value = this.#random.next() < 0.6 ? 1 : 0;
    const row = this.#below(rows);
    const column = this.#below(columns - STROKE_CELLS);
    const image = [rows - 1 - row, columns - column - STROKE_CELLS] as const;
    const runs: [number, number, number][] = [
      [row, column, STROKE_CELLS],
      [...image, STROKE_CELLS],
    ];
    return [{ do: "paint", layer: "walls", value, runs }];
  }

  #point(): void {
    const { columns, rows } = sizeOf(this.#replica.view);
    const at = { x: this.#below(64 * columns), y: this.#below(64 * rows) };
    this.room.send(EDITOR_MESSAGE.cursor, { ...at, tool: "brush", selected: [] });
  }

  #below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }
}
