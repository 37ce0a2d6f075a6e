/**
 * Keeps finished matches until the store has counted them: file → store → news to the players → the file goes. A process that
 * dies at any step leaves the file, and the store counts a result once however often it is asked.
 */
import { log } from "#server/log.ts";
import { applyDurations, results } from "#server/services/metrics.ts";
import { MatchResult } from "#server/store/results/matchResult.ts";
import type { ResultOutcome } from "#server/store/results/results.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";
import { Outbox } from "./outbox.ts";
import { type Tell, type Waiting, WaitingResults } from "./waitingResults.ts";

/** Called with each counted match before its file is deleted; called again later if it rejects. */
export type Counted = (result: MatchResult, outcome: ResultOutcome) => Promise<void>;

const SWEEP_EVERY_MS = 60_000;
const WATCH_EVERY_MS = 1_000;
/** After this time without an answer of the store, players are told "kept". */
const SLOW_AFTER_MS = 2_000;
/** Fits into the time that drain.ts grants a stop. */
const CLOSE_WITHIN_MS = 1_500;
/** A result that the store refuses this often is set aside for the operator. */
const TRIES_MAX = 5;

export class ResultKeeper {
  readonly #store: Store;
  readonly #outbox: Outbox<MatchResult>;
  readonly #counted: Counted;
  readonly #waiting = new WaitingResults();
  readonly #timers: NodeJS.Timeout[];
  /** Writes and passes are separate chains, so that a slow store does not delay the file of the next match. */
  #writes: Promise<void> = Promise.resolve();
  #passes: Promise<void> | undefined;
  #isPassDue = false;
  #isClosed = false;
  #areWritesFailing = false;
  #awaySinceMs: number | undefined;

  /** Starts with what earlier runs have left in `folder`. */
  constructor(store: Store, folder: string, counted: Counted = async () => {}) {
    this.#store = store;
    this.#outbox = new Outbox(folder, MatchResult);
    this.#counted = counted;
    this.#timers = [
      setInterval(() => void this.sweep(), SWEEP_EVERY_MS).unref(),
      setInterval(() => this.#watch(), WATCH_EVERY_MS).unref(),
    ];
    void this.sweep();
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  get asideCount(): number {
    return this.#outbox.asideCount;
  }

  /** How long the store has not taken results, or not answered at all; undefined while it does. */
  get awaySec(): number | undefined {
    return this.#awaySinceMs === undefined
      ? undefined
      : Math.round((performance.now() - this.#awaySinceMs) / 1000);
  }

  /** Returns at once and never throws. */
  keep(result: MatchResult, tell: Tell): void {
    const waiting = this.#waiting.keep(result, tell);
    this.#write(waiting);
    setTimeout(() => this.#tellKept(waiting), SLOW_AFTER_MS).unref();
    void waiting.writing.then(() => this.#pass());
  }

  /** Tries again what waits, in memory and in the folder. Never rejects. */
  async sweep(): Promise<void> {
    for (const waiting of this.#waiting.values()) if (!waiting.isWritten) this.#write(waiting);
    await this.#writes;
    await this.#attempt("the outbox cannot be read", async () => {
      this.#waiting.addFiles(await this.#outbox.list());
    });
    // Without results no other question may come for a long time, and the store would stay marked as away.
    if (this.#waiting.size === 0 && this.#store.isAway) await this.#store.ask("ping", {}).catch(() => {});
    await this.#pass();
  }

  /** Resolves when all is counted that can be, within CLOSE_WITHIN_MS; what waits then is counted by the next run. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSE_WITHIN_MS);
    await Promise.race([this.#writes.then(() => this.#pass()), late]);
    clearTimeout(timer);
    this.#isClosed = true;
  }

  /** Only while no result waits: otherwise the results show whether the store takes them (it may answer with a full disk). */
  #watch(): void {
    if (this.#waiting.size === 0) this.#follow(this.#store.isAway);
  }

  #write(waiting: Waiting): void {
    waiting.writing = this.#writes.then(async () => {
      const { result } = waiting;
      if (!result || waiting.isWritten || !this.#waiting.has(result.id)) return;
      try {
        await this.#outbox.write(result);
        waiting.isWritten = true;
        this.#areWritesFailing = false;
      } catch (error) {
        if (!this.#areWritesFailing)
          log.error({ err: error }, "results cannot be written to DATA_DIR: they are in memory only");
        this.#areWritesFailing = true;
      }
    });
    this.#writes = waiting.writing;
  }

  /** One pass at a time; a result that arrives meanwhile is counted in a further one. */
  #pass(): Promise<void> {
    this.#isPassDue = true;
    this.#passes ??= this.#runPasses().finally(() => {
      this.#passes = undefined;
    });
    return this.#passes;
  }

  async #runPasses(): Promise<void> {
    while (this.#isPassDue) {
      this.#isPassDue = false;
      for (const id of this.#waiting.ids) {
        if (this.#isClosed || !(await this.#count(id))) break;
      }
    }
  }

  /** Returns whether the store answers, so that the next one may be tried. */
  async #count(id: string): Promise<boolean> {
    const waiting = this.#waiting.get(id);
    if (!waiting) return true;
    await waiting.writing;
    const result =
      waiting.result ?? (await this.#attempt("a result cannot be read", () => this.#outbox.read(id)));
    if (!result) {
      this.#waiting.delete(id);
      return true;
    }
    try {
      const outcome = await this.#ask(result);
      this.#follow(false);
      this.#tellCounted(waiting, outcome);
      await this.#finish(result, waiting, outcome);
    } catch (error) {
      this.#tellKept(waiting);
      const isAway = error instanceof StoreAwayError;
      this.#follow(isAway, error);
      if (isAway) return false;
      await this.#failed(id, waiting, error);
    }
    return true;
  }

  async #ask(result: MatchResult): Promise<ResultOutcome> {
    const askedAt = performance.now();
    const outcome = await this.#store.ask("applyResult", result);
    applyDurations.observeMs(performance.now() - askedAt);
    if (outcome.isNew) results.counted++;
    return outcome;
  }

  async #finish(result: MatchResult, { isWritten }: Waiting, outcome: ResultOutcome): Promise<void> {
    await this.#attempt("a counted match could not be handed on", async () => {
      await this.#counted(result, outcome);
      if (isWritten) await this.#outbox.remove(result.id);
      this.#waiting.delete(result.id);
    });
  }

  async #failed(id: string, waiting: Waiting, error: unknown): Promise<void> {
    waiting.tries++;
    log.error({ err: error, match: id, tries: waiting.tries }, "a result could not be counted");
    if (waiting.tries < TRIES_MAX) return;
    this.#waiting.delete(id);
    await this.#attempt("a result could not be set aside", () =>
      this.#outbox.setAside(id, "the store refuses it"),
    );
  }

  #tellCounted(waiting: Waiting, { gains }: ResultOutcome): void {
    const match = waiting.result?.id ?? "";
    for (const [player, gain] of gains.entries())
      if (gain) this.#tell(waiting, player, { is: "counted", match, gain });
    waiting.tell = undefined;
  }

  /** Tells players nothing about a result that is in memory only: it may still be lost. */
  #tellKept(waiting: Waiting): void {
    const { result, isWritten } = waiting;
    if (!result || !isWritten || waiting.wasToldKept) return;
    waiting.wasToldKept = true;
    for (const [player, { identity }] of result.players.entries())
      if (identity !== null) this.#tell(waiting, player, { is: "kept", match: result.id });
  }

  #tell({ tell }: Waiting, player: number, news: ResultNews): void {
    try {
      tell?.(player, news);
    } catch (error) {
      log.error({ err: error }, "a room failed to tell its players about a result");
    }
  }

  /** Logs once when the store goes away, and once when it is back. */
  #follow(isAway: boolean, error?: unknown): void {
    if (isAway === (this.#awaySinceMs !== undefined)) return;
    this.#awaySinceMs = isAway ? performance.now() : undefined;
    if (isAway)
      log.warn(
        { reason: (error as Error | undefined)?.message },
        "the store is away: results wait in DATA_DIR/outbox",
      );
    else log.info({ waiting: this.#waiting.size }, "the store is back: results are counted again");
  }

  async #attempt<Value>(failure: string, act: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await act();
    } catch (error) {
      log.error({ err: error }, failure);
      return undefined;
    }
  }
}
