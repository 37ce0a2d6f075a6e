/** Sends a seed's requests beside the frames, and looks at the answers: some things no answer may say. */
import type { Attack } from "./attack.ts";
import { planRequest } from "./plan/requests.ts";
import { fillIn } from "./plan/requestText.ts";
import { requestSuspect } from "./suspects.ts";
import { exchange, type Outcome } from "./wire/exchange.ts";
import type { Answer } from "./wire/readAnswer.ts";
import { from } from "./wire/sources.ts";

/** So many are under way at once; those that are due while so many wait for an answer are left out. */
const AT_ONCE = 24;
/** Strangers have so few addresses among them that now and then one of them is over its limits. */
const STRANGERS = 20;
/** A line of a stack, or a path of ours. */
const STACK = /\n\s+at .+:\d+:\d+|node_modules\/|file:\/\/\//;

export class RequestSender {
  readonly #underWay = new Set<Promise<void>>();

  /** The n-th of the attack's seed. */
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
    const { kind, text, trickleBytes, isStranger } = planRequest(seed, index);
    const suspect = requestSuspect(seed, index);
    const done = suspects.note(suspect);
    const source = isStranger
      ? from(address, "strangers", index % STRANGERS)
      : from(address, "attackers", index);
    const outcome = await exchange(source, fillIn(text, target), trickleBytes).catch(
      (): Outcome => ({ kind: "hungUp" }),
    );
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

/** What an answer may not say, whatever was asked. */
export function whatIsWrong({ headers, body }: Answer, origin: string): string | undefined {
  if (STACK.test(body)) return `an answer shows a stack: ${body.slice(0, 200)}`;
  const granted = headers.get("access-control-allow-origin");
  if (granted !== undefined && !isSameHost(granted, origin)) return `an answer grants CORS to ${granted}`;
  return undefined;
}

/** Behind a proxy the scheme is the proxy's, so the server compares hosts. */
const isSameHost = (granted: string, origin: string) =>
  URL.canParse(granted) && new URL(granted).host === new URL(origin).host;
