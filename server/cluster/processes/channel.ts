/**
 * A channel of questions and one-way messages over the IPC link between two processes. Nothing in here throws or rejects
 * because the other side is gone, slow or wrong.
 */
import type { SendHandle } from "node:child_process";
import { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { type Answered, refusal } from "#server/admission/roomQuestions.ts";
import { log } from "#server/log.ts";
import { isLogDue } from "#server/logOnce.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Asked, Message, OneWay } from "./messages.ts";

export const ANSWER_WITHIN_MS = 2_000;
/** Questions without an answer, on one channel. */
export const IN_FLIGHT_MAX = 2_000;
const FLUSH_CHECK_MS = 10;

/** An end of an IPC link: a ChildProcess, or `process` in the child. */
export interface Link {
  readonly connected: boolean;
  send?(
    message: Message,
    handle: SendHandle | undefined,
    options: undefined,
    done: (error: Error | null) => void,
  ): boolean;
  on(event: "message", listener: (message: unknown, handle: unknown) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
}

export interface Handlers {
  answer(asked: Asked): Promise<Answered<unknown>>;
  /** `socket`: of a hand-over; undefined if the connection closed on its way. */
  take(message: OneWay, socket: Socket | undefined): void;
  /** Called once, when the other side is gone. */
  gone(): void;
}

interface Waiting {
  resolve(answer: Answered<unknown>): void;
  readonly timer: NodeJS.Timeout;
}

export class Channel {
  readonly #link: Link;
  readonly #handlers: Handlers;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #unsent = 0;
  #isGone = false;

  constructor(link: Link, handlers: Handlers) {
    this.#link = link;
    this.#handlers = handlers;
    link.on("message", (message, handle) =>
      this.#receive(message as Message, handle instanceof Socket ? handle : undefined),
    );
    link.on("disconnect", () => this.close());
  }

  /** Messages that the other side's pipe has not taken yet. What can be said again later had better wait. */
  get unsent(): number {
    return this.#unsent;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Questions without an answer. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Refused with REFUSAL.restarting if the other side is gone, does not answer within `withinMs`, or has too much to answer. */
  ask(asked: Asked, withinMs = ANSWER_WITHIN_MS): Promise<Answered<unknown>> {
    if (this.#isGone) return Promise.resolve(GONE);
    if (this.#waiting.size >= IN_FLIGHT_MAX) return Promise.resolve(LATE);
    const number = ++this.#asked;
    return new Promise((resolve) => {
      // After pending input: the answer may wait in the pipe because this process was late itself.
      const timer = setTimeout(() => setImmediate(() => this.#conclude(number, LATE)), withinMs);
      this.#waiting.set(number, { resolve, timer });
      this.#send({ is: "ask", number, asked }, undefined, () => this.#conclude(number, GONE));
    });
  }

  /** `lost`: called later if the message cannot reach the other side. */
  tell(message: OneWay, socket?: Socket, lost?: () => void): void {
    this.#send(message, socket, lost);
  }

  /** Resolves when the other side's pipe has taken everything, or after `withinMs`. */
  async flush(withinMs: number): Promise<void> {
    const endsAt = performance.now() + withinMs;
    while (this.#unsent > 0 && this.#link.connected && performance.now() < endsAt)
      await after(FLUSH_CHECK_MS);
  }

  /** Call it when the other process has exited, too: Node emits no "disconnect" while a socket is on its way. */
  close(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const number of [...this.#waiting.keys()]) this.#conclude(number, GONE);
    this.#handlers.gone();
  }

  /**
   * A `false` from Node's send only says that the message waits in memory, where it is safe. A message that cannot be
   * cloned makes send throw.
   */
  #send(message: Message, socket?: Socket, lost: () => void = () => {}): void {
    if (this.#isGone || !this.#link.connected) return void setImmediate(lost);
    this.#unsent++;
    try {
      this.#link.send?.(message, socket, undefined, (error) => {
        this.#unsent--;
        if (error) lost();
      });
    } catch (error) {
      this.#unsent--;
      if (isLogDue("channel", message.is))
        log.error({ err: error, message: message.is }, "a message could not be sent to another process");
      setImmediate(lost);
    }
  }

  #receive(message: Message, socket: Socket | undefined): void {
    if (message.is === "ask") void this.#answer(message.number, message.asked);
    else if (message.is === "answer") this.#conclude(message.number, message.answer);
    else this.#handlers.take(message, socket);
  }

  async #answer(number: number, asked: Asked): Promise<void> {
    const answer = await this.#handlers.answer(asked).catch((error: unknown) => {
      log.error({ err: error, asked: "name" in asked ? asked.name : asked.of }, "a question failed");
      return FAILED;
    });
    this.#send({ is: "answer", number, answer }, undefined, () => {
      // The answer may be what cannot be cloned; the asker must not wait in vain.
      this.#send({ is: "answer", number, answer: FAILED });
    });
  }

  #conclude(number: number, answer: Answered<unknown>): void {
    const waiting = this.#waiting.get(number);
    if (!waiting) return;
    this.#waiting.delete(number);
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  }
}

const GONE = refusal(REFUSAL.restarting, "This part of the server restarts: try again.", 1);
const LATE = refusal(REFUSAL.restarting, "This part of the server is busy: try again.", 2);
const FAILED = refusal(500, "The server failed.", 5);
