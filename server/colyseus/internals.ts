/**
 * Reaches into @colyseus/core's rooms, clients and frames, and into ws, and the check of every reach of this folder at
 * start: with a version of Colyseus that lacks one, the server does not start, instead of failing in play.
 */
import {
  type Client,
  type ClientPrivate,
  ClientState,
  getMessageBytes,
  InputBufferImpl,
  Protocol,
  ProtocolModifier,
  Room,
} from "@colyseus/core";
import { MapSchema } from "@colyseus/schema";
import { WebSocketClient } from "@colyseus/ws-transport";
import { WebSocket } from "ws";
import { COMMAND_REACHES } from "./commandInbox.ts";
import { JOIN_REACHES } from "./joins.ts";
import { REF_ID_REACHES } from "./refIds.ts";
import { SCHEMA_REACHES } from "./schemaInternals.ts";
import { SEAT_ERROR_REACHES } from "./seatErrors.ts";
import { SEAT_REACHES } from "./seatsWithoutClient.ts";
import { SERIALIZER_REACHES } from "./stateSerializer.ts";

const newSocket = (): object => Reflect.construct(WebSocket, [null, undefined, {}]);
const newClient = () => new WebSocketClient("", undefined as never);

/** Whether the room keeps the timer of its steps where replaceTimers stops it. */
function keepsTimer(room: Room): boolean {
  room.setFixedTimestep(() => {}, 1);
  const timer = Reflect.get(room, "_simulationInterval");
  clearInterval(timer);
  return typeof timer === "object";
}

/** This file's reaches into Colyseus, each with a probe that says whether the installed version has it. */
const ROOM_REACHES: Readonly<Record<string, () => boolean>> = {
  "Room.sendFullState": () => typeof Reflect.get(Room.prototype, "sendFullState") === "function",
  "Room.kickClient": () => typeof Reflect.get(Room.prototype, "kickClient") === "function",
  "Room.clock.now": () => typeof Reflect.get(new Room().clock, "now") === "function",
  "Room._simulationInterval": () => keepsTimer(new Room()),
  "InputBuffer.ackSeq": () => "ackSeq" in InputBufferImpl.prototype,
  "getMessageBytes.raw": () => messageBytes("probe", 1)[0] === Protocol.ROOM_DATA,
  "WebSocket._socket": () => "_socket" in newSocket(),
  "WebSocket._receiver": () => "_receiver" in newSocket(),
  "WebSocketClient.raw": () => typeof newClient().raw === "function",
  "WebSocketClient._enqueuedMessages": () => Array.isArray(newClient()._enqueuedMessages),
};

const REACHES: Readonly<Record<string, () => boolean | Promise<boolean>>> = {
  ...ROOM_REACHES,
  ...SCHEMA_REACHES,
  ...REF_ID_REACHES,
  ...SERIALIZER_REACHES,
  ...SEAT_ERROR_REACHES,
  ...SEAT_REACHES,
  ...JOIN_REACHES,
  ...COMMAND_REACHES,
};

/** Rejects with an error that names every reach that the installed Colyseus does not have. */
export async function assertColyseusInternals(): Promise<void> {
  const missing: string[] = [];
  for (const [name, isThere] of Object.entries(REACHES)) {
    // Without an internal, a probe may throw as well as return false.
    const isFound = await Promise.resolve()
      .then(isThere)
      .catch(() => false);
    if (!isFound) missing.push(name);
  }
  if (missing.length > 0) {
    throw new Error(
      `this version of Colyseus has no ${missing.join(", ")}: see server/colyseus/internals.ts, or install the versions of package-lock.json`,
    );
  }
}

/**
 * Runs a room's clock on monotonic time, ms, and returns the reader of that time. Colyseus reads Date.now in Node: when
 * the wall clock steps back by 5 s (NTP, a laptop that wakes), timers of the room would stop for 5 s.
 */
export function runOnMonotonicTime(clock: Room["clock"]): () => number {
  // The room keeps its clock object, because Colyseus has already wrapped its timers to catch their errors.
  Object.assign(clock, { now: () => performance.now() });
  // Reads the new time source once, so that the first step is not measured from the old one.
  clock.start();
  return () => Reflect.get(clock, "now").call(clock);
}

/** Sets the room's time, ms, which its clients follow. */
export function setElapsed(clock: Room["clock"], elapsedMs: number): void {
  clock.elapsedTime = elapsedMs;
}

/**
 * Stops Colyseus' own timers for ticks and patches; the caller steps the room, ticks its clock and broadcasts patches.
 * Clients are still told both rates when they join.
 */
export function replaceTimers(room: Room, ticksPerSec: number, patchMs: number): void {
  // Notes the rate for clients. The stopped timer stays in its field: without one, each patch would tick the clock, and
  // be stamped with its own time instead of that of the tick which it shows.
  room.setFixedTimestep(() => {}, ticksPerSec);
  clearInterval(Reflect.get(room, "_simulationInterval"));
  room.patchRate = null;
  // Past the setter, which would start a timer again.
  Object.defineProperty(room, "patchRate", { value: patchMs, writable: false });
}

/**
 * Makes clients stamp their commands with the time that their screen shows. Colyseus asks them to when the room rewinds
 * anything; the room keeps its history itself, so there is nothing in what it attaches.
 */
export function stampCommands(room: Room): void {
  room.allowRewindState().attachAll(new MapSchema<{ x: number }>(), { fields: ["x"], mode: "snapshot" });
}

/**
 * Makes Colyseus keep the seat of a client that reconnected and dropped again before it acknowledged: Colyseus would take
 * it for a client that never joined.
 */
export function countAsJoined(client: Client): void {
  Object.assign(client, { _enqueuedMessages: undefined });
}

/**
 * Call in onReconnect once the client is accepted: if its connection has broken meanwhile, Colyseus would free the seat
 * instead of calling onDrop.
 */
export function dropFromNowOn(client: Client): void {
  client.state = ClientState.JOINING;
}

/** Stops all sends to the client, as before it acknowledged its join: what is sent until resumeClient is lost to it. */
export function pauseClient(client: Client): void {
  client.state = ClientState.JOINING;
}

export function resumeClient(client: Client): void {
  client.state = ClientState.JOINED;
}

/** Sends the full content of the client's view; it replaces what the client knows. */
export function sendFullState(room: Room, client: Client): void {
  Reflect.get(room, "sendFullState").call(room, client);
}

/** The frame that Colyseus begins a connection with: it describes the state's schema and the input. */
export function joinFrame(room: Room): Uint8Array {
  const serializer = Reflect.get(room, "_serializer");
  const sections = Reflect.get(room, "_inputController")?.handshakeSections();
  return getMessageBytes[Protocol.JOIN_ROOM]("", serializer.id, serializer.handshake(), sections);
}

/** Disconnects the client at once; messages that it has sent and the room has not read are dropped. */
export function kickClient(room: Room, client: Client, code: number): void {
  room.kickClient(client.sessionId, code);
}

/** The number of the client's commands that the state includes, as Colyseus acknowledges them in each patch. */
export const ackOf = (client: Client): number => (client as Client & ClientPrivate)._inputBuffer?.ackSeq ?? 0;

type Raw = Client["raw"];

/** Passes every frame for this client to `intercept`, with the original send. The returned function undoes it. */
export function interceptFrames(
  client: Client,
  intercept: (send: Raw, ...frame: Parameters<Raw>) => void,
): () => void {
  const send: Raw = client.raw.bind(client);
  // An own property shadows the class's method for this client alone.
  client.raw = (...frame) => intercept(send, ...frame);
  return () => void Reflect.deleteProperty(client, "raw");
}

/** Whether someone passes on the frames for this client (interceptFrames). */
export const isIntercepted = (client: Client): boolean => Object.hasOwn(client, "raw");

/** A message as `client.send` sends it. */
export const messageBytes = (type: string, message: unknown): Buffer =>
  getMessageBytes.raw(Protocol.ROOM_DATA, type, message);

/** A frame's first byte has its code in the low five bits and modifiers in the others. */
export const CODE_MASK = 0x1f;

const codeOf = (frame: Uint8Array): number => (frame[0] ?? 0) & CODE_MASK;

/** Whether a frame to a client is a full state. */
export const isFullState = (frame: Uint8Array): boolean => codeOf(frame) === Protocol.ROOM_STATE;

/** Whether a frame to a client is a full state or a patch. */
export const isStateFrame = (frame: Uint8Array): boolean =>
  isFullState(frame) || codeOf(frame) === Protocol.ROOM_STATE_PATCH;

/** Adds `byMs` to the server time in a state frame (uint32 after its code, ms). */
export function postdate(frame: Uint8Array, byMs: number): void {
  if (((frame[0] ?? 0) & ProtocolModifier.TIMED) === 0) return;
  const view = new DataView(frame.buffer, frame.byteOffset);
  view.setUint32(1, view.getUint32(1, true) + byMs, true);
}
