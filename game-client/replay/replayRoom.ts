/** The SDK's room without a connection: recorded frames are fed to it, and everything that reads a room reads it. */
import { Protocol, Room } from "@colyseus/sdk";
import { concatBytes } from "#shared/replay/frames.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { assertHandshake, strictly } from "./decoding.ts";

/** Takes what the room and the page send, and sends nothing. */
const NO_CONNECTION = { isOpen: true, send() {}, sendUnreliable() {}, close() {}, events: {} };

// biome-ignore lint/suspicious/noExplicitAny: the SDK's default for a room whose server class is not imported
export class ReplayRoom extends Room<any, ArenaState> {
  /** A whole state whose patch has not come yet. */
  #whole: Uint8Array | undefined;

  /** `handshake`: Colyseus' first frame to a client (ReplayHead). Throws a ReplayError. */
  constructor(code: string, handshake: Uint8Array) {
    super("arena");
    this.roomId = code;
    this.sessionId = "";
    Object.assign(this, { connection: NO_CONNECTION });
    orDamaged(() => {
      if (codeOf(handshake) !== Protocol.JOIN_ROOM) throw new ReplayError("damaged");
      strictly(() => assertHandshake(handshake));
      this.#handle(handshake);
    });
  }

  /**
   * Handles a frame as if it had just arrived. Of the past only states count: its events are over. Throws a ReplayError for
   * a frame that no server has sent; the state may then be anything until the next whole one.
   */
  feed(frame: Uint8Array, isPast = false): void {
    const code = codeOf(frame);
    if (!STATES.includes(code) && !MESSAGES.includes(code)) throw new ReplayError("damaged");
    if (isPast && !STATES.includes(code)) return;
    if (isWhole(frame)) {
      this.#whole = frame;
      return;
    }
    const whole = code === Protocol.ROOM_STATE_PATCH ? this.#whole : undefined;
    if (whole) this.#whole = undefined;
    orDamaged(() => this.#handle(whole ? withPatch(whole, frame) : frame));
  }

  #handle(frame: Uint8Array): void {
    strictly(() => this.onMessageCallback({ data: frame } as unknown as MessageEvent));
  }

  /** Handles a frame of the past once more, unless it is a state. */
  recall(frame: Uint8Array): void {
    if (!STATES.includes(codeOf(frame))) this.feed(frame);
  }
}

/** Whether the room is a replay's: its page has no seat, and sees everything. */
export const isRecorded = (room: object): boolean => room instanceof ReplayRoom;

const CODE_MASK = 0x1f;
const STATES: readonly number[] = [Protocol.ROOM_STATE, Protocol.ROOM_STATE_PATCH];
const MESSAGES: readonly number[] = [Protocol.ROOM_DATA, Protocol.ROOM_DATA_BYTES];
const codeOf = ([first = 0]: Uint8Array): number => first & CODE_MASK;

/** Whether a frame is a whole state, which needs none before it. */
export const isWhole = (frame: Uint8Array): boolean => codeOf(frame) === Protocol.ROOM_STATE;

/**
 * A whole state and the patch behind it, which has what the client sees, as one frame. One by one, the decoder would drop
 * all drones with the first and make others with the second, which have not moved yet.
 */
function withPatch(whole: Uint8Array, patch: Uint8Array): Uint8Array {
  return concatBytes([whole, TO_ROOT, patch.subarray(headBytes(patch))]);
}

/** Colyseus' switch to the structure with the ref ID 0, at which a patch begins. */
const TO_ROOT = Uint8Array.of(255, 0);

/** A bit of a frame's first byte: the room's time and the ack follow it, each a uint32 (Colyseus' ProtocolModifier.TIMED). */
const TIMED = 0x80;
const headBytes = ([first = 0]: Uint8Array): number => ((first & TIMED) === 0 ? 1 : 9);

/** The decoder throws any error at bytes that are none of its own. */
function orDamaged(act: () => void): void {
  try {
    act();
  } catch (error) {
    throw error instanceof ReplayError ? error : new ReplayError("damaged", { cause: error });
  }
}
