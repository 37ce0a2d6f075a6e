/**
 * An editor room and its pages without a network of their own: the test decides which message arrives when, twice or never.
 * Messages of one connection keep their order, as on a WebSocket.
 */
import { copyOf, type Draft, type DraftContent } from "#shared/editor/draft.ts";
import { applyEdits } from "#shared/editor/edit.ts";
import { History, type LogEntry } from "#shared/editor/history.ts";
import { type EditCommand, Replica } from "#shared/editor/replica.ts";

/** A message of the room: its state, and the number of the page's last command that is in it. */
interface Patch {
  readonly state: Draft;
  readonly acked: number;
}

export class Session {
  readonly start: Draft;
  readonly draft: Draft;
  readonly log: LogEntry[] = [];
  readonly pages: Page[];
  readonly #history: History;
  readonly #acked = new Map<string, number>();

  constructor(pages: number, start: Draft) {
    this.start = copyOf(start);
    this.draft = start;
    this.#history = new History(start, undefined, (entry) => this.log.push(entry));
    this.pages = Array.from({ length: pages }, (_, at) => new Page(this, `tab ${at}`));
  }

  /** Applies each command of a tab once. */
  receive(tab: string, command: EditCommand): void {
    const acked = this.acked(tab);
    if (command.n <= acked) return;
    this.#acked.set(tab, command.n);
    if (command.do === "edit") this.#history.edit(tab, command.edits);
    else this.#history[command.do](tab);
    for (const page of this.pages) page.down.push({ state: copyOf(this.draft), acked: this.acked(page.tab) });
  }

  acked(tab: string): number {
    return this.#acked.get(tab) ?? 0;
  }
}

export class Page {
  readonly tab: string;
  readonly up: EditCommand[] = [];
  readonly down: Patch[] = [];
  readonly #session: Session;
  readonly #received: Draft;
  replica: Replica;
  isConnected = true;

  constructor(session: Session, tab: string) {
    this.#session = session;
    this.tab = tab;
    this.#received = copyOf(session.draft);
    this.replica = new Replica(this.#received);
  }

  send(command: EditCommand): void {
    if (this.isConnected) this.up.push(command);
  }

  /** The oldest command on its way arrives at the room, `times` times. */
  deliverUp(times = 1): void {
    const command = this.up.shift();
    for (let time = 0; command && time < times; time++) this.#session.receive(this.tab, command);
  }

  deliverDown(): void {
    const patch = this.down.shift();
    if (patch) this.#follow(patch);
  }

  /** Loses everything that is on its way in either direction. */
  cut(): void {
    this.isConnected = false;
    this.up.length = 0;
    this.down.length = 0;
  }

  /** `isReloaded`: the page begins anew with the commands that it had stored. */
  reconnect(isReloaded: boolean): void {
    this.cut();
    this.isConnected = true;
    if (isReloaded) this.replica = new Replica(this.#received, this.replica.pending);
    this.#follow({ state: copyOf(this.#session.draft), acked: this.#session.acked(this.tab) });
    this.up.push(...this.replica.pending);
  }

  #follow({ state, acked }: Patch): void {
    copyInto(this.#received, state);
    this.replica.follow(acked);
  }
}

/** The draft that the log's edits make of the first one. */
export function fold(start: Draft, log: readonly LogEntry[]): Draft {
  const draft = copyOf(start);
  for (const { edits } of log) applyEdits(draft, edits);
  return draft;
}

/** For comparing: objects in the order of their numbers. */
export const contentOf = (content: DraftContent) => ({
  walls: Array.from(content.walls as ArrayLike<number>),
  bushes: Array.from(content.bushes as ArrayLike<number>),
  objects: Object.fromEntries([...content.objects.entries()].map(([id, fields]) => [id, { ...fields }])),
  properties: Object.fromEntries(content.properties.entries()),
});

function copyInto(target: Draft, { walls, bushes, objects, properties }: Draft): void {
  target.walls.set(walls);
  target.bushes.set(bushes);
  for (const [to, from] of [
    [target.objects, objects],
    [target.properties, properties],
  ] as const) {
    to.clear();
    for (const [key, value] of from as Map<string, never>) to.set(key, value);
  }
}
