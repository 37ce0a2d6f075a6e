/** What a room process tells the front without being asked: that it lives, its load, and snapshots of its rooms. */
import { matchMaker } from "@colyseus/core";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { answerRoom } from "#server/rooms/answers.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { Channel } from "./channel.ts";
import { BEAT_MS, LoadMeter } from "./load.ts";

/** Each room leaves a snapshot this often. */
const SNAPSHOT_MS = 3_000;
/** A room with a new seat leaves one this soon, and a new room its first. */
const NEW_SEATS_MS = 200;
const VISIT_MS = 50;
/** While this many messages wait for the front, snapshots do too: the next one replaces them. */
const UNSENT_MAX = 64;

export function sendBeats(channel: Channel): void {
  const meter = new LoadMeter();
  const beat = () => {
    const { roomCount: rooms, ccu: clients } = matchMaker.stats.local;
    const memoryBytes = process.memoryUsage.rss();
    channel.tell({ is: "beat", load: meter.sample(performance.now()), rooms, clients, memoryBytes });
  };
  beat();
  setInterval(beat, BEAT_MS);
}

/** Visits one room at a time, so that no tick waits for the snapshots of all. */
export class Snapshots {
  readonly #channel: Channel;
  /** By code. */
  readonly #takenAtMs = new Map<string, number>();

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#visitLater();
  }

  forget(code: string): void {
    this.#takenAtMs.delete(code);
  }

  #visitLater(): void {
    const delayMs = Math.min(VISIT_MS, SNAPSHOT_MS / (matchMaker.stats.local.roomCount + 1));
    setTimeout(() => void this.#visit().finally(() => this.#visitLater()), delayMs);
  }

  /** Never rejects. */
  async #visit(): Promise<void> {
    if (this.#channel.unsent > UNSENT_MAX) return;
    const rooms = await matchMaker.query({ name: ROOM.arena });
    const [next] = rooms
      .map(({ roomId: code }) => ({ code, dueAtMs: this.#dueAtMs(code) }))
      .sort((a, b) => a.dueAtMs - b.dueAtMs);
    if (!next || next.dueAtMs > performance.now()) return;
    const { code } = next;
    this.#takenAtMs.set(code, performance.now());
    const answer = await answerRoom(code, "snapshot", null);
    if (answer.ok) this.#channel.tell({ is: "snapshot", code, json: JSON.stringify(answer.value) });
  }

  /** A room with seats that its last snapshot does not know is due sooner: their players could not come back. */
  #dueAtMs(code: string): number {
    const room = matchMaker.getLocalRoomById(code) as ArenaRoom | undefined;
    const takenAtMs = this.#takenAtMs.get(code) ?? Number.NEGATIVE_INFINITY;
    return takenAtMs + (room?.hasNewSeats ? NEW_SEATS_MS : SNAPSHOT_MS);
  }
}
