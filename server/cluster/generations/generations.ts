/**
 * The generations before and after this front during a deploy: the rooms of the predecessor are reached through this front,
 * and this front's rooms move to the successor.
 */
import type { LocalDirectory } from "#server/admission/directory.ts";
import type { Answered } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomHost } from "#server/admission/rooms.ts";
import { type MachineRooms, NO_PROCESS } from "#server/cluster/machineRooms.ts";
import type { RoomProcesses } from "#server/cluster/processes/processPool.ts";
import type { ChildHost } from "#server/cluster/processes/remoteProcess.ts";
import { provideProgress } from "#server/services/progress.ts";
import { Predecessor, type PredecessorOptions } from "./predecessor.ts";
import { RelayedProgress } from "./relayedProgress.ts";
import type { RelayLink } from "./relayLink.ts";
import { Successor } from "./successor.ts";

/** What a front has that a successor takes over. */
export interface Yielded {
  readonly rooms: MachineRooms;
  readonly own: LocalDirectory;
  readonly hosts: () => readonly RoomHost[];
  readonly processes: RoomProcesses;
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
  get hosts(): readonly ChildHost[] {
    return this.predecessor && !this.predecessor.isLost ? [this.predecessor.host] : [];
  }

  get hasSuccessor(): boolean {
    return this.#successor !== undefined;
  }

  /** From now on the rooms here are the successor's. Another one may follow if it fails. */
  yieldTo(link: RelayLink, { rooms, own, hosts, processes, onStop }: Yielded): void {
    this.#link?.lose();
    this.#link = link;
    provideProgress(this.#progress);
    this.#successor = new Successor(link, {
      ...{ rooms, own, hosts, onStop, progress: this.#progress },
      onDepart: (inMs) => processes.depart(inMs),
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
