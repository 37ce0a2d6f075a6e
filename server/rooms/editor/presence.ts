/** Shows editors one another: pointers, selections, chat, and lines on who comes and goes. */
import type { Client } from "@colyseus/core";
import { Allowances } from "#server/rooms/chat/allowances.ts";
import { censor } from "#server/services/wordFilter.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { CHAT_KEPT_LINES, CHAT_MAX_CHARS } from "#shared/protocol/chat.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import {
  type CursorMessage,
  EDITOR_MESSAGE,
  type EditorLine,
  type EditorNews,
} from "#shared/protocol/editor.ts";
import type { Person } from "./seats.ts";

export class Presence {
  readonly #broadcast: (line: EditorLine) => void;
  readonly #allowances = new Allowances();
  /** The chat, oldest line first. */
  readonly #kept: EditorLine[] = [];

  /** `broadcast`: sends a line to everybody. */
  constructor(broadcast: (line: EditorLine) => void) {
    this.#broadcast = broadcast;
  }

  entered({ id, admission }: Person, nowMs: number): void {
    this.#allowances.enter(id, admission, nowMs);
  }

  left({ id }: Person, nowMs: number): void {
    this.#allowances.leave(id, nowMs);
  }

  sendRecent(client: Client): void {
    for (const line of this.#kept) client.send(EDITOR_MESSAGE.chat, line);
  }

  /** A line of the room itself; `name`: who did it. */
  tell(news: EditorNews, name = ""): void {
    this.#broadcast({ from: "", name, text: news });
  }

  say({ id, editor }: Person, text: string, nowMs: number): Answer {
    const allowance = this.#allowances.of(id);
    if (!allowance?.take(nowMs))
      return { ok: false, reason: "tooFast", ...(allowance && { waitMs: allowance.waitMs }) };
    const cleaned = censor(cleanText(text, CHAT_MAX_CHARS));
    if (!cleaned) return { ok: false, reason: "empty" };
    const line: EditorLine = { from: id, name: editor.name, text: cleaned };
    this.#kept.push(line);
    if (this.#kept.length > CHAT_KEPT_LINES) this.#kept.shift();
    this.#broadcast(line);
    return { ok: true };
  }

  point({ tab, editor }: Person, { x, y, tool, selected }: CursorMessage, nowMs: number): void {
    if (!tab.cursors.take(nowMs)) return;
    Object.assign(editor, { x: Math.round(x), y: Math.round(y), tool, selected: selected.join(",") });
  }
}
