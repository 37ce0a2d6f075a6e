import fc from "fast-check";
import { expect, test } from "vitest";
import { CHAT_KEPT_LINES, CHAT_MAX_CHARS, CHAT_RATE, CHAT_SCOPES } from "#shared/protocol/chat.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { Chat, type Company, type Said, type Talker } from "./chat.ts";

const person = (name: string, team: number, fields: Partial<Talker> = {}): Talker => ({
  name,
  team,
  spectating: false,
  muted: false,
  ...fields,
});

/** Two on each side, two who watch. */
const company = (changes: Record<string, Talker> = {}, teamed = true): Company => ({
  roster: new Map(
    Object.entries({
      ann: person("Ann", 0),
      abe: person("Abe", 0),
      bea: person("Bea", 1),
      ben: person("Ben", 1),
      sue: person("Sue", 0, { spectating: true }),
      sam: person("Sam", 0, { spectating: true }),
      ...changes,
    }),
  ),
  teamed,
});

const text = (said: string, scope: ChatMessage["scope"] = "all"): ChatMessage => ({ scope, text: said });
const hearers = ({ heard }: Said) => [...(heard?.by ?? [])].sort();
const lineText = ({ heard }: Said) => (heard && "text" in heard.line.said ? heard.line.said.text : undefined);

test("[CHAT-1] everybody hears what is said to all, players and who watches", () => {
  const said = new Chat().say("ann", text("hi"), company(), 0);
  expect(said.answer).toEqual({ ok: true });
  expect(hearers(said)).toEqual(["abe", "ann", "bea", "ben", "sam", "sue"]);
  expect(said.heard?.line).toEqual({ seat: "ann", name: "Ann", team: 0, scope: "all", said: { text: "hi" } });
});

test("[CHAT-2] what a side says among itself nobody else hears, who watches included", () => {
  expect(hearers(new Chat().say("ann", text("left!", "team"), company(), 0))).toEqual(["abe", "ann"]);
});

test("[CHAT-3] what who watches say to each other no player hears, whichever way they put it", () => {
  for (const scope of ["spectators", "team"] as const) {
    const said = new Chat().say("sue", text("look at Ben", scope), company(), 0);
    expect(hearers(said)).toEqual(["sam", "sue"]);
    expect(said.heard?.line.scope).toBe("spectators");
  }
});

test("[CHAT-4] where there are no sides nothing can be said to one's own", () => {
  const { answer, heard } = new Chat().say("ann", text("hi", "team"), company({}, false), 0);
  expect(answer).toEqual({ ok: false, reason: "noChoice" });
  expect(heard).toBeUndefined();
});

test("[CHAT-5] who is muted, and who has no seat, says nothing, phrases included", () => {
  const chat = new Chat();
  const muted = company({ ann: person("Ann", 0, { muted: true }) });
  expect(chat.say("ann", text("hi"), muted, 0)).toEqual({ answer: { ok: false, reason: "muted" } });
  expect(chat.say("ann", { scope: "all", phrase: "hello" }, muted, 0).answer.ok).toBe(false);
  expect(chat.say("zoe", text("hi"), company(), 0)).toEqual({ answer: { ok: false, reason: "nobody" } });
  expect(chat.linesFor("bea", person("Bea", 1))).toEqual([]);
});

test("[CHAT-6] nothing invisible is a line", () => {
  for (const nothing of ["", "   ", "\u200b\u202e\u0000", "\u3164"]) {
    expect(new Chat().say("ann", text(nothing), company(), 0).answer).toEqual({ ok: false, reason: "empty" });
  }
});

test("[CHAT-7] a line is text of at most 200 characters without control, zero-width and direction characters", () => {
  const forbidden = /[\p{C}]/u;
  const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ maxLength: 400 }));
  fc.assert(
    fc.property(anything, (raw) => {
      const said = lineText(new Chat().say("ann", text(raw), company(), 0));
      if (said === undefined) return;
      expect([...new Intl.Segmenter().segment(said)].length).toBeLessThanOrEqual(CHAT_MAX_CHARS);
      expect(said).not.toMatch(forbidden);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("[CHAT-8] markup stays the text that it is", () => {
  const markup = '<img src=x onerror="alert(1)">';
  expect(lineText(new Chat().say("ann", text(markup), company(), 0))).toBe(markup);
});

test("[CHAT-9] foul words become stars, also those that only look like themselves", () => {
  expect(lineText(new Chat().say("ann", text("ｓｈ１ｔ, fu\u200bсk"), company(), 0))).toBe("****, ****");
});

test("[CHAT-10] a few lines at once, then one every two and a half seconds; who is refused learns how long", () => {
  const chat = new Chat();
  const say = (nowMs: number) => chat.say("ann", text("hi"), company(), nowMs).answer;
  for (let i = 0; i < CHAT_RATE.burst; i++) expect(say(0)).toEqual({ ok: true });
  const refused = say(0);
  expect(refused).toEqual({ ok: false, reason: "tooFast", waitMs: 1000 / CHAT_RATE.perSec });
  expect(say(1000)).toEqual({ ok: false, reason: "tooFast", waitMs: 1000 / CHAT_RATE.perSec - 1000 });
  expect(say(1000 / CHAT_RATE.perSec)).toEqual({ ok: true });
});

test("[CHAT-11] one seat's haste is nobody else's wait, and what is refused costs nothing", () => {
  const chat = new Chat();
  for (let i = 0; i < 10; i++) chat.say("ann", text("hi"), company(), 0);
  for (let i = 0; i < 10; i++) chat.say("bea", text(" "), company(), 0);
  expect(chat.say("bea", text("hi"), company(), 0).answer).toEqual({ ok: true });
});

test("[CHAT-12] who joins gets the last 50 lines, oldest first", () => {
  const chat = new Chat();
  for (let i = 0; i < CHAT_KEPT_LINES + 10; i++) chat.say("ann", text(`line ${i}`), company(), i * 10_000);
  const lines = chat.linesFor("new", person("New", 1));
  expect(lines).toHaveLength(CHAT_KEPT_LINES);
  expect(lines[0]?.said).toEqual({ text: "line 10" });
  expect(lines.at(-1)?.said).toEqual({ text: "line 59" });
});

test("[CHAT-13] who joins a side does not read what it said before; who comes back to it does", () => {
  const chat = new Chat();
  for (const scope of CHAT_SCOPES) chat.say("ann", text(scope, scope), company(), 0);
  chat.say("sue", text("between us", "spectators"), company(), 0);
  const scopes = (seat: string, who: Talker) => chat.linesFor(seat, who).map(({ scope }) => scope);
  expect(scopes("new", person("New", 0))).toEqual(["all"]);
  expect(scopes("abe", person("Abe", 0))).toEqual(["all", "team"]);
  expect(scopes("ben", person("Ben", 1))).toEqual(["all"]);
  expect(scopes("new", person("New", 0, { spectating: true }))).toEqual(["all", "spectators", "spectators"]);
});

test("[CHAT-14] a phrase is sent by its name, for each page to show in its own language", () => {
  const said = new Chat().say("ann", { scope: "all", phrase: "goodGame" }, company(), 0);
  expect(said.heard?.line.said).toEqual({ phrase: "goodGame" });
});

test("[CHAT-15] a room's own roster is company", () => {
  const room: Company = { roster: new ArenaState().roster, teamed: true };
  expect(new Chat().say("ann", text("hi"), room, 0).answer).toEqual({ ok: false, reason: "nobody" });
});
