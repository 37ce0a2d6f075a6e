/**
 * What people in a room say to each other: who may, how often, in which words, and who hears it. Knows no connections:
 * the room sends each line to its hearers.
 */
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import {
  CHAT_KEPT_LINES,
  CHAT_MAX_CHARS,
  CHAT_RATE,
  type ChatLine,
  type ChatScope,
} from "#shared/protocol/chat.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";

/** What chat asks of a seat; the roster's own are such. */
export interface Talker {
  readonly name: string;
  readonly team: number;
  readonly spectating: boolean;
  readonly muted: boolean;
}

/** Of the room, as it is now. */
export interface Company {
  /** By seat. Bots may be in it. */
  readonly roster: {
    get(seat: string): Talker | undefined;
    entries(): Iterable<readonly [string, Talker]>;
  };
  /** Whether the mode has sides. */
  readonly teamed: boolean;
}

export interface Said {
  /** For who said it. */
  answer: Answer;
  /** To be sent to these seats, of whom some may be bots or away; not there when it was refused. */
  heard?: { line: ChatLine; by: readonly string[] };
}

interface Kept {
  line: ChatLine;
  by: ReadonlySet<string>;
}

export class Chat {
  readonly #buckets = new Map<string, TokenBucket>();
  /** Oldest first. */
  readonly #kept: Kept[] = [];

  /** `nowMs` is on any clock that never steps back. */
  say(seat: string, message: ChatMessage, company: Company, nowMs: number): Said {
    const talker = company.roster.get(seat);
    if (!talker) return refused("nobody");
    if (talker.muted) return refused("muted");
    const said = cleaned(message);
    if (!said) return refused("empty");
    // Who watches has the others who watch for a team.
    const scope = talker.spectating && message.scope === "team" ? "spectators" : message.scope;
    if (scope === "team" && !company.teamed) return refused("noChoice");
    const bucket = this.#bucketOf(seat, nowMs);
    if (!bucket.take(nowMs)) return refused("tooFast", bucket.waitMs);
    const line: ChatLine = { seat, name: talker.name, team: talker.team, scope, said };
    const by = [...company.roster.entries()]
      .filter(([id, hearer]) => id === seat || isAmong(hearer, scope, talker.team))
      .map(([id]) => id);
    this.#keep({ line, by: new Set(by) });
    return { answer: { ok: true }, heard: { line, by } };
  }

  /**
   * The newest lines that this seat may read, oldest first, for who joins or comes back. What a side said among itself
   * is for those alone who were on it then: whoever joins could be the other side's, come to look.
   */
  linesFor(seat: string, { spectating }: Pick<Talker, "spectating">): ChatLine[] {
    return this.#kept
      .filter(
        ({ line: { scope }, by }) =>
          scope === "all" || by.has(seat) || (scope === "spectators" && spectating),
      )
      .map(({ line }) => line);
  }

  /** For a seat that is gone; its lines stay. */
  forget(seat: string): void {
    this.#buckets.delete(seat);
  }

  #bucketOf(seat: string, nowMs: number): TokenBucket {
    const bucket = this.#buckets.get(seat) ?? new TokenBucket(CHAT_RATE, nowMs);
    this.#buckets.set(seat, bucket);
    return bucket;
  }

  #keep(kept: Kept): void {
    this.#kept.push(kept);
    if (this.#kept.length > CHAT_KEPT_LINES) this.#kept.shift();
  }
}

/** Nothing when nothing is left of it. */
function cleaned(message: ChatMessage): ChatLine["said"] | undefined {
  if ("phrase" in message) return { phrase: message.phrase };
  const text = censor(cleanText(message.text, CHAT_MAX_CHARS));
  return text ? { text } : undefined;
}

function isAmong(hearer: Talker, scope: ChatScope, team: number): boolean {
  if (scope === "all") return true;
  return scope === "spectators" ? hearer.spectating : !hearer.spectating && hearer.team === team;
}

function refused(reason: Extract<Answer, { ok: false }>["reason"], waitMs?: number): Said {
  return { answer: { ok: false, reason, ...(waitMs !== undefined && { waitMs }) } };
}
