/** Sends a seed's HTTP requests beside the frames, and checks what no answer may contain. */
import type { Attack, RequestSender } from "./context.ts";
import { type ClientKind, planRequest } from "./plan/requests.ts";
import { fillIn } from "./plan/requestText.ts";
import { requestSuspect } from "./suspects.ts";
import { exchange, type Outcome } from "./wire/exchange.ts";
import type { Address } from "./wire/link.ts";
import type { Answer } from "./wire/readAnswer.ts";
import { from } from "./wire/sources.ts";

/** Requests under way at the same time; a request that is due beyond that is skipped. */
const AT_ONCE = 24;
/** Number of addresses without the bots' token: low, so that some exceed the per-address limits. */
const STRANGERS = 20;
/** A line of a stack trace, or a path of the server's code. */
const STACK = /\n\s+at .+:\d+:\d+|node_modules\/|file:\/\/\//;

export class ParallelRequests implements RequestSender {
  readonly #underWay = new Set<Promise<void>>();

  send(attack: Attack, index: number): void {
    if (this.#underWay.size >= AT_ONCE) return;
    const sending = this.#exchange(attack, index).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #exchange(attack: Attack, index: number): Promise<void> {
    const { seed, target, tally, suspects, watchdog, address } = attack;
    const { kind, text, trickleBytes, client } = planRequest(seed, index);
    const suspect = requestSuspect(seed, index);
    const done = suspects.note(suspect);
    const isFlood = kind === "flood";
    const outcome = await exchange(
      sourceOf(client, address, index),
      fillIn(text, target),
      trickleBytes,
      isFlood,
    ).catch((): Outcome => ({ kind: "hungUp" }));
    done();
    tally.requests++;
    tally.requestKinds.add(kind);
    tally.answers.add(outcome.kind === "answered" ? outcome.answer.status : outcome.kind);
    const wrong = outcome.kind === "answered" && whatIsWrong(outcome.answer, target.origin);
    if (!wrong) return;
    suspects.convict(suspect);
    watchdog.bark(wrong);
  }
}

/** The proxy is this machine, whose X-Forwarded-For header the server believes. */
function sourceOf(client: ClientKind, address: Address, index: number): Address {
  if (client === "proxied") return address;
  return client === "stranger"
    ? from(address, "strangers", index % STRANGERS)
    : from(address, "attackers", index);
}

/** Texts of the store's libraries when a statement fails, which no answer may contain. */
const DATABASE =
  /SQLITE_|sqlite3?:|syntax error at|constraint failed|violates .* constraint|no such (?:table|column)|kysely/i;

/**
 * What is wrong with an answer to any request: a stack trace, words of the database, or CORS for another origin that could
 * show whose page it is. Undefined if nothing is.
 */
export function whatIsWrong({ headers, body }: Answer, origin: string): string | undefined {
  if (STACK.test(body)) return `an answer shows a stack trace: ${body.slice(0, 200)}`;
  if (DATABASE.test(body)) return `an answer shows an error of the database: ${body.slice(0, 200)}`;
  const granted = headers.get("access-control-allow-origin");
  // What anybody may read, without cookies: browsers send none to "*".
  if (granted === "*" && !headers.has("access-control-allow-credentials")) return undefined;
  if (granted !== undefined && !isSameHost(granted, origin)) return `an answer grants CORS to ${granted}`;
  return undefined;
}

/** Hosts only: behind a proxy the server cannot know the scheme. */
const isSameHost = (granted: string, origin: string) =>
  URL.canParse(granted) && new URL(granted).host === new URL(origin).host;
