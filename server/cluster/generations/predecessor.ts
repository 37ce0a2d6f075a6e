/**
 * The front of the generation before, as its successor sees it: one more process that has rooms. They are found and entered
 * through this front, and move into its own processes.
 */
import type { LocalDirectory, RoomRow } from "#server/admission/directory.ts";
import type { Answered } from "#server/admission/roomQuestions.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomHost } from "#server/admission/rooms.ts";
import type { KeptRooms } from "#server/cluster/keptRooms.ts";
import { NO_PROCESS } from "#server/cluster/machineRooms.ts";
import { ChildHost, type Reports } from "#server/cluster/processes/remoteProcess.ts";
import { schemaFingerprint } from "#server/cluster/processes/schemaFingerprint.ts";
import { log } from "#server/log.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { RelayLink } from "./relayLink.ts";

const UNREADABLE = 422;
/** A move that hangs makes those who ask for its room wait no longer than this. */
const WAIT_MS = 5_000;

export interface PredecessorOptions {
  readonly own: LocalDirectory;
  readonly kept: KeptRooms;
  readonly keep: Reports["keep"];
  /** Of this front's own processes. */
  readonly leastLoaded: () => RoomHost | undefined;
  /** Called when the predecessor is gone, with the rooms that have neither moved nor ended. */
  readonly onLost: (snapshots: RoomSnapshot[]) => void;
}

export class Predecessor {
  readonly host: ChildHost;
  readonly #link: RelayLink;
  readonly #options: PredecessorOptions;
  /** By code: the newest row of each of its rooms. */
  readonly #rows = new Map<string, RoomRow>();
  /** Codes of rooms that this front's processes have, or are opening. */
  readonly #moved = new Set<string>();
  /** By code: resolves when the move has succeeded or failed. */
  readonly #moving = new Map<string, Promise<void>>();
  isLost = false;

  constructor(link: RelayLink, options: PredecessorOptions) {
    this.#link = link;
    this.#options = options;
    const { keep, kept } = options;
    this.host = new ChildHost(
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
    this.host.takesRooms = false;
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
    if (!this.#moved.has(row.roomId)) this.#options.own.put(row);
  }

  #remove(code: string, processId: string): void {
    this.#rows.delete(code);
    if (this.#moved.delete(code)) return;
    this.#options.own.remove(code, processId);
    if (!this.isLost) this.#options.kept.ended(code);
  }

  /** Opens a room of the predecessor here. */
  async #move(form: RoomSnapshot): Promise<Answered<null>> {
    const { data: snapshot, error } = RoomSnapshot.safeParse(form);
    if (!snapshot) return { ok: false, status: UNREADABLE, message: error.message };
    const host = this.#options.leastLoaded();
    if (!host) return NO_PROCESS;
    const { code, hosted } = snapshot;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#moved.add(code);
    this.#moving.set(code, promise);
    const options = JoinOptions.parse({ private: hosted });
    const opened = await host.askProcess("open", { code, options, snapshot: this.#forThisVersion(snapshot) });
    if (!opened.ok) this.#stays(code);
    this.#moving.delete(code);
    resolve();
    return opened;
  }

  #stays(code: string): void {
    this.#moved.delete(code);
    const row = this.#rows.get(code);
    if (row) this.#options.own.put(row);
  }

  /**
   * Pages of another version cannot read the room: without tokens their reconnection is refused, so that they join anew and
   * are told to reload.
   */
  #forThisVersion(snapshot: RoomSnapshot): RoomSnapshot {
    const hello = this.host.hello;
    if (hello?.protocol === PROTOCOL_VERSION && hello.schema === schemaFingerprint()) return snapshot;
    return { ...snapshot, people: snapshot.people.map((person) => ({ ...person, token: null })) };
  }

  #lost(): void {
    if (this.isLost) return;
    this.isLost = true;
    const moved = new Set(this.#moved);
    const snapshots = this.host.gone().filter(({ code }) => !moved.has(code));
    if (snapshots.length > 0) log.error({ rooms: snapshots.length }, "the former generation ended too early");
    this.#options.onLost(snapshots);
  }
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
