/**
 * The only place that reaches into what Colyseus does not promise to keep. Each reach is checked when the server
 * starts: a version without it stops the start with a line that says what to look at, and nobody finds out in play.
 */
import type { RequestListener, Server } from "node:http";
import {
  type Client,
  type ClientPrivate,
  ClientState,
  Protocol,
  ProtocolModifier,
  Room,
} from "@colyseus/core";
import { WebSocketClient } from "@colyseus/ws-transport";

/** Throws when the installed Colyseus is not what this file knows. */
export function assertColyseusInternals(): void {
  const { clock } = new Room();
  const client = new WebSocketClient("", undefined as never);
  const missing = [
    typeof Reflect.get(Room.prototype, "sendFullState") === "function" ? "" : "Room.sendFullState",
    typeof Reflect.get(Room.prototype, "kickClient") === "function" ? "" : "Room.kickClient",
    typeof Reflect.get(clock, "now") === "function" ? "" : "Room.clock.now",
    typeof client.raw === "function" ? "" : "WebSocketClient.raw",
    Array.isArray(client._enqueuedMessages) ? "" : "WebSocketClient._enqueuedMessages",
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new Error(
      `this version of Colyseus has no ${missing.join(", ")}: see server/colyseus/internals.ts, or install the versions of package-lock.json`,
    );
  }
}

/**
 * Frees a room's clock of the wall clock: Colyseus reads Date.now in Node, and a wall clock that steps back by 5 s
 * (NTP, a laptop that woke) makes the fixed-step loop stand still for as long.
 */
export function runOnMonotonicTime(clock: Room["clock"]): void {
  // Not a clock of our own: by now Colyseus has wrapped the timers of this one to catch what they throw.
  Object.assign(clock, { now: () => performance.now() });
  // Reads the new clock once, so that the first step is not measured from the old one.
  clock.start();
}

/** Back, but cut again before it could say so: Colyseus would take it for one that never joined, and keep no seat. */
export function countAsJoined(client: Client): void {
  Object.assign(client, { _enqueuedMessages: undefined });
}

/** Sends the client nothing more, as one that has not acknowledged its join; what is sent meanwhile is lost to it. */
export function pauseClient(client: Client): void {
  client.state = ClientState.JOINING;
}

export function resumeClient(client: Client): void {
  client.state = ClientState.JOINED;
}

/** The whole of what the client may see, once more: what it holds beyond that goes. */
export function sendWholeState(room: Room, client: Client): void {
  Reflect.get(room, "sendFullState").call(room, client);
}

/** Ends the client's stay at once: what it has sent and nobody has read yet is heard no more. */
export function showOut(room: Room, client: Client, code: number): void {
  room.kickClient(client.sessionId, code);
}

/** How many of the client's commands the room's state shows: what Colyseus tells it with each patch. */
export const ackOf = (client: Client): number => (client as Client & ClientPrivate)._inputBuffer?.ackSeq ?? 0;

type Raw = Client["raw"];

/** Everything for this client goes through `send` from now on, frame by frame; the function returned undoes it. */
export function interceptFrames(
  client: Client,
  send: (go: Raw, ...frame: Parameters<Raw>) => void,
): () => void {
  const go: Raw = client.raw.bind(client);
  // On this client alone: the class has its own for all others.
  client.raw = (...frame) => send(go, ...frame);
  return () => void Reflect.deleteProperty(client, "raw");
}

/** A frame's first byte: its code in the low five bits, modifiers in the others. */
const CODE_MASK = 0x1f;

/** Whether a frame to a client is of the room's state, whole or what has changed of it. */
export function isOfState(frame: Uint8Array): boolean {
  const code = (frame[0] ?? 0) & CODE_MASK;
  return code === Protocol.ROOM_STATE || code === Protocol.ROOM_STATE_PATCH;
}

/** A frame of state says when it was made (uint32 after its code, ms): so much later, it says now. */
export function postdate(frame: Uint8Array, byMs: number): void {
  if (((frame[0] ?? 0) & ProtocolModifier.TIMED) === 0) return;
  const view = new DataView(frame.buffer, frame.byteOffset);
  view.setUint32(1, view.getUint32(1, true) + byMs, true);
}

/**
 * Colyseus puts its own router in front of the HTTP server's requests when it starts to listen; it believes any header,
 * and dies of some. From here on `listener` answers, and what it does not know is unknown.
 */
export function answerRequestsInstead(server: Server, listener: RequestListener): void {
  server.removeAllListeners("request").on("request", listener);
}
