/**
 * Sends each finished public match to WEBHOOK_URL, oldest first, and retries until the receiver takes it. Pending matches are
 * files, so that a restart loses none. A receiver may get a match twice, and recognises it by `webhook-id`.
 */
import { z } from "zod";
import { log } from "#server/log.ts";
import { withTitles } from "#server/services/publicReads.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { Store } from "#server/store/store.ts";
import { Outbox } from "./outbox.ts";
import { discordMessage, isDiscord, signedMessage } from "./webhookBody.ts";
import { type Call, call } from "./webhookCall.ts";

export interface WebhookRules {
  url: string;
  secret: string | undefined;
  allowPrivate: boolean;
  /** For links to the match's page. */
  publicUrl: string | undefined;
}

const Due = z.strictObject({ id: z.uuidv7(), queuedAt: z.int() });
type Due = z.infer<typeof Due>;

/** The wait after a failure; it doubles with each further failure in a row. */
const RETRY_MS = { first: 5_000, max: 3_600_000 } as const;
/** A match that the receiver refuses this often, with a status of 400 to 499, is set aside. */
const REFUSALS_MAX = 5;
const AGE_MAX_MS = 3 * 86_400_000;
/** 408, 425 and 429 ask for another try; 401, 403, 404 and 410 are about the address, and not about one match. */
const NOT_THIS_MATCH: ReadonlySet<number> = new Set([401, 403, 404, 408, 410, 425, 429]);

type Attempt = { is: "taken" } | { is: "refused"; why: string } | { is: "failed"; why: string; inMs: number };

export class Webhook {
  readonly #rules: WebhookRules;
  readonly #url: URL;
  readonly #store: Store;
  readonly #outbox: Outbox<Due>;
  readonly #call: typeof call;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #refusals = 0;
  readonly #closing = new AbortController();

  /** Starts with what earlier runs have left in `folder`. */
  constructor(
    rules: WebhookRules,
    store: Store,
    folder: string,
    send: (options: Call) => ReturnType<typeof call> = call,
  ) {
    this.#rules = rules;
    this.#url = new URL(rules.url);
    this.#store = store;
    this.#outbox = new Outbox(folder, Due);
    this.#call = send;
    this.#run();
  }

  /** Resolves once a restart would not lose the match. Throws the system's error. Ignores hosted matches, which are private. */
  async queue({ id, isHosted }: MatchResult): Promise<void> {
    if (isHosted) return;
    await this.#outbox.write({ id, queuedAt: Date.now() });
    // After a failure, the timer decides.
    if (this.#timer === undefined) this.#run();
  }

  /** Cancels the call that is under way: a receiver that does not answer must not hold up the stop. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #run(): void {
    this.#timer = undefined;
    if (this.#closing.signal.aborted) return;
    const before = this.#running ?? Promise.resolve();
    const run = before.then(() => this.#deliverAll());
    this.#running = run;
  }

  /** Never rejects. */
  async #deliverAll(): Promise<void> {
    try {
      for (const id of await this.#outbox.list()) {
        if (this.#closing.signal.aborted || this.#timer !== undefined) return;
        await this.#deliver(id);
      }
    } catch (error) {
      this.#retryLater((error as Error).message, this.#pauseMs());
    }
  }

  async #deliver(id: string): Promise<void> {
    const due = await this.#outbox.read(id);
    if (!due) return;
    const attempt = await this.#attempt(id);
    if (attempt.is === "taken") return this.#taken(id);
    if (attempt.is === "refused" && ++this.#refusals >= REFUSALS_MAX) {
      this.#refusals = 0;
      return this.#outbox.setAside(id, `WEBHOOK_URL refuses it: ${attempt.why}`);
    }
    if (Date.now() - due.queuedAt > AGE_MAX_MS) await this.#outbox.setAside(id, attempt.why);
    this.#retryLater(attempt.why, attempt.is === "failed" ? attempt.inMs : this.#pauseMs());
  }

  async #attempt(id: string): Promise<Attempt> {
    try {
      const stored = await this.#store.ask("matchOf", { uuid: id });
      if (!stored) return { is: "taken" };
      const [match = stored] = await withTitles(this.#store, [stored]);
      const { secret, publicUrl, allowPrivate } = this.#rules;
      const message = isDiscord(this.#url)
        ? discordMessage(match, publicUrl)
        : signedMessage(match, publicUrl, secret, Date.now());
      const { status, retryAfterSec } = await this.#call({
        ...message,
        url: this.#url,
        allowPrivate,
        cancel: this.#closing.signal,
      });
      const why = `status ${status}`;
      if (status >= 200 && status < 300) return { is: "taken" };
      if (status >= 400 && status < 500 && !NOT_THIS_MATCH.has(status)) return { is: "refused", why };
      const askedMs = Math.min((retryAfterSec ?? 0) * 1000, RETRY_MS.max);
      return { is: "failed", why, inMs: Math.max(askedMs, this.#pauseMs()) };
    } catch (error) {
      return { is: "failed", why: (error as Error).message, inMs: this.#pauseMs() };
    }
  }

  async #taken(id: string): Promise<void> {
    if (this.#failures > 0) log.info("WEBHOOK_URL takes matches again");
    this.#failures = 0;
    this.#refusals = 0;
    await this.#outbox.remove(id);
  }

  #pauseMs(): number {
    return Math.min(RETRY_MS.max, RETRY_MS.first * 2 ** this.#failures);
  }

  #retryLater(why: string, inMs: number): void {
    if (this.#closing.signal.aborted) return;
    if (this.#failures++ === 0) log.warn({ why }, "WEBHOOK_URL does not take matches: they wait");
    this.#timer = setTimeout(() => this.#run(), inMs).unref();
  }
}
