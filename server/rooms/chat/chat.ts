/** Chat: who may speak, how often and in which words, who receives a line, and which lines a newcomer gets. */
import type { Client } from "@colyseus/core";
import type { Bannable } from "#server/admission/bans.ts";
import type { ChatForm } from "#server/admission/roomSnapshot.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { CHAT_KEPT_LINES, CHAT_MAX_CHARS, type ChatLine, type ChatScope } from "#shared/protocol/chat.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { Allowances } from "./allowances.ts";

/** The part of a seat that chat reads. */
export interface Talker {
  readonly name: string;
  readonly team: number;
  readonly spectating: boolean;
  readonly muted: boolean;
}

/** The room as it is now. */
export interface ChatRoom {
  /** By seat ID; includes bots. */
  readonly roster: {
    get(seat: string): Talker | undefined;
    entries(): Iterable<readonly [string, Talker]>;
  };
  /** Whether the mode has sides. */
  readonly isTeamed: boolean;
}

export interface ChatResult {
  /** For the sender. */
  answer: Answer;
  /** The line and the seats to send it to, some of which may be bots or disconnected. Absent when it was refused. */
  sent?: { line: ChatLine; to: readonly string[] };
}

interface KeptLine {
  line: ChatLine;
  to: ReadonlySet<string>;
}

/** The rules, without connections. */
export class ChatRules {
  readonly #allowances = new Allowances();
  /** Oldest first. */
  readonly #kept: KeptLine[] = [];

  /** A person took a seat. All times are of one monotonic clock. */
  enter(seat: string, person: Bannable, nowMs: number): void {
    this.#allowances.enter(seat, person, nowMs);
  }

  /** Asks for the allowance before it looks at the text, so that a line over the limit costs nothing. */
  say(seat: string, message: ChatMessage, room: ChatRoom, nowMs: number): ChatResult {
    const talker = room.roster.get(seat);
    const allowance = this.#allowances.of(seat);
    if (!talker || !allowance) return refused("nobody");
    if (talker.muted) return refused("muted");
    // A spectator's team is the other spectators.
    const scope = talker.spectating && message.scope === "team" ? "spectators" : message.scope;
    if (scope === "team" && !room.isTeamed) return refused("noChoice");
    if (!allowance.take(nowMs)) return refused("tooFast", allowance.waitMs);
    const said = cleaned(message);
    if (!said) return refused("empty");
    const line: ChatLine = { seat, name: talker.name, team: talker.team, scope, said };
    const to = [...room.roster.entries()]
      .filter(([id, other]) => id === seat || isInScope(other, scope, talker.team))
      .map(([id]) => id);
    this.#keep({ line, to: new Set(to) });
    return { answer: { ok: true }, sent: { line, to } };
  }

  /**
   * The newest lines that this seat may read, oldest first, for a client that joins or reconnects. Only seats that
   * received a team line at the time may read it again: a newcomer could have come from the other side to spy.
   */
  linesFor(seat: string, { spectating }: Pick<Talker, "spectating">): ChatLine[] {
    return this.#kept
      .filter(
        ({ line: { scope }, to }) =>
          scope === "all" || to.has(seat) || (scope === "spectators" && spectating),
      )
      .map(({ line }) => line);
  }

  /** The seat was freed; its lines stay. */
  leave(seat: string, nowMs: number): void {
    this.#allowances.leave(seat, nowMs);
  }

  /** Without allowances: in a restored room everybody has a full one. */
  snapshot(): ChatForm {
    return this.#kept.map(({ line, to }) => ({ line, to: [...to] }));
  }

  restore(lines: ChatForm): void {
    for (const { line, to } of lines) this.#keep({ line, to: new Set(to) });
  }

  #keep(kept: KeptLine): void {
    this.#kept.push(kept);
    if (this.#kept.length > CHAT_KEPT_LINES) this.#kept.shift();
  }
}

/** Applies the rules to a room's clients. */
export class Chat {
  readonly #world: ArenaWorld;
  readonly #rules = new ChatRules();

  constructor(world: ArenaWorld) {
    this.#world = world;
  }

  enter(sessionId: string, person: Bannable): void {
    this.#rules.enter(sessionId, person, performance.now());
  }

  say(clients: Iterable<Client>, sessionId: string, message: ChatMessage): Answer {
    const { state, rules } = this.#world;
    const room = { roster: state.roster, isTeamed: isTeamed(rules) };
    const { answer, sent } = this.#rules.say(sessionId, message, room, performance.now());
    if (!sent) return answer;
    const to = new Set(sent.to);
    for (const client of clients) {
      if (to.has(client.sessionId)) client.send(MESSAGE.chat, [sent.line] satisfies ChatLine[]);
    }
    return answer;
  }

  /** Sends the recent lines to a client that has joined or reconnected. */
  sendRecent(client: Client): void {
    const seat = this.#world.state.roster.get(client.sessionId);
    const lines = seat ? this.#rules.linesFor(client.sessionId, seat) : [];
    if (lines.length > 0) client.send(MESSAGE.chat, lines);
  }

  leave(sessionId: string): void {
    this.#rules.leave(sessionId, performance.now());
  }

  snapshot(): ChatForm {
    return this.#rules.snapshot();
  }

  restore(lines: ChatForm): void {
    this.#rules.restore(lines);
  }
}

/** The message without invisible characters and foul words; undefined when nothing is left. */
function cleaned(message: ChatMessage): ChatLine["said"] | undefined {
  if ("phrase" in message) return { phrase: message.phrase };
  const text = censor(cleanText(message.text, CHAT_MAX_CHARS));
  return text ? { text } : undefined;
}

function isInScope(other: Talker, scope: ChatScope, team: number): boolean {
  if (scope === "all") return true;
  return scope === "spectators" ? other.spectating : !other.spectating && other.team === team;
}

function refused(reason: Extract<Answer, { ok: false }>["reason"], waitMs?: number): ChatResult {
  return { answer: { ok: false, reason, ...(waitMs !== undefined && { waitMs }) } };
}
