/** Counts the frames of a bot's connection, between the SDK's transport and its decoder. */
import { Protocol, type Room } from "@colyseus/sdk";
import { ackOf, codeOf, isTimed } from "#loadtest/lib/frames.ts";
import { count, type Tally } from "./tally.ts";

/** Commands whose send time is kept: more than are ever unacknowledged. */
const KEPT_COMMANDS = 512;

export interface Wire {
  /** The command with this sequence number has just been sent. */
  sent(seq: number): void;
  /** After a reconnect: sequence numbers start at 1 again, and the gap since the last patch does not count. */
  restart(): void;
  /** Resolves with the first state: from then on the player is in the fight. */
  readonly firstState: Promise<void>;
}

/** Without `decodes` only the first state is decoded and no patch, which is most of a client's work. */
export const watchWire = (room: Room, tally: Tally, decodes: boolean): Wire =>
  new FrameCounter(room, tally, decodes);

class FrameCounter implements Wire {
  readonly firstState: Promise<void>;
  readonly #tally: Tally;
  readonly #sentAtMs = new Float64Array(KEPT_COMMANDS);
  #acked = 0;
  #patchedAtMs = -1;

  constructor(room: Room, tally: Tally, decodes: boolean) {
    this.#tally = tally;
    const { events } = room.connection;
    const decode = events.onmessage?.bind(events);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.firstState = promise;
    let hasState = false;
    events.onmessage = (event: MessageEvent) => {
      const frame = new Uint8Array(event.data);
      const code = codeOf(frame);
      const isState = code === Protocol.ROOM_STATE || code === Protocol.ROOM_STATE_PATCH;
      this.#note(frame, code);
      if (decodes || !isState || !hasState) decode?.(event);
      if (code !== Protocol.ROOM_STATE) return;
      hasState = true;
      resolve();
    };
    countSent(room, tally);
  }

  sent(seq: number): void {
    this.#sentAtMs[seq % KEPT_COMMANDS] = performance.now();
    this.#tally.counts.commands++;
  }

  restart(): void {
    this.#acked = 0;
    this.#patchedAtMs = -1;
    this.#sentAtMs.fill(0);
  }

  #note(frame: Uint8Array, code: number): void {
    const { counts } = this.#tally;
    counts.downBytes += frame.byteLength;
    if (isTimed(frame)) this.#noteAck(ackOf(frame));
    if (code === Protocol.ROOM_STATE_PATCH) this.#notePatch();
    if (code === Protocol.ROOM_DATA) counts.messages++;
  }

  #noteAck(seq: number): void {
    if (seq <= this.#acked) return;
    const sentAtMs = this.#sentAtMs[seq % KEPT_COMMANDS] ?? 0;
    if (sentAtMs > 0 && seq - this.#acked < KEPT_COMMANDS) {
      this.#tally.time("ack", performance.now() - sentAtMs);
    }
    this.#acked = seq;
  }

  #notePatch(): void {
    const nowMs = performance.now();
    this.#tally.counts.patches++;
    if (this.#patchedAtMs >= 0) this.#tally.time("patchGap", nowMs - this.#patchedAtMs);
    this.#patchedAtMs = nowMs;
  }
}

function countSent({ connection }: Room, tally: Tally): void {
  const { send } = connection;
  connection.send = (data) => {
    tally.counts.upBytes += data.byteLength;
    try {
      send.call(connection, data);
    } catch (error) {
      count(tally.errors, `send: ${(error as Error).message}`);
    }
  };
}
