/**
 * What goes over a room's wire, counted at the two places where the SDK hands frames over. A reconnect keeps the
 * SDK's Connection and opens a new socket under it, so the counting goes on.
 */
import { Protocol } from "@colyseus/sdk";

export interface TrafficSample {
  /** The longest gap between two patches since the last sample; grows while none comes. 0 before the second patch. */
  patchIntervalMs: number;
  /** The largest patch since the last sample, or the one before it when none came. */
  patchBytes: number;
  /** Over the last second. */
  downBytesPerSec: number;
  upBytesPerSec: number;
}

export interface Traffic {
  /** Since the counting began. Bytes are of the SDK's frames: what WebSocket, TLS and TCP add is not in them. */
  readonly totals: Readonly<Record<"downBytes" | "downMessages" | "upBytes" | "upMessages", number>>;
  sample(): TrafficSample;
  dispose(): void;
}

/** The part of an SDK room that is listened to. */
export interface WiredRoom {
  readonly connection: {
    readonly events: { onmessage?: ((event: { data: ArrayBuffer | Uint8Array }) => unknown) | null };
    send(data: Uint8Array): void;
    sendUnreliable(data: Uint8Array): void;
  };
}

/** The upper bits of a frame's first byte are modifiers (PROTOCOL_CODE_MASK in @colyseus/shared-types). */
const CODE_MASK = 0x1f;

/** `now` is in ms. */
export function createTraffic(room: WiredRoom, now: () => number = () => performance.now()): Traffic {
  const totals = { downBytes: 0, downMessages: 0, upBytes: 0, upMessages: 0 };
  const down = createRate();
  const up = createRate();
  const patches = createPatchLog();

  const unhook = hook(room.connection, {
    received(data) {
      totals.downBytes += data.byteLength;
      totals.downMessages++;
      down.add(data.byteLength, now());
      const firstByte = new Uint8Array(data)[0] ?? 0;
      if ((firstByte & CODE_MASK) === Protocol.ROOM_STATE_PATCH) patches.add(data.byteLength, now());
    },
    sent(data) {
      totals.upBytes += data.byteLength;
      totals.upMessages++;
      up.add(data.byteLength, now());
    },
  });

  return {
    totals,
    sample: () => ({
      ...patches.sample(now()),
      downBytesPerSec: down.perSec(now()),
      upBytesPerSec: up.perSec(now()),
    }),
    dispose: unhook,
  };
}

interface Listener {
  received(data: ArrayBuffer | Uint8Array): void;
  sent(data: Uint8Array): void;
}

/** Returns the way back. Whoever hooked in later keeps working: then this hook stays, and is deaf. */
function hook(connection: WiredRoom["connection"], listener: Listener): () => void {
  const { events, send, sendUnreliable } = connection;
  const heard = events.onmessage;
  let listening = true;

  const onmessage: typeof events.onmessage = (event) => {
    if (listening) listener.received(event.data);
    return heard?.(event);
  };
  const counted = (pass: (data: Uint8Array) => void) => (data: Uint8Array) => {
    if (listening) listener.sent(data);
    pass.call(connection, data);
  };
  const sends = { send: counted(send), sendUnreliable: counted(sendUnreliable) };
  events.onmessage = onmessage;
  Object.assign(connection, sends);

  return () => {
    listening = false;
    if (events.onmessage === onmessage && heard) events.onmessage = heard;
    if (connection.send === sends.send) connection.send = send;
    if (connection.sendUnreliable === sends.sendUnreliable) connection.sendUnreliable = sendUnreliable;
  };
}

const SLOT_MS = 100;
const SLOTS_PER_SEC = 1000 / SLOT_MS;

/** Sums of short slots in a ring: a message costs the same whatever the traffic, and nothing is kept of it. */
function createRate() {
  // The slot that is still filling is not in the sum.
  const slots = new Float64Array(SLOTS_PER_SEC + 1);
  let newest = 0;
  const turnTo = (nowMs: number) => {
    const current = Math.floor(nowMs / SLOT_MS);
    for (let slot = Math.max(newest + 1, current - SLOTS_PER_SEC); slot <= current; slot++) {
      slots[slot % slots.length] = 0;
    }
    newest = Math.max(newest, current);
    return newest % slots.length;
  };
  return {
    add(amount: number, nowMs: number) {
      const filling = turnTo(nowMs);
      slots[filling] = (slots[filling] ?? 0) + amount;
    },
    perSec(nowMs: number) {
      const filling = turnTo(nowMs);
      return slots.reduce((sum, amount, slot) => (slot === filling ? sum : sum + amount), 0);
    },
  };
}

function createPatchLog() {
  let cameAtMs: number | undefined;
  let lastGapMs = 0;
  let lastBytes = 0;
  /** Since the last sample. */
  let longestGapMs = 0;
  let largestBytes = 0;
  return {
    add(bytes: number, nowMs: number) {
      if (cameAtMs !== undefined) lastGapMs = nowMs - cameAtMs;
      cameAtMs = nowMs;
      lastBytes = bytes;
      longestGapMs = Math.max(longestGapMs, lastGapMs);
      largestBytes = Math.max(largestBytes, bytes);
    },
    sample(nowMs: number) {
      const waitedMs = lastGapMs > 0 && cameAtMs !== undefined ? nowMs - cameAtMs : 0;
      const patchIntervalMs = Math.max(longestGapMs || lastGapMs, waitedMs);
      const patchBytes = largestBytes || lastBytes;
      longestGapMs = 0;
      largestBytes = 0;
      return { patchIntervalMs, patchBytes };
    },
  };
}
