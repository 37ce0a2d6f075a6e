/**
 * The generations before and after this front during a deploy: the rooms of the predecessor are reached through this front,
 * and this front's rooms move to the successor.
 */
import type { LocalDirectory } from "#server/admission/directory.ts";
import type { Answered } from "#server/admission/roomQuestions.ts";
import type { RoomProcess } from "#server/admission/rooms.ts";
import { type MachineRooms, NO_PROCESS } from "#server/cluster/machineRooms.ts";
import type { AskedToMove } from "#server/cluster/processes/messages.ts";
import type { ProcessPool } from "#server/cluster/processes/processPool.ts";
import type { RemoteProcess } from "#server/cluster/processes/remoteProcess.ts";
import type { ProcessMetrics } from "#server/services/metrics.ts";
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
  /** Called when a room process has started with code of another version. */
  onOtherCode: () => void = () => {};
  #link: RelayLink | undefined;
  #successor: Successor | undefined;

  constructor(link: RelayLink | undefined, options: PredecessorOptions) {
    this.predecessor = link && new Predecessor(link, options);
  }

  /** The predecessor as a process that has rooms. */
  get processes(): readonly RemoteProcess[] {
    return this.predecessor && !this.predecessor.isLost ? [this.predecessor.process] : [];
  }

  /** As `processes`: what newcomers get to see of it. */
  get rooms(): readonly RoomProcess[] {
    return this.predecessor && !this.predecessor.isLost ? [this.predecessor.rooms] : [];
  }

  get hasSuccessor(): boolean {
    return this.#successor !== undefined;
  }

  /** The metrics of the predecessor's processes. */
  async metrics(): Promise<ProcessMetrics[]> {
    const answers = await Promise.all(this.processes.map((former) => former.metrics<ProcessMetrics[]>()));
    return answers
      .flatMap((answer) => (answer.ok ? answer.value : []))
      .map(({ process, metrics }) => ({ process: `former ${process}`, metrics }));
  }

  /** From now on the rooms here are the successor's. Another one may follow if it fails. */
  yieldTo(link: RelayLink, { rooms, local, processes, pool, onStop }: Yielded): void {
    this.#link?.lose();
    this.#link = link;
    provideProgress(this.#progress);
    this.#successor = new Successor(link, {
      ...{ rooms, local, processes, onStop, progress: this.#progress },
      onDepart: (inMs) => pool.depart(inMs),
      snapshotOf: (code) => pool.all.map((each) => each.snapshotOf(code)).find((json) => json !== undefined),
      metrics: () => pool.metrics(),
    });
  }

  snapshot(code: string, json: string): void {
    this.#successor?.snapshot(code, json);
  }

  /** Has the successor open a room that is left here. */
  async move(asked: AskedToMove): Promise<Answered<null>> {
    return (await this.#successor?.move(asked)) ?? NO_PROCESS;
  }

  async flush(withinMs: number): Promise<void> {
    await this.#successor?.flush(withinMs);
  }
}
