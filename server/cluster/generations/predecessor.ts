/**
 * The front of the generation before, as its successor sees it: one more process that has rooms. They are found and entered
 * through this front, and move into its own processes.
 */
import { setTimeout as after } from "node:timers/promises";
import type { LocalDirectory, RoomRow } from "#server/admission/directory.ts";
import { type Answered, refusal } from "#server/admission/roomQuestions.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Reopen } from "#server/admission/rooms.ts";
import type { KeptRooms } from "#server/cluster/keptRooms.ts";
import { RemoteProcess, type Reports } from "#server/cluster/processes/remoteProcess.ts";
import { schemaFingerprint } from "#server/cluster/processes/schemaFingerprint.ts";
import { log } from "#server/log.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { RelayLink } from "./relayLink.ts";

const UNREADABLE = 422;
/** A move that hangs makes those who ask for its room wait no longer than this. */
const WAIT_MS = 5_000;

export interface PredecessorOptions {
  readonly local: LocalDirectory;
  readonly kept: KeptRooms;
  readonly keep: Reports["keep"];
  /** Opens a room again in this front's own processes. */
  readonly reopen: Reopen;
  /** Called when the predecessor is gone, with the rooms that have neither moved nor ended. */
  readonly onLost: (snapshots: RoomSnapshot[]) => void;
}

export class Predecessor {
  readonly process: RemoteProcess;
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
        move: (opened) => this.#move(opened),
      },
      () => {},
    );
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
    this.#rows.set(row.roomId, row);
    if (!this.#moved.has(row.roomId)) this.#options.local.put(row);
  }

  #remove(code: string, processId: string): void {
    this.#rows.delete(code);
    if (this.#moved.delete(code)) return;
    this.#options.local.remove(code, processId);
    if (!this.isLost) this.#options.kept.ended(code);
  }

  /** Opens a room of the predecessor here. */
  async #move(form: RoomSnapshot): Promise<Answered<null>> {
    const { data: snapshot, error } = RoomSnapshot.safeParse(form);
    if (!snapshot) return refusal(UNREADABLE, error.message);
    const { code } = snapshot;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#moved.add(code);
    this.#moving.set(code, promise);
    const opened = await this.#options.reopen(this.#forThisVersion(snapshot));
    if (!opened.ok) this.#stays(code);
    this.#moving.delete(code);
    resolve();
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
    const hello = this.process.hello;
    if (hello?.protocol === PROTOCOL_VERSION && hello.schema === schemaFingerprint()) return snapshot;
    return { ...snapshot, people: snapshot.people.map((person) => ({ ...person, token: null })) };
  }

  #lost(): void {
    if (this.isLost) return;
    this.isLost = true;
    const moved = new Set(this.#moved);
    const snapshots = this.process.gone().filter(({ code }) => !moved.has(code));
    if (snapshots.length > 0) log.error({ rooms: snapshots.length }, "the former generation ended too early");
    this.#options.onLost(snapshots);
  }
}
