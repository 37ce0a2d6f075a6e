/** Carries what people say between them and the rules of chat.ts. */
import type { Client } from "@colyseus/core";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { ChatLine } from "#shared/protocol/chat.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { Chat } from "./chat.ts";

export class Talk {
  readonly #world: ArenaWorld;
  readonly #chat = new Chat();

  constructor(world: ArenaWorld) {
    this.#world = world;
  }

  say(clients: Iterable<Client>, sessionId: string, message: ChatMessage): Answer {
    const { state, rules } = this.#world;
    const company = { roster: state.roster, teamed: isTeamed(rules) };
    const { answer, heard } = this.#chat.say(sessionId, message, company, performance.now());
    if (!heard) return answer;
    const by = new Set(heard.by);
    for (const client of clients) {
      if (by.has(client.sessionId)) client.send(MESSAGE.chat, [heard.line] satisfies ChatLine[]);
    }
    return answer;
  }

  /** What was said lately, to who has just come, or come back. */
  tellKept(client: Client): void {
    const seat = this.#world.state.roster.get(client.sessionId);
    const lines = seat ? this.#chat.linesFor(client.sessionId, seat) : [];
    if (lines.length > 0) client.send(MESSAGE.chat, lines);
  }

  forget(sessionId: string): void {
    this.#chat.forget(sessionId);
  }
}
