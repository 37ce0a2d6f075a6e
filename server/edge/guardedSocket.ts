/**
 * A server-side WebSocket that guards itself: it judges frames before its listeners see them, and ends the connection of
 * a client that does not acknowledge its join or does not read what it is sent.
 */
import type { Duplex } from "node:stream";
import { CloseCode } from "@colyseus/core";
import { WebSocket } from "ws";
import type { CommandInbox } from "#server/colyseus/commandInbox.ts";
import { logError } from "#server/logOnce.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { type Fault, FrameGuard, type FrameRules } from "./frameGuard.ts";
import { type Receiver, readShortFrames } from "./shortFrames.ts";

/** From the handshake to the client's acknowledgement of its join. */
export const JOIN_WITHIN_MS = 5_000;
/** Bound on the memory that unread data of one connection takes. */
export const QUEUED_MAX_BYTES = 1024 * 1024;
const CLOSE_OPCODE = 8;
/** How long the client has to answer a close frame. */
export const CLOSE_WITHIN_MS = 1_000;

type Sent = Parameters<WebSocket["send"]>[0];
type SendOptions = Parameters<WebSocket["send"]>[1];
type Done = (error?: Error) => void;

/** What ws' types leave out. */
interface Connected {
  readonly _receiver: Receiver;
  setSocket(connection: Duplex, head: unknown, options: object): void;
}

/** The rules of a kind of room whose clients send other frames than those of an arena, or longer ones. */
export interface SocketRules extends FrameRules {
  readonly maxPayload: number;
}

const ARENA: FrameRules = { messages: CLIENT_MESSAGES };
/** The rules of each connection whose handshake is not complete. */
const rulesOf = new WeakMap<Duplex, SocketRules>();

/** Call before the handshake: judges the connection's frames by these rules. */
export const judgeBy = (rules: SocketRules, connection: Duplex): void => void rulesOf.set(connection, rules);

const sockets = new Set<WebSocket>();

/** Bytes of all connections that the server has sent and the network has not taken. */
export function queuedBytes(): number {
  let bytes = 0;
  for (const { bufferedAmount } of sockets) bytes += bufferedAmount;
  return bytes;
}

export class GuardedSocket extends WebSocket {
  /** The connection under the WebSocket (server/colyseus/internals.ts checks that ws has it). */
  declare protected readonly _socket: Duplex;
  #guard = new FrameGuard(ARENA, performance.now());
  readonly #joinTimer = setTimeout(() => this.#expectJoin(), JOIN_WITHIN_MS);
  readonly #sockets = sockets.add(this);
  #isEnding = false;
  #isMalicious = false;

  /** Whether the connection ends for a frame that it sent: this is no network failure, so its seat is not kept. */
  get malicious(): boolean {
    return this.#isMalicious;
  }

  /** The commands of the connection; Colyseus does not see their frames. */
  get inbox(): CommandInbox {
    return this.#guard.inbox;
  }

  /** ws calls this once, when the handshake is complete. */
  setSocket(connection: Duplex, head: unknown, options: object): void {
    const rules = rulesOf.get(connection);
    if (rules) this.#guard = new FrameGuard(rules, performance.now());
    const bounded = rules ? { ...options, maxPayload: rules.maxPayload } : options;
    (WebSocket.prototype as unknown as Connected).setSocket.call(this, connection, head, bounded);
    const { _receiver } = this as unknown as Connected;
    readShortFrames(_receiver, (frame) => this.emit("message", frame, true));
  }

  /** No event of ws has more than two values. */
  override emit(event: string | symbol, first?: unknown, second?: unknown): boolean {
    switch (event) {
      case "message":
        return this.#receive(first as Buffer, second === true);
      case "ping":
      case "pong":
        if (!this.#isEnding && this.#passes(this.#guard.judgeControl(performance.now()))) break;
        return false;
      case "error":
        return this.#noteFramingError(first as NodeJS.ErrnoException);
      case "close":
        this.#release();
    }
    return super.emit(event, first, second);
  }

  /** Writes complete WebSocket frames in one system call, which `send` needs for each of them. */
  sendFrames(frames: Buffer): void {
    this.#boundQueue();
    // ws' own send would take one system call per frame.
    if (this.readyState === WebSocket.OPEN) this._socket.write(frames);
  }

  override send(data: Sent, options?: SendOptions | Done, done?: Done): void {
    this.#boundQueue();
    if (typeof options === "object") super.send(data, options, done);
    else super.send(data, options);
  }

  #boundQueue(): void {
    if (this.bufferedAmount > QUEUED_MAX_BYTES) {
      this.end({ code: CLOSE.tooSlow, reason: "does not read what it is sent" });
    }
  }

  /** Closes the connection with the fault's code and reason, and stops reading at once. */
  end(fault: Fault): void {
    if (this.#isEnding) return;
    countRefusal(fault.reason);
    this.#finish(fault);
  }

  #finish({ code, reason }: Fault): void {
    this.#isEnding = true;
    this.close(code, reason);
    // A paused socket costs nothing under a flood; it does not read the answer to the close either.
    this.pause();
    setTimeout(() => this.terminate(), CLOSE_WITHIN_MS).unref();
  }

  /** Ends the connection for what its client sent: its seat is not kept. */
  endAsMalicious(fault: Fault): void {
    this.#isMalicious = true;
    this.end(fault);
  }

  /**
   * Ends a connection whose seat another connection takes, and reports it as closed at once: Colyseus lets the new
   * connection wait for that. The socket itself lives on until the client has read the code, or for CLOSE_WITHIN_MS.
   */
  endForSuccessor(): void {
    const reason = "taken over by another connection";
    if (!this.#isEnding) this.#finish({ code: CLOSE.takenOver, reason });
    this.emit("close", CLOSE.takenOver, Buffer.alloc(0));
  }

  #receive(frame: Buffer, isBinary: boolean): boolean {
    if (this.#isEnding) return false;
    if (!this.#passes(this.#guard.judge(frame, isBinary, performance.now()))) return false;
    return !this.#guard.passesOn(frame) || this.#deliver(frame, isBinary);
  }

  #passes(fault: Fault | undefined): boolean {
    if (fault) this.endAsMalicious(fault);
    return !fault;
  }

  /** Colyseus catches what a handler throws, but not what its own decoding throws, which would end the process. */
  #deliver(frame: Buffer, isBinary: boolean): boolean {
    try {
      return super.emit("message", frame, isBinary);
    } catch (error) {
      logError(error, "uncaught while handling a frame");
      this.end({ code: CloseCode.WITH_ERROR, reason: "the server failed" });
      return true;
    }
  }

  /**
   * ws itself closes the connection, with the code that RFC 6455 requires. The seat is kept after an unmasked close frame:
   * Caddy 2.6.2, which is Debian 12's, ends connections so when it is reloaded.
   */
  #noteFramingError({ code }: NodeJS.ErrnoException): true {
    const { _receiver } = this as unknown as Connected;
    this.#isMalicious = code !== "WS_ERR_EXPECTED_MASK" || _receiver._opcode !== CLOSE_OPCODE;
    countRefusal("not a WebSocket frame");
    return true;
  }

  #release(): void {
    this.#sockets.delete(this);
    clearTimeout(this.#joinTimer);
  }

  #expectJoin(): void {
    if (!this.#guard.hasJoined) this.end({ code: CLOSE.notJoined, reason: "took a seat and did not say so" });
  }
}
