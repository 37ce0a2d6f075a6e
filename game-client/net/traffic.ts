/**
 * Counts a room's traffic where the SDK sends and receives frames. A reconnect keeps the SDK's Connection and opens a new
 * socket under it, so that counting continues.
 */
import { Protocol } from "@colyseus/sdk";

export interface TrafficSample {
  /** Longest gap between two patches since the last sample; grows while no patch arrives. 0 before the second patch. */
  patchIntervalMs: number;
  /** Largest patch since the last sample; without a new patch, the size of the last one. */
  patchBytes: number;
  /** Over the last full second. */
  downBytesPerSec: number;
  upBytesPerSec: number;
}

export interface Traffic {
  /** Since the counting began. Bytes are those of the SDK's frames, without the overhead of WebSocket, TLS and TCP. */
  readonly totals: Readonly<Record<"downBytes" | "downMessages" | "upBytes" | "upMessages", number>>;
  sample(): TrafficSample;
  dispose(): void;
}

/** The part of an SDK room that is hooked. */
export interface WiredRoom {
  readonly connection: {
    readonly events: { onmessage?: ((event: { data: ArrayBuffer | Uint8Array }) => unknown) | null };
    send(data: Uint8Array): void;
    sendUnreliable(data: Uint8Array): void;
  };
}

/** The upper bits of a frame's first byte are modifiers (PROTOCOL_CODE_MASK in @colyseus/shared-types). */
const CODE_MASK = 0x1f;

/** `now` returns ms on a monotonic clock. */
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

/**
 * Returns a function that unhooks. If another hook was added later, this one stays in the chain and only passes frames on.
 */
function hook(connection: WiredRoom["connection"], listener: Listener): () => void {
  const { events, send, sendUnreliable } = connection;
  const original = events.onmessage;
  let isListening = true;

  const onmessage: typeof events.onmessage = (event) => {
    if (isListening) listener.received(event.data);
    return original?.(event);
  };
  const counted = (pass: (data: Uint8Array) => void) => (data: Uint8Array) => {
    if (isListening) listener.sent(data);
    pass.call(connection, data);
  };
  const sends = { send: counted(send), sendUnreliable: counted(sendUnreliable) };
  events.onmessage = onmessage;
  Object.assign(connection, sends);

  return () => {
    isListening = false;
    if (events.onmessage === onmessage && original) events.onmessage = original;
    if (connection.send === sends.send) connection.send = send;
    if (connection.sendUnreliable === sends.sendUnreliable) connection.sendUnreliable = sendUnreliable;
  };
}

const SLOT_MS = 100;
const SLOTS_PER_SEC = 1000 / SLOT_MS;

/** A ring of sums over short slots: constant cost for each message, and constant memory. */
function createRate() {
  // One extra slot is being filled and is not in the sum.
  const slots = new Float64Array(SLOTS_PER_SEC + 1);
  let newest = 0;
  const advanceTo = (nowMs: number) => {
    const current = Math.floor(nowMs / SLOT_MS);
    for (let slot = Math.max(newest + 1, current - SLOTS_PER_SEC); slot <= current; slot++) {
      slots[slot % slots.length] = 0;
    }
    newest = Math.max(newest, current);
    return newest % slots.length;
  };
  return {
    add(amount: number, nowMs: number) {
      const filling = advanceTo(nowMs);
      slots[filling] = (slots[filling] ?? 0) + amount;
    },
    perSec(nowMs: number) {
      const filling = advanceTo(nowMs);
      return slots.reduce((sum, amount, slot) => (slot === filling ? sum : sum + amount), 0);
    },
  };
}

function createPatchLog() {
  let arrivedAtMs: number | undefined;
  let lastGapMs = 0;
  let lastBytes = 0;
  /** Maxima since the last sample. */
  let longestGapMs = 0;
  let largestBytes = 0;
  return {
    add(bytes: number, nowMs: number) {
      if (arrivedAtMs !== undefined) lastGapMs = nowMs - arrivedAtMs;
      arrivedAtMs = nowMs;
      lastBytes = bytes;
      longestGapMs = Math.max(longestGapMs, lastGapMs);
      largestBytes = Math.max(largestBytes, bytes);
    },
    sample(nowMs: number) {
      const waitedMs = lastGapMs > 0 && arrivedAtMs !== undefined ? nowMs - arrivedAtMs : 0;
      const patchIntervalMs = Math.max(longestGapMs || lastGapMs, waitedMs);
      const patchBytes = largestBytes || lastBytes;
      longestGapMs = 0;
      largestBytes = 0;
      return { patchIntervalMs, patchBytes };
    },
  };
}
