/** Takes the snapshots of this process' rooms, off their ticks. */
import { matchMaker } from "@colyseus/core";
import { logError } from "#server/logOnce.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { answerRoom } from "#server/rooms/answers.ts";
import { ROOM } from "#shared/protocol/names.ts";

/** Each room leaves a snapshot this often. */
const SNAPSHOT_MS = 3_000;
/** A room with a change that must not be lost leaves one this soon, and a new room its first. */
const CHANGED_MS = 200;
const VISIT_MS = 50;

export interface SnapshotSink {
  /** `json`: of a RoomSnapshot. */
  put(code: string, json: string): void;
  /** Whether the sink is behind: then no snapshot is taken. */
  readonly isBehind: boolean;
  /** Only hosted rooms outlive their process. */
  readonly hostedOnly: boolean;
}

/** Visits one room at a time, so that no tick waits for the snapshots of all. */
export class Snapshots {
  readonly #sink: SnapshotSink;
  /** Code → performance.now(). */
  readonly #takenAtMs = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(sink: SnapshotSink) {
    this.#sink = sink;
    this.#visitLater();
  }

  forget(code: string): void {
    this.#takenAtMs.delete(code);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #visitLater(): void {
    if (this.#isClosed) return;
    const delayMs = Math.min(VISIT_MS, SNAPSHOT_MS / (matchMaker.stats.local.roomCount + 1));
    this.#timer = setTimeout(() => {
      void this.#visit()
        .catch((error: unknown) => logError(error, "a snapshot failed"))
        .finally(() => this.#visitLater());
    }, delayMs);
  }

  async #visit(): Promise<void> {
    if (this.#sink.isBehind) return;
    const rooms = await matchMaker.query({ name: ROOM.arena });
    const [next] = rooms
      .filter(({ metadata }) => !this.#sink.hostedOnly || metadata?.hosted)
      .map(({ roomId: code }) => ({ code, dueAtMs: this.#dueAtMs(code) }))
      .sort((a, b) => a.dueAtMs - b.dueAtMs);
    if (!next || next.dueAtMs > performance.now()) return;
    const { code } = next;
    this.#takenAtMs.set(code, performance.now());
    const answer = await answerRoom(code, "snapshot", null);
    if (answer.ok) this.#sink.put(code, JSON.stringify(answer.value));
  }

  /** A crash would undo what the last snapshot lacks: new seats, whose players could not come back, or a ban. */
  #dueAtMs(code: string): number {
    const room = matchMaker.getLocalRoomById(code) as ArenaRoom | undefined;
    const takenAtMs = this.#takenAtMs.get(code) ?? Number.NEGATIVE_INFINITY;
    return takenAtMs + (room?.moving.hasChanged ? CHANGED_MS : SNAPSHOT_MS);
  }
}
