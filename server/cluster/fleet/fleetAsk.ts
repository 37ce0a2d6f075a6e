/**
 * Questions between machines, over Redis pub/sub: each machine listens on one channel of its own, for questions and for the
 * answers to its own. Every failure is a value. Whoever may write to Redis may ask: Redis' password guards it.
 */
import type { Redis } from "ioredis";
import {
  type Answered,
  type AskRoom,
  type RoomQuestion,
  type RoomQuestions,
  refusal,
} from "#server/admission/roomQuestions.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { KEY } from "./keys.ts";
import { AWAY } from "./redisDirectory.ts";

const ANSWERS_WITHIN_MS = 2_000;
/** Quick play avoids a machine that has not answered for this long. */
const SILENT_FOR_MS = 3_000;
/** Questions that wait for their answer, and questions that are being answered. */
const IN_FLIGHT_MAX = 1_000;
const MESSAGE_MAX_CHARS = 256 * 1024;

const BUSY = refusal(REFUSAL.restarting, "Too many players come at once. Try again in a moment.", 2);
const TOO_LARGE = refusal(500, "The message between two machines is too large.");
const SILENT = refusal(REFUSAL.restarting, "The room's machine does not answer. Try again in a moment.", 2);
const FAILED = refusal(500, "The room's machine could not answer.");
const FULL = refusal(REFUSAL.serverFull, "The room's machine is full. Try again in half a minute.", 30);
const CLOSING = refusal(
  REFUSAL.restarting,
  "The room's machine is about to restart. Try again in a moment.",
  2,
);

interface Question {
  readonly is: "question";
  readonly id: number;
  /** The id of the machine that asks. */
  readonly from: string;
  readonly room: string;
  readonly name: RoomQuestion;
  readonly question: unknown;
}

interface Answer {
  readonly is: "answer";
  readonly id: number;
  readonly answer: Answered<unknown>;
}

/** How this machine takes players whom others send. */
export interface Seating {
  isClosing(): boolean;
  /** Whether it holds MAX_CLIENTS. */
  isFull(): boolean;
  /** Frees a place in the room that nobody uses, for the next who asks. Never rejects. */
  freePlaceIn(room: string, by: Visitor): Promise<void>;
}

export class FleetAsk {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #machine: Seating & { readonly id: string };
  readonly #askLocal: AskRoom;
  readonly #waiting = new Map<number, (answer: Answered<unknown>) => void>();
  /** Machines that did not answer, and until when (performance.now()) that counts. */
  readonly #silentUntilMs = new Map<string, number>();
  #lastId = 0;
  #answering = 0;

  /** `subscriber`: a connection of its own, which does not subscribe again by itself (nobody catches ioredis' rejection). */
  constructor(
    redis: Redis,
    subscriber: Redis,
    machine: Seating & { readonly id: string },
    askLocal: AskRoom,
  ) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#machine = machine;
    this.#askLocal = askLocal;
    subscriber.on("ready", () =>
      subscriber.subscribe(KEY.channel(machine.id)).catch(() => subscriber.disconnect(true)),
    );
    subscriber.on("message", (_channel, text) => this.#receive(text));
  }

  /** Asks a room of another machine. Never rejects; refused with 503 if the machine does not answer within 2 s. */
  async ask(
    machine: string,
    room: string,
    name: RoomQuestion,
    question: unknown,
  ): Promise<Answered<unknown>> {
    if (this.#waiting.size >= IN_FLIGHT_MAX) return BUSY;
    const id = ++this.#lastId;
    const text = JSON.stringify({
      is: "question",
      id,
      from: this.#machine.id,
      room,
      name,
      question,
    } satisfies Question);
    if (text.length > MESSAGE_MAX_CHARS) return TOO_LARGE;
    const answer = await new Promise<Answered<unknown>>((resolve) => {
      const deadline = setTimeout(resolve, ANSWERS_WITHIN_MS, SILENT);
      const settle = (answer: Answered<unknown>) => {
        clearTimeout(deadline);
        resolve(answer);
      };
      this.#waiting.set(id, settle);
      this.#redis.publish(KEY.channel(machine), text).then(
        (listeners) => listeners === 0 && settle(SILENT),
        () => settle(AWAY),
      );
    });
    this.#waiting.delete(id);
    if (answer === SILENT) this.#silentUntilMs.set(machine, performance.now() + SILENT_FOR_MS);
    return answer;
  }

  isSilent(machine: string): boolean {
    const untilMs = this.#silentUntilMs.get(machine);
    if (untilMs !== undefined && untilMs < performance.now()) this.#silentUntilMs.delete(machine);
    return this.#silentUntilMs.has(machine);
  }

  /** Finds out whether the subscriber's connection still works: nothing else is sent on it. Never rejects. */
  async check(): Promise<void> {
    if (this.#subscriber.status === "ready") await this.#subscriber.ping().catch(() => {});
  }

  /** Answers all that wait. */
  close(): void {
    for (const settle of [...this.#waiting.values()]) settle(SILENT);
  }

  #receive(text: string): void {
    const message = text.length > MESSAGE_MAX_CHARS ? undefined : parse(text);
    if (message?.is === "answer" && message.answer) this.#waiting.get(message.id)?.(message.answer);
    else if (message?.is === "question") void this.#answer(message);
  }

  async #answer({ id, from, room, name, question }: Question): Promise<void> {
    const answer = await this.#answerTo(room, name, question);
    const text = (value: Answered<unknown>) =>
      JSON.stringify({ is: "answer", id, answer: value } satisfies Answer);
    const whole = text(answer);
    const sent = whole.length > MESSAGE_MAX_CHARS ? text(TOO_LARGE) : whole;
    // A lost answer is one that does not come: the other side refuses after its deadline.
    await this.#redis.publish(KEY.channel(from), sent).catch(() => {});
  }

  async #answerTo(room: string, name: RoomQuestion, question: unknown): Promise<Answered<unknown>> {
    const { isClosing, isFull, freePlaceIn } = this.#machine;
    const isEntry = name === "mayEnter" || name === "reserve";
    if (isEntry && isClosing()) return CLOSING;
    if (name === "reserve" && isFull()) return FULL;
    if (this.#answering >= IN_FLIGHT_MAX) return BUSY;
    this.#answering++;
    try {
      const answer: Answered<unknown> = await this.#askLocal(room, name, question as never);
      if (isEntry && !answer.ok && answer.status === REFUSAL.roomFull)
        await freePlaceIn(room, (question as RoomQuestions["reserve"][0]).visitor);
      return answer;
    } catch {
      // A machine of another version may ask what this one does not know.
      return FAILED;
    } finally {
      this.#answering--;
    }
  }
}

function parse(text: string): Question | Answer | undefined {
  try {
    return JSON.parse(text) as Question | Answer;
  } catch {
    return undefined;
  }
}
