/**
 * The front of the generation before, as its successor sees it: one more process that has rooms. They are found and entered
 * through this front, and move into its own processes.
 */
import { setTimeout as after } from "node:timers/promises";
import type { LocalDirectory, RoomRow } from "#server/admission/directory.ts";
import {
  type Answered,
  type AskRoom,
  answered,
  type RoomQuestion,
  refusal,
} from "#server/admission/roomQuestions.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Reopen, RoomProcess } from "#server/admission/rooms.ts";
import type { KeptRooms } from "#server/cluster/keptRooms.ts";
import type { AskedToMove } from "#server/cluster/processes/messages.ts";
import { monotonicMs } from "#server/cluster/processes/monotonic.ts";
import { isOfThisVersion } from "#server/cluster/processes/ofThisVersion.ts";
import { RemoteProcess, type Reports } from "#server/cluster/processes/remoteProcess.ts";
import { log } from "#server/log.ts";
import { countUp } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { RelayLink } from "./relayLink.ts";

const UNREADABLE = 422;
/** A move that hangs makes those who ask for its room wait no longer than this. */
const WAIT_MS = 5_000;
const JOIN_AFTER_SEC = 5;
const MOVES = refusal(REFUSAL.restarting, "This room moves to a newer version: try again.", JOIN_AFTER_SEC);
const LATE = refusal(REFUSAL.restarting, "The room goes on where it is by now.");

export interface PredecessorOptions {
  readonly local: LocalDirectory;
  readonly kept: KeptRooms;
  readonly keep: Reports["keep"];
  /** Opens a room again in this front's own processes. */
  readonly reopen: Reopen;
  /** Called when the predecessor is gone, with the rooms that have neither moved nor ended. */
  readonly onLost: (snapshots: RoomSnapshot[]) => void;
}

let movedRooms = 0;
countUp(
  "fracas_rooms_moved_total",
  "Rooms that a deploy has moved here with their players.",
  () => movedRooms,
);

export class Predecessor {
  readonly process: RemoteProcess;
  /** The process, whose rooms take nobody new if their code is of another version: the pages would not understand them. */
  readonly rooms: RoomProcess;
  readonly #link: RelayLink;
  readonly #options: PredecessorOptions;
  /** Code → newest row, of each of its rooms. */
  readonly #rows = new Map<string, RoomRow>();
  /** Codes of rooms that this front's processes have, or are opening. */
  readonly #moved = new Set<string>();
  /** Code → a promise that resolves when the move has succeeded or failed. */
  readonly #moving = new Map<string, Promise<void>>();
  isLost = false;

  constructor(link: RelayLink, options: PredecessorOptions) {
    this.#link = link;
    this.#options = options;
    const { keep, kept } = options;
    this.process = new RemoteProcess(
      "predecessor",
      link,
      {
        put: (row) => this.#put(row),
        remove: (code, processId) => this.#remove(code, processId),
        keep,
        snapshot: (code, json) => void (this.#moved.has(code) || kept.put(code, json)),
        move: (asked) => this.#move(asked),
      },
      () => {},
    );
    this.rooms = withoutJoins(this.process, () => this.#isOtherVersion);
    this.process.takesRooms = false;
    link.on("disconnect", () => this.#lost());
  }

  /** Learns of its rooms; what it has sent so far has waited. */
  open(): void {
    this.#link.open();
  }

  /** Undefined if the room is not moving; otherwise resolves when it has moved, or not. */
  settled(code: string): Promise<void> | undefined {
    const moving = this.#moving.get(code);
    return moving && Promise.race([moving, after(WAIT_MS)]);
  }

  #put(row: RoomRow): void {
    // Nobody is led into a room of another version, neither by quick play nor by the list.
    const shown = this.#isOtherVersion ? { ...row, unlisted: true } : row;
    this.#rows.set(row.roomId, shown);
    if (!this.#moved.has(row.roomId)) this.#options.local.put(shown);
  }

  #remove(code: string, processId: string): void {
    this.#rows.delete(code);
    if (this.#moved.delete(code)) return;
    this.#options.local.remove(code, processId);
    if (!this.isLost) this.#options.kept.ended(code);
  }

  /**
   * Opens a room of the predecessor here. It may be asked again, because the answer came too late: a room that has moved stays
   * here.
   */
  async #move({
    snapshot: form,
    beginByMs = Number.POSITIVE_INFINITY,
  }: AskedToMove): Promise<Answered<null>> {
    const { data: snapshot, error } = RoomSnapshot.safeParse(form);
    if (!snapshot) return refusal(UNREADABLE, error.message);
    const { code } = snapshot;
    const moving = this.#moving.get(code);
    if (moving) await moving;
    if (this.#moved.has(code)) return answered(null);
    if (monotonicMs() > beginByMs) return LATE;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#moved.add(code);
    this.#moving.set(code, promise);
    const readable = this.#forThisVersion(snapshot);
    const opened = await this.#options.reopen(readable);
    if (opened.ok) movedRooms++;
    else this.#stays(code);
    this.#moving.delete(code);
    resolve();
    // Nobody else has it.
    if (!opened.ok && this.isLost) this.#options.onLost([readable]);
    return opened;
  }

  #stays(code: string): void {
    this.#moved.delete(code);
    const row = this.#rows.get(code);
    if (row) this.#options.local.put(row);
  }

  /**
   * Pages of another version cannot read the room: without tokens their reconnection is refused, so that they join anew and
   * are told to reload.
   */
  #forThisVersion(snapshot: RoomSnapshot): RoomSnapshot {
    if (!this.#isOtherVersion) return snapshot;
    return { ...snapshot, people: snapshot.people.map((person) => ({ ...person, token: null })) };
  }

  get #isOtherVersion(): boolean {
    const { hello } = this.process;
    return !hello || !isOfThisVersion(hello);
  }

  #lost(): void {
    if (this.isLost) return;
    // It may have sent messages that wait for this front to open.
    this.#link.open();
    this.isLost = true;
    const moved = new Set(this.#moved);
    const snapshots = this.process.gone().filter(({ code }) => !moved.has(code));
    if (snapshots.length > 0) log.error({ rooms: snapshots.length }, "the former generation ended too early");
    this.#options.onLost(snapshots.map((snapshot) => this.#forThisVersion(snapshot)));
  }
}

function withoutJoins(process: RemoteProcess, isClosed: () => boolean): RoomProcess {
  const ask: AskRoom = <Name extends RoomQuestion>(
    ...[code, name, question]: Parameters<typeof process.ask<Name>>
  ) => (isClosed() && JOINS.has(name) ? Promise.resolve(MOVES) : process.ask(code, name, question));
  return {
    ask,
    askProcess: process.askProcess,
    handOver: (...args) => process.handOver(...args),
    get id() {
      return process.id;
    },
    get load() {
      return process.load;
    },
    get takesRooms() {
      return process.takesRooms;
    },
  };
}

const JOINS: ReadonlySet<RoomQuestion> = new Set(["mayEnter", "reserve"]);
