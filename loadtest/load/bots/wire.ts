/** Counts what goes over a bot's connection, where the SDK hands frames over. */
import { Protocol, type Room } from "@colyseus/sdk";
import { count, type Tally } from "./tally.ts";

/** The upper bits of a frame's first byte are modifiers (PROTOCOL_CODE_MASK in @colyseus/shared-types). */
const CODE_MASK = 0x1f;
/** Server time and acknowledged command follow the first byte (ProtocolModifier.TIMED). */
const TIMED = 0x80;
const ACK_AT = 5;
/** Commands whose time of sending is known: more than are ever on their way. */
const KEPT_COMMANDS = 512;

export interface Wire {
  /** The command of this number has just been sent. */
  sent(seq: number): void;
  /** After a drop: commands are counted from 1 again, and no patch is late for it. */
  restart(): void;
  /** Resolves with the first state: then the player is in the fight. */
  readonly firstState: Promise<void>;
}

/** With `decodes` false only the first state is decoded, and no patch: that is most of a client's work. */
export function watchWire(room: Room, tally: Tally, decodes: boolean): Wire {
  const { connection } = room;
  const { events } = connection;
  const hear = events.onmessage?.bind(events);
  const sentAt = new Float64Array(KEPT_COMMANDS);
  let acked = 0;
  let patchedAt = -1;
  let isFirst = true;
  let onFirstState = () => {};
  const firstState = new Promise<void>((resolve) => {
    onFirstState = resolve;
  });

  const noteAck = (frame: Uint8Array) => {
    const seq = new DataView(frame.buffer, frame.byteOffset).getUint32(ACK_AT, true);
    if (seq <= acked) return;
    const sent = sentAt[seq % KEPT_COMMANDS] ?? 0;
    if (sent > 0 && seq - acked < KEPT_COMMANDS) tally.time("ack", performance.now() - sent);
    acked = seq;
  };

  const notePatch = () => {
    const now = performance.now();
    tally.counts.patches++;
    if (patchedAt >= 0) tally.time("patchGap", now - patchedAt);
    patchedAt = now;
  };

  events.onmessage = (event: MessageEvent) => {
    const frame = new Uint8Array(event.data);
    const [head = 0] = frame;
    const code = head & CODE_MASK;
    const isState = code === Protocol.ROOM_STATE || code === Protocol.ROOM_STATE_PATCH;
    tally.counts.downBytes += frame.byteLength;
    if (head & TIMED) noteAck(frame);
    if (code === Protocol.ROOM_STATE_PATCH) notePatch();
    if (code === Protocol.ROOM_DATA) tally.counts.messages++;
    if (decodes || !isState || isFirst) hear?.(event);
    if (code !== Protocol.ROOM_STATE) return;
    isFirst = false;
    onFirstState();
  };
  countSent(room, tally);

  return {
    firstState,
    sent(seq) {
      sentAt[seq % KEPT_COMMANDS] = performance.now();
      tally.counts.commands++;
    },
    restart() {
      acked = 0;
      patchedAt = -1;
      sentAt.fill(0);
    },
  };
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
