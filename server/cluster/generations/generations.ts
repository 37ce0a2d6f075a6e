/**
 * The generations before and after this front during a deploy: the rooms of the predecessor are reached through this front,
 * and this front's rooms move to the successor.
 */
import type { LocalDirectory } from "#server/admission/directory.ts";
import type { Answered } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { type MachineRooms, NO_PROCESS } from "#server/cluster/machineRooms.ts";
import type { ProcessPool } from "#server/cluster/processes/processPool.ts";
import type { RemoteProcess } from "#server/cluster/processes/remoteProcess.ts";
import { provideProgress } from "#server/services/progress.ts";
import { Predecessor, type PredecessorOptions } from "./predecessor.ts";
import { RelayedProgress } from "./relayedProgress.ts";
import type { RelayLink } from "./relayLink.ts";
import { Successor } from "./successor.ts";

/** The parts of a front that a successor takes over. */
export interface Yielded {
  readonly rooms: MachineRooms;
  readonly local: LocalDirectory;
  readonly processes: () => readonly RoomProcess[];
  readonly pool: ProcessPool;
  /** The successor closes the rooms that are left. */
  readonly onStop: () => void;
}

export class Generations {
  /** Undefined if no earlier generation has rooms. */
  readonly predecessor: Predecessor | undefined;
  readonly #progress = new RelayedProgress();
  #link: RelayLink | undefined;
  #successor: Successor | undefined;

  constructor(link: RelayLink | undefined, options: PredecessorOptions) {
    this.predecessor = link && new Predecessor(link, options);
  }

  /** The predecessor as a process that has rooms. */
  get processes(): readonly RemoteProcess[] {
    return this.predecessor && !this.predecessor.isLost ? [this.predecessor.process] : [];
  }

  get hasSuccessor(): boolean {
    return this.#successor !== undefined;
  }

  /** From now on the rooms here are the successor's. Another one may follow if it fails. */
  yieldTo(link: RelayLink, { rooms, local, processes, pool, onStop }: Yielded): void {
    this.#link?.lose();
    this.#link = link;
    provideProgress(this.#progress);
    this.#successor = new Successor(link, {
      ...{ rooms, local, processes, onStop, progress: this.#progress },
      onDepart: (inMs) => pool.depart(inMs),
    });
  }

  snapshot(code: string, json: string): void {
    this.#successor?.snapshot(code, json);
  }

  /** Has the successor open a room that is left here. */
  async move(snapshot: RoomSnapshot): Promise<Answered<null>> {
    return (await this.#successor?.move(snapshot)) ?? NO_PROCESS;
  }

  async flush(withinMs: number): Promise<void> {
    await this.#successor?.flush(withinMs);
  }
}
