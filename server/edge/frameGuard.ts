/**
 * Judges every frame of a connection before Colyseus sees it: passes only frames that the game's clients send, in their
 * order and at their rate. Stock Colyseus decodes any frame, and some make it decode without end. Commands, which are
 * most of the frames, are decoded as they are judged, and end here: in the connection's inbox.
 */
import { CloseCode, Protocol, ProtocolModifier } from "@colyseus/core";
import { CommandInbox } from "#server/colyseus/commandInbox.ts";
import { CODE_MASK } from "#server/colyseus/internals.ts";
import { endOfInteger, NOT_THERE } from "#server/colyseus/wireIntegers.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { MessageRate } from "#shared/protocol/messages.ts";
import { TokenBucket } from "./tokenBucket.ts";
import { endOfString, endOfValue, type ValueBounds } from "./wireShape.ts";

/** Why a connection ends. `reason` fits into a close frame (at most 123 bytes), and is a label of /metrics. */
export interface Fault {
  code: number;
  reason: string;
}

/**
 * The rate of all frames of a connection together. It bounds the work that a flood causes, not the speed of a drone: a
 * tick takes one command, and a bounded queue drops the excess (rooms/tick/commandMeter.ts). The burst leaves room for
 * the frames that a stalled network delivers at once.
 */
export const FRAME_RATE: MessageRate = { burst: 24 * TICKS_PER_SEC, perSec: 12 * TICKS_PER_SEC };

/** The messages of a kind of room, with their bounds. */
export interface FrameRules {
  /** The messages that the room accepts, by name. */
  readonly messages: Readonly<Record<string, MessageRate>>;
  /** The bounds of messages; an arena's are small. */
  readonly bounds?: ValueBounds;
}

/** A message takes a token for each part of this size: none of an arena is as long. */
const TOKEN_BYTES = 4 * 1024;

/** The name of a message, with its length prefix. */
const NAME_MAX_BYTES = 32;

const bad = (reason: string): Fault => ({ code: CLOSE.badFrame, reason });
/** The room does not read the connection yet, and the seat must be free at once. */
const LEFT_EARLY: Fault = { code: CloseCode.CONSENTED, reason: "left before the join was acknowledged" };
const TOO_FAST: Fault = { code: CLOSE.tooFast, reason: "too many frames a second" };

export class FrameGuard {
  readonly #rules: FrameRules;
  readonly #all: TokenBucket;
  readonly #byMessage = new Map<string, TokenBucket>();
  #hasJoined = false;
  readonly inbox = new CommandInbox();

  /** `nowMs`: the time on any monotonic clock. */
  constructor(rules: FrameRules, nowMs: number) {
    this.#rules = rules;
    this.#all = new TokenBucket(FRAME_RATE, nowMs);
  }

  /** Whether the client has acknowledged its join. */
  get hasJoined(): boolean {
    return this.#hasJoined;
  }

  /** Returns undefined for a frame that the client may send. A command is then in the inbox. */
  judge(frame: Buffer, isBinary: boolean, nowMs: number): Fault | undefined {
    if (!this.#all.take(nowMs)) return TOO_FAST;
    if (!isBinary) return bad("text frames are not spoken here");
    if (frame.length === 0) return bad("an empty frame");
    const first = frame[0] ?? 0;
    const code = first & CODE_MASK;
    const modifiers = first & ~CODE_MASK;
    if (modifiers !== 0 && !(code === Protocol.ROOM_INPUT_RELIABLE && modifiers === ProtocolModifier.TIMED)) {
      return bad("a modifier that this code does not take");
    }
    if (code === Protocol.JOIN_ROOM) return this.#judgeJoin(frame);
    return this.#judgeBody(frame, code, modifiers !== 0, nowMs);
  }

  /**
   * Whether a frame that was judged passes on to the room. On reconnection the SDK sends what the page wants to send from
   * the moment the socket is open: before the join is acknowledged it is as lost as it was without a connection.
   */
  passesOn(frame: Buffer): boolean {
    return this.#hasJoined && ((frame[0] ?? 0) & CODE_MASK) !== Protocol.ROOM_INPUT_RELIABLE;
  }

  /** Counts a WebSocket ping or pong: no room sees it, but it costs the server work. */
  judgeControl(nowMs: number): Fault | undefined {
    return this.#all.take(nowMs) ? undefined : TOO_FAST;
  }

  #judgeJoin(frame: Buffer): Fault | undefined {
    if (this.#hasJoined || frame.length > 1) return bad("a join that is none");
    this.#hasJoined = true;
    return undefined;
  }

  #judgeBody(frame: Buffer, code: number, isStamped: boolean, nowMs: number): Fault | undefined {
    switch (code) {
      case Protocol.ROOM_INPUT_RELIABLE:
        return this.inbox.receive(frame, isStamped) ? undefined : bad("a command that cannot be read");
      case Protocol.PING:
      case Protocol.LEAVE_ROOM:
        if (frame.length > 1) return bad("bytes after a code that takes none");
        return code === Protocol.LEAVE_ROOM && !this.#hasJoined ? LEFT_EARLY : undefined;
      case Protocol.ROOM_DATA:
        return this.#judgeMessage(frame, 1, nowMs);
      case Protocol.ROOM_REQUEST: {
        const at = endOfInteger(frame, 1);
        return at === NOT_THERE ? bad("a request without a number") : this.#judgeMessage(frame, at, nowMs);
      }
      default:
        return bad("a code that no client sends");
    }
  }

  #judgeMessage(frame: Buffer, at: number, nowMs: number): Fault | undefined {
    const end = endOfString(frame, at);
    if (end === NOT_THERE || end - at > NAME_MAX_BYTES) return bad("a message without a name");
    const name = frame.toString("latin1", at + 1, end);
    const { messages, bounds } = this.#rules;
    const rate = Object.hasOwn(messages, name) ? messages[name] : undefined;
    if (!rate) return bad("a message that this room does not take");
    if (end < frame.length && endOfValue(frame, end, bounds) !== frame.length)
      return bad("a message that cannot be read");
    const bucket = this.#byMessage.get(name) ?? new TokenBucket(rate, nowMs);
    this.#byMessage.set(name, bucket);
    return bucket.take(nowMs, Math.ceil(frame.length / TOKEN_BYTES))
      ? undefined
      : { code: CLOSE.tooFast, reason: `too many ${name} messages` };
  }
}
