/** All bots of a run, in whichever thread they live. */
import { Worker } from "node:worker_threads";
import type {
  Agreed,
  Answers,
  AnswerTo,
  BotSpec,
  Entered,
  FromThread,
  Order,
  Request,
  ThreadSetup,
} from "./orders.ts";
import type { Sample } from "./tally.ts";

interface Thread {
  readonly worker: Worker;
  /** By the id of the order. */
  readonly waiting: Map<number, (answer: Answers[keyof Answers]) => void>;
}

/** The longest wait for all bots to leave. */
const GOODBYE_MS = 3_000;

export class Crowd {
  readonly #threads: readonly Thread[];
  /** The thread of each bot that holds a seat, connected or dropped. */
  readonly #homes = new Map<number, Thread>();
  readonly #away = new Set<number>();
  /** Ids of all rooms that bots have entered. */
  readonly rooms = new Set<string>();
  #orders = 0;
  #lastNumber = 0;

  private constructor(threads: readonly Thread[]) {
    this.#threads = threads;
  }

  /** Resolves when all threads are ready. Calls `onFailure` when one of them dies, then or later. */
  static async gather(
    setup: ThreadSetup,
    threads: number,
    onFailure: (error: Error) => void,
  ): Promise<Crowd> {
    const ready: Promise<void>[] = [];
    const start = (): Thread => {
      const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: setup });
      const thread: Thread = { worker, waiting: new Map() };
      worker.on("error", onFailure);
      ready.push(
        new Promise((resolve, reject) => {
          worker.on("error", reject);
          worker.on("message", (message: FromThread) => {
            if ("news" in message && message.news === "ready") resolve();
            else crowd.#receive(thread, message);
          });
        }),
      );
      return thread;
    };
    const crowd = new Crowd(Array.from({ length: threads }, start));
    await Promise.all(ready);
    return crowd;
  }

  /** Bots that are in a room and connected. */
  get present(): number[] {
    return [...this.#homes.keys()].filter((bot) => !this.#away.has(bot));
  }

  /** The number of bots that were dropped and are not back yet. */
  get away(): number {
    return this.#away.size;
  }

  async enter(bot: Omit<BotSpec, "number">): Promise<Entered & { number: number }> {
    const number = ++this.#lastNumber;
    const thread = this.#threads[number % this.#threads.length];
    if (!thread) throw new Error("the crowd has no thread");
    const entered = await this.#order(thread, { do: "enter", bot: { ...bot, number } });
    if (entered.entered) {
      this.#homes.set(number, thread);
      this.rooms.add(entered.roomId);
    }
    return { ...entered, number };
  }

  async leave(bot: number): Promise<void> {
    const thread = this.#homes.get(bot);
    if (thread) await this.#order(thread, { do: "leave", bot });
    this.#forget(bot);
  }

  /** Drops all these bots at the same time. */
  async drop(bots: readonly number[]): Promise<void> {
    await Promise.all(
      this.#threads.map((thread) =>
        this.#order(thread, { do: "drop", bots: bots.filter((bot) => this.#homes.get(bot) === thread) }),
      ),
    );
  }

  /** Sends a request to the bot's room. */
  async ask(bot: number, request: Request): Promise<Agreed> {
    const thread = this.#homes.get(bot);
    return thread
      ? this.#order(thread, { do: "ask", bot, request })
      : { agreed: false, why: "the bot is not there" };
  }

  /** One sample of each thread, of the time since its last one. */
  sample(): Promise<Sample[]> {
    return Promise.all(this.#threads.map((thread) => this.#order(thread, { do: "sample" })));
  }

  /** All bots leave, because a server that runs on would keep their seats; then the threads end. */
  async disperse(): Promise<void> {
    const goodbyes = Promise.all([...this.#homes.keys()].map((bot) => this.leave(bot)));
    await Promise.race([goodbyes, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #order<Some extends Order>(thread: Thread, order: Some): Promise<AnswerTo<Some>> {
    const id = ++this.#orders;
    return new Promise((resolve) => {
      thread.waiting.set(id, resolve as (answer: unknown) => void);
      thread.worker.postMessage({ id, order });
    });
  }

  #receive(thread: Thread, message: FromThread): void {
    if ("id" in message) {
      thread.waiting.get(message.id)?.(message.answer);
      thread.waiting.delete(message.id);
    } else if (message.news === "gone") this.#forget(message.bot);
    else if (message.news === "dropped") this.#away.add(message.bot);
    else if (message.news === "back") this.#away.delete(message.bot);
  }

  #forget(bot: number): void {
    this.#homes.delete(bot);
    this.#away.delete(bot);
  }
}
