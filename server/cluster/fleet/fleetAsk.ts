/**
 * Questions between machines, over Redis pub/sub: each machine listens on one channel of its own, for questions and for the
 * answers to its own. Every failure is a value. Whoever may write to Redis may ask: Redis' password guards it.
 */
import type { Redis } from "ioredis";
import { orThrow } from "#server/admission/refusals.ts";
import type { Reservations } from "#server/admission/reservations.ts";
import {
  type Answered,
  type AskRoom,
  answered,
  type RoomQuestion,
  type RoomQuestions,
  refusal,
} from "#server/admission/roomQuestions.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { KEY } from "./keys.ts";
import type { Machine } from "./machine.ts";
import { AWAY } from "./redisDirectory.ts";

const ANSWERS_WITHIN_MS = 2_000;
/** For so long quick play leads nobody to a machine that has not answered, or that has turned a player away as a whole. */
const AVOIDED_FOR_MS = 3_000;
/** Questions that wait for their answer, and questions that are being answered. */
const IN_FLIGHT_MAX = 1_000;
const MESSAGE_MAX_CHARS = 256 * 1024;

const BUSY = refusal(REFUSAL.restarting, "Too many players come at once. Try again in a moment.", 2);
const TOO_LARGE = refusal(500, "The message between two machines is too large.");
const SILENT = refusal(REFUSAL.restarting, "The room's machine does not answer. Try again in a moment.", 2);
const NOT_ASKED = refusal(404, "Machines do not ask one another this.");
const FAILED = refusal(500, "The room's machine could not answer.");
const FULL = refusal(REFUSAL.serverFull, "The room's machine is full. Try again in half a minute.", 30);
const CLOSING = refusal(
  REFUSAL.restarting,
  "The room's machine is about to restart. Try again in a moment.",
  2,
);

/**
 * Questions that machines may ask about one another's rooms. All others concern connections that come to a machine, of its own stop, or its
 * operator's: whoever may write to Redis learns no room's secrets by it, and ends nobody's connection.
 */
export const ASKED_ELSEWHERE: ReadonlySet<string> = new Set<RoomQuestion>([
  ...(["mayEnter", "reserve", "holderOf", "reconnect", "hasSeat", "takeOver", "live"] as const),
]);

/** Refusals of a machine as a whole, or of a process of it. */
const TURNED_AWAY: ReadonlySet<number> = new Set([REFUSAL.serverFull, REFUSAL.restarting]);

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
  /** Frees a place in the room that nobody uses, for the next who asks. Never rejects. */
  freePlaceIn(room: string, by: Visitor): Promise<void>;
}

type Asked = Seating & Pick<Machine, "id" | "isClosing" | "isFull">;

export class FleetAsk {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #machine: Asked;
  readonly #askLocal: AskRoom;
  readonly #waiting = new Map<number, (answer: Answered<unknown>) => void>();
  /** Seats that visitors of other machines have reserved here. */
  readonly #held: Reservations;
  /** Machines that did not answer or turned a player away, and until when (performance.now()) that counts. */
  readonly #avoidedUntilMs = new Map<string, number>();
  #lastId = 0;
  #answering = 0;

  /** `subscriber`: a connection of its own, which does not subscribe again by itself (nobody catches ioredis' rejection). */
  constructor(redis: Redis, subscriber: Redis, machine: Asked, askLocal: AskRoom, held: Reservations) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#machine = machine;
    this.#askLocal = askLocal;
    this.#held = held;
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
    if (!answer.ok && answer !== AWAY && TURNED_AWAY.has(answer.status))
      this.#avoidedUntilMs.set(machine, performance.now() + AVOIDED_FOR_MS);
    return answer;
  }

  isAvoided(machine: string): boolean {
    const untilMs = this.#avoidedUntilMs.get(machine);
    if (untilMs !== undefined && untilMs < performance.now()) this.#avoidedUntilMs.delete(machine);
    return this.#avoidedUntilMs.has(machine);
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
    if (!ASKED_ELSEWHERE.has(name)) return NOT_ASKED;
    const isEntry = name === "mayEnter" || name === "reserve";
    if (isEntry && isClosing()) return CLOSING;
    if (name === "reserve" && isFull()) return FULL;
    if (this.#answering >= IN_FLIGHT_MAX) return BUSY;
    this.#answering++;
    try {
      const answer: Answered<unknown> =
        name === "reserve"
          ? await this.#reserve(room, question as RoomQuestions["reserve"][0])
          : await this.#askLocal(room, name, question as never);
      if (isEntry && !answer.ok && answer.status === REFUSAL.roomFull)
        await freePlaceIn(room, (question as RoomQuestions["reserve"][0]).visitor);
      return answer;
    } catch {
      // A machine of another version may ask in another form.
      return FAILED;
    } finally {
      this.#answering--;
    }
  }

  /** The player connects to this machine, so the seat is held here, where it is heard that they take it up. */
  async #reserve(room: string, question: RoomQuestions["reserve"][0]): Promise<Answered<Reservation>> {
    try {
      const reserve = async () => orThrow(await this.#askLocal(room, "reserve", question));
      return answered(await this.#held.hold(question.visitor, reserve));
    } catch (error) {
      if (error instanceof Refused) return refusal(error.status, error.message, error.retryAfterSec);
      throw error;
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
