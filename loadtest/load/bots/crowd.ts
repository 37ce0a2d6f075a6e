/** All bots of a run, whatever thread they live in. */
import { Worker } from "node:worker_threads";
import type {
  Agreed,
  Answers,
  AnswerTo,
  BotSpec,
  Entered,
  Order,
  Request,
  ThreadSetup,
  Told,
} from "./orders.ts";
import type { Sample } from "./tally.ts";

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, (answer: Answers[keyof Answers]) => void>;
}

/** Longer than this nobody waits for it. */
const GOODBYE_MS = 3_000;

export class Crowd {
  readonly #threads: readonly Thread[];
  /** Which thread each bot that is in a room, or was dropped out of it, lives in. */
  readonly #homes = new Map<number, Thread>();
  readonly #away = new Set<number>();
  readonly rooms = new Set<string>();
  #asked = 0;
  #born = 0;

  private constructor(threads: readonly Thread[]) {
    this.#threads = threads;
  }

  /** Resolves when all threads stand ready. `onFailure` is told when one of them dies. */
  static async gather(
    setup: ThreadSetup,
    threads: number,
    onFailure: (error: Error) => void,
  ): Promise<Crowd> {
    const ready: Promise<void>[] = [];
    const crowd = new Crowd(
      Array.from({ length: threads }, () => {
        const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: setup });
        const thread: Thread = { worker, waiting: new Map() };
        ready.push(
          new Promise((resolve, reject) => {
            worker.on("message", (told: Told) => {
              if ("news" in told && told.news === "ready") resolve();
              else crowd.#hear(thread, told);
            });
            worker.on("error", (error) => {
              reject(error);
              onFailure(error);
            });
          }),
        );
        return thread;
      }),
    );
    await Promise.all(ready);
    return crowd;
  }

  /** Bots that are in a room and connected. */
  get present(): number[] {
    return [...this.#homes.keys()].filter((bot) => !this.#away.has(bot));
  }

  /** Dropped, and not back yet. */
  get away(): number {
    return this.#away.size;
  }

  async enter(bot: Omit<BotSpec, "number">): Promise<Entered & { number: number }> {
    const number = ++this.#born;
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

  /** All at once. */
  async drop(bots: readonly number[]): Promise<void> {
    await Promise.all(
      this.#threads.map((thread) =>
        this.#order(thread, { do: "drop", bots: bots.filter((bot) => this.#homes.get(bot) === thread) }),
      ),
    );
  }

  /** A request to the room that the bot is in. */
  async ask(bot: number, request: Request): Promise<Agreed> {
    const thread = this.#homes.get(bot);
    return thread
      ? this.#order(thread, { do: "ask", bot, request })
      : { agreed: false, why: "the bot is not there" };
  }

  /** One of each thread, with what happened since the last. */
  sample(): Promise<Sample[]> {
    return Promise.all(this.#threads.map((thread) => this.#order(thread, { do: "sample" })));
  }

  /** Everybody says goodbye: a server that is not ours would keep their seats. */
  async disperse(): Promise<void> {
    const goodbyes = Promise.all([...this.#homes.keys()].map((bot) => this.leave(bot)));
    await Promise.race([goodbyes, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #order<Some extends Order>(thread: Thread, order: Some): Promise<AnswerTo<Some>> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      thread.waiting.set(id, resolve as (answer: unknown) => void);
      thread.worker.postMessage({ id, order });
    });
  }

  #hear(thread: Thread, told: Told): void {
    if ("id" in told) {
      thread.waiting.get(told.id)?.(told.answer);
      thread.waiting.delete(told.id);
    } else if (told.news === "gone") this.#forget(told.bot);
    else if (told.news === "dropped") this.#away.add(told.bot);
    else if (told.news === "back") this.#away.delete(told.bot);
  }

  #forget(bot: number): void {
    this.#homes.delete(bot);
    this.#away.delete(bot);
  }
}
