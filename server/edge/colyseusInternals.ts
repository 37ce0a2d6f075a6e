/**
 * The only place that reaches into what Colyseus does not promise to keep. Each reach is checked when the server
 * starts: a version without it stops the start with a line that says what to look at, and nobody finds out in play.
 */
import type { RequestListener, Server } from "node:http";
import { type Client, ClientState, Room } from "@colyseus/core";
import { WebSocketClient } from "@colyseus/ws-transport";

/** Throws when the installed Colyseus is not what this file knows. */
export function checkColyseusInternals(): void {
  const { clock } = new Room();
  const client = new WebSocketClient("", undefined as never);
  const missing = [
    typeof Reflect.get(Room.prototype, "sendFullState") === "function" ? "" : "Room.sendFullState",
    typeof Reflect.get(clock, "now") === "function" ? "" : "Room.clock.now",
    Array.isArray(client._enqueuedMessages) ? "" : "WebSocketClient._enqueuedMessages",
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new Error(
      `this version of Colyseus has no ${missing.join(", ")}: see server/edge/colyseusInternals.ts, or install the versions of package-lock.json`,
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

/**
 * Colyseus puts its own router in front of the HTTP server's requests when it starts to listen; it believes any header,
 * and dies of some. From here on `listener` answers, and what it does not know is unknown.
 */
export function answerRequestsInstead(server: Server, listener: RequestListener): void {
  server.removeAllListeners("request").on("request", listener);
}
