/** The SDK's room without a connection: recorded frames are fed to it, and everything that reads a room reads it. */
import { Protocol, Room } from "@colyseus/sdk";
import type { ArenaState } from "#shared/schema/state.ts";

/** Takes what the room and the page send, and sends nothing. */
const NO_CONNECTION = { isOpen: true, send() {}, sendUnreliable() {}, close() {}, events: {} };

// biome-ignore lint/suspicious/noExplicitAny: the SDK's default for a room whose server class is not imported
export class ReplayRoom extends Room<any, ArenaState> {
  /** `handshake`: Colyseus' first frame to a client (ReplayHead). */
  constructor(code: string, handshake: Uint8Array) {
    super("arena");
    this.roomId = code;
    this.sessionId = "";
    Object.assign(this, { connection: NO_CONNECTION });
    this.feed(handshake);
  }

  /** Handles a frame as if it had just arrived. Of the past only states count: its events are over. */
  feed(frame: Uint8Array, isPast = false): void {
    if (isPast && !isState(frame)) return;
    this.onMessageCallback({ data: frame } as unknown as MessageEvent);
  }

  /** Handles a frame of the past once more, unless it is a state. */
  recall(frame: Uint8Array): void {
    if (!isState(frame)) this.feed(frame);
  }
}

/** Whether the room is a replay's: its page has no seat, and sees everything. */
export const isRecorded = (room: object): boolean => room instanceof ReplayRoom;

const CODE_MASK = 0x1f;
const STATES: readonly number[] = [Protocol.ROOM_STATE, Protocol.ROOM_STATE_PATCH];
const isState = ([first = 0]: Uint8Array): boolean => STATES.includes(first & CODE_MASK);
