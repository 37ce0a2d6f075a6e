/** Opens the rooms of a process that died again, in other processes, from their last snapshots. */
import { setTimeout as after } from "node:timers/promises";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { leastLoaded } from "#server/cluster/machineRooms.ts";
import { log } from "#server/log.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Death } from "./processPool.ts";
import { ENDED_PROCESS } from "./remoteProcess.ts";
import { Suspects } from "./suspects.ts";

/** A question about a room that is being opened again waits this long. */
const WAIT_MS = 5_000;
/** A room's players give up after this time, and so does the server. */
const GIVE_UP_MS = 30_000;
const RETRY_MS = 100;
/** A room waits no longer than this for a second process, so that it opens apart from those that are suspected as much. */
const PARTED_WITHIN_MS = 3_000;
/** Rooms that are opened at the same time, so that the processes go on with their own. */
const LANES = 8;

/** Since this process started. */
export const revivals = { opened: 0, lost: 0 };

type Opened = "opened" | "lost" | "ended its process";

export class Revival {
  readonly #processes: () => readonly RoomProcess[];
  /** By code: rooms that are being opened. */
  readonly #opening = new Map<string, { snapshot: RoomSnapshot; done: Promise<void>; conclude(): void }>();
  readonly #suspects = new Suspects();
  /** Resolves when the room that is opened alone, and all that wait for that, are open or given up. */
  #alone: Promise<void> = Promise.resolve();

  /** `processes`: those that are up. */
  constructor(processes: () => readonly RoomProcess[]) {
    this.#processes = processes;
  }

  /** Rooms that are neither open again nor given up. */
  get opening(): readonly RoomSnapshot[] {
    return Array.from(this.#opening.values(), ({ snapshot }) => snapshot);
  }

  /** Resolves when no room is being opened again. */
  async settledAll(): Promise<void> {
    while (this.#opening.size > 0) await Promise.all(Array.from(this.#opening.values(), ({ done }) => done));
  }

  /** Undefined if the room is not being opened again; otherwise resolves when that is over, or takes too long. */
  settled(code: string): Promise<void> | undefined {
    const opening = this.#opening.get(code);
    return opening && Promise.race([opening.done, after(WAIT_MS)]);
  }

  /** Resolves when every room is open or given up. Never rejects. */
  async open({ snapshots, blamesRooms }: Death): Promise<void> {
    const culprit = blamesRooms ? this.#culpritOf(snapshots) : undefined;
    // One that is being opened still is tried again there.
    const queue = snapshots.filter(({ code }) => code !== culprit && !this.#opening.has(code));
    for (const snapshot of queue) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#opening.set(snapshot.code, { snapshot, done: promise, conclude: resolve });
    }
    const parted: Promise<void>[] = [];
    const lane = async () => {
      for (let snapshot = queue.shift(); snapshot; snapshot = queue.shift()) {
        const opened = await this.#openOne(snapshot);
        if (opened === "ended its process") parted.push(this.#openAlone(snapshot));
        else this.#conclude(snapshot.code);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await Promise.all(parted);
  }

  #culpritOf(snapshots: readonly RoomSnapshot[]): string | undefined {
    const codes = snapshots.map(({ code }) => code);
    const culprit = this.#suspects.accuse(codes, performance.now());
    if (culprit === undefined) return undefined;
    this.#lose(culprit, "the room's process failed twice within a minute");
    return culprit;
  }

  /** A second time, with no other such room: another one may have ended the process the first time. */
  #openAlone(snapshot: RoomSnapshot): Promise<void> {
    const { code } = snapshot;
    this.#alone = this.#alone.then(async () => {
      if ((await this.#openOne(snapshot)) === "ended its process")
        this.#lose(code, "its processes ended twice while it was opened");
      this.#conclude(code);
    });
    return this.#alone;
  }

  async #openOne(snapshot: RoomSnapshot): Promise<Opened> {
    const { code } = snapshot;
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < GIVE_UP_MS) {
      const target = this.#targetFor(code, performance.now() - startedAtMs);
      if (target) this.#suspects.placed(code, target.id);
      const answer = await target?.askProcess("open", { code, snapshot });
      if (answer?.ok) {
        revivals.opened++;
        log.info({ room: code }, "the room is open again");
        return "opened";
      }
      if (answer === ENDED_PROCESS) return "ended its process";
      if (answer && answer.status !== REFUSAL.restarting) {
        this.#lose(code, answer.message);
        return "lost";
      }
      await after(RETRY_MS);
    }
    this.#lose(code, "no process took it");
    return "lost";
  }

  /** Undefined if there is none, or it had better wait for another one. */
  #targetFor(code: string, waitedMs: number): RoomProcess | undefined {
    const processes = this.#processes().filter(({ takesRooms }) => takesRooms);
    const isAlone = processes.length < 2 && waitedMs < PARTED_WITHIN_MS;
    if (isAlone && this.#suspects.isToBeParted(code)) return undefined;
    return leastLoaded(this.#suspects.apart(code, processes));
  }

  #lose(code: string, reason: string): void {
    revivals.lost++;
    log.error({ room: code, reason }, "the room is not opened again");
  }

  #conclude(code: string): void {
    this.#opening.get(code)?.conclude();
    this.#opening.delete(code);
  }
}
