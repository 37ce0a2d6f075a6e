/**
 * A server-side WebSocket that guards itself, whoever listens to it: frames are judged before anybody hears of them,
 * a client that takes a seat and stays silent is let go, and so is one that lets its queue grow.
 */

import { CloseCode } from "@colyseus/core";
import { WebSocket } from "ws";
import { log } from "#server/log.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { type Fault, FrameGuard } from "./frameGuard.ts";

/** From the handshake to the client's word that it is in its room. */
export const JOIN_WITHIN_MS = 5_000;
/** Megabytes that nobody reads are the server's memory. */
export const QUEUED_MAX_BYTES = 1024 * 1024;
/** The other side is given this long to answer a close. */
export const CLOSE_WITHIN_MS = 1_000;

type Sent = Parameters<WebSocket["send"]>[0];
type SendOptions = Parameters<WebSocket["send"]>[1];
type Done = (error?: Error) => void;

const sockets = new Set<WebSocket>();

/** Of all connections: what they were sent and the network has not taken. */
export function queuedBytes(): number {
  let bytes = 0;
  for (const { bufferedAmount } of sockets) bytes += bufferedAmount;
  return bytes;
}

export class GuardedSocket extends WebSocket {
  readonly #guard = new FrameGuard(CLIENT_MESSAGES, performance.now());
  readonly #joinTimer = setTimeout(() => this.#expectJoin(), JOIN_WITHIN_MS);
  readonly #sockets = sockets.add(this);
  #ending = false;
  #malicious = false;

  /** Whether it ends for what it sent: whoever is behind it lost no connection, and nothing is kept for them. */
  get malicious(): boolean {
    return this.#malicious;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "error") return this.#noteFramingError();
    if (event === "close") this.#forget();
    const isFrame = event === "message" || event === "ping" || event === "pong";
    if (isFrame && !this.#admits(event, args)) return false;
    return event === "message" ? this.#deliver(args) : super.emit(event, ...args);
  }

  override send(data: Sent, options?: SendOptions | Done, done?: Done): void {
    if (this.bufferedAmount > QUEUED_MAX_BYTES) {
      this.end({ code: CLOSE.tooSlow, reason: "does not read what it is sent" });
    }
    if (typeof options === "object") super.send(data, options, done);
    else super.send(data, options);
  }

  /** Ends the connection for this reason, and stops listening at once. */
  end({ code, reason }: Fault): void {
    if (this.#ending) return;
    this.#ending = true;
    countRefusal(reason);
    this.close(code, reason);
    // Nothing more is read, so that a flood costs nothing; nor is the answer to the close, then.
    this.pause();
    setTimeout(() => this.terminate(), CLOSE_WITHIN_MS).unref();
  }

  #admits(event: string, [data, isBinary]: unknown[]): boolean {
    if (this.#ending) return false;
    const now = performance.now();
    const fault =
      event === "message"
        ? this.#guard.judge(data as Buffer, isBinary === true, now)
        : this.#guard.judgeControl(now);
    if (!fault) return true;
    this.#malicious = true;
    this.end(fault);
    return false;
  }

  /** Colyseus catches what a handler throws, not what it throws itself: that would end the process. */
  #deliver(args: unknown[]): boolean {
    try {
      return super.emit("message", ...args);
    } catch (error) {
      log.error({ err: error }, "uncaught over a frame");
      this.end({ code: CloseCode.WITH_ERROR, reason: "the server failed" });
      return true;
    }
  }

  /** ws ends the connection by itself, with the code that RFC 6455 asks for. */
  #noteFramingError(): true {
    this.#malicious = true;
    countRefusal("not a WebSocket frame");
    return true;
  }

  #forget(): void {
    this.#sockets.delete(this);
    clearTimeout(this.#joinTimer);
  }

  #expectJoin(): void {
    if (!this.#guard.joined) this.end({ code: CLOSE.notJoined, reason: "took a seat and did not say so" });
  }
}
