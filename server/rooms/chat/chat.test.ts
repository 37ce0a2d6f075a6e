import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { CHAT_KEPT_LINES, CHAT_MAX_CHARS, CHAT_RATE, CHAT_SCOPES } from "#shared/protocol/chat.ts";
import type { ChatMessage } from "#shared/protocol/messages.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { type ChatResult, type ChatRoom, ChatRules, type Talker } from "./chat.ts";

const person = (name: string, team: number, fields: Partial<Talker> = {}): Talker => ({
  name,
  team,
  spectating: false,
  muted: false,
  ...fields,
});

afterEach(() => vi.restoreAllMocks());

/** Two players on each side and two spectators. */
const room = (changes: Record<string, Talker> = {}, isTeamed = true): ChatRoom => ({
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
  isTeamed,
});

/** The rules, with everybody in the room. */
const chatOf = (seats = room().roster): ChatRules => {
  const chat = new ChatRules();
  for (const [seat] of seats.entries()) chat.enter(seat, { identity: seat, network: "203.0.113.7" }, 0);
  return chat;
};

const text = (said: string, scope: ChatMessage["scope"] = "all"): ChatMessage => ({ scope, text: said });
const recipients = ({ sent }: ChatResult) => [...(sent?.to ?? [])].sort();
const lineText = ({ sent }: ChatResult) =>
  sent && "text" in sent.line.said ? sent.line.said.text : undefined;

test("[CHAT-1] a line to all reaches players and spectators", () => {
  const said = chatOf().say("ann", text("hi"), room(), 0);
  expect(said.answer).toEqual({ ok: true });
  expect(recipients(said)).toEqual(["abe", "ann", "bea", "ben", "sam", "sue"]);
  expect(said.sent?.line).toEqual({ seat: "ann", name: "Ann", team: 0, scope: "all", said: { text: "hi" } });
});

test("[CHAT-2] a team line reaches the sender's side only, and no spectator", () => {
  expect(recipients(chatOf().say("ann", text("left!", "team"), room(), 0))).toEqual(["abe", "ann"]);
});

test("[CHAT-3] a spectator's team line goes to the spectators only, as a line to the spectators does", () => {
  for (const scope of ["spectators", "team"] as const) {
    const said = chatOf().say("sue", text("look at Ben", scope), room(), 0);
    expect(recipients(said)).toEqual(["sam", "sue"]);
    expect(said.sent?.line.scope).toBe("spectators");
  }
});

test("[CHAT-4] a team line is refused in a mode without sides", () => {
  const { answer, sent } = chatOf().say("ann", text("hi", "team"), room({}, false), 0);
  expect(answer).toEqual({ ok: false, reason: "noChoice" });
  expect(sent).toBeUndefined();
});

test("[CHAT-5] lines and phrases of a muted player, or of a client without a seat, are refused", () => {
  const chat = chatOf();
  const muted = room({ ann: person("Ann", 0, { muted: true }) });
  expect(chat.say("ann", text("hi"), muted, 0)).toEqual({ answer: { ok: false, reason: "muted" } });
  expect(chat.say("ann", { scope: "all", phrase: "hello" }, muted, 0).answer.ok).toBe(false);
  expect(chat.say("zoe", text("hi"), room(), 0)).toEqual({ answer: { ok: false, reason: "nobody" } });
  expect(chat.linesFor("bea", person("Bea", 1))).toEqual([]);
});

test("[CHAT-6] a line of invisible characters only is refused as empty", () => {
  for (const nothing of ["", "   ", "\u200b\u202e\u0000", "\u3164"]) {
    expect(chatOf().say("ann", text(nothing), room(), 0).answer).toEqual({
      ok: false,
      reason: "empty",
    });
  }
});

test("[CHAT-7] a line has at most 200 characters and no control, zero-width or direction characters", () => {
  const forbidden = /[\p{C}]/u;
  const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ maxLength: 400 }));
  fc.assert(
    fc.property(anything, (raw) => {
      const said = lineText(chatOf().say("ann", text(raw), room(), 0));
      if (said === undefined) return;
      expect([...new Intl.Segmenter().segment(said)].length).toBeLessThanOrEqual(CHAT_MAX_CHARS);
      expect(said).not.toMatch(forbidden);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("[CHAT-8] markup is sent as plain text", () => {
  const markup = '<img src=x onerror="alert(1)">';
  expect(lineText(chatOf().say("ann", text(markup), room(), 0))).toBe(markup);
});

test("[CHAT-9] foul words become asterisks, look-alike spellings included", () => {
  expect(lineText(chatOf().say("ann", text("ｓｈ１ｔ, fu\u200bсk"), room(), 0))).toBe("****, ****");
});

test("[CHAT-10] CHAT_RATE allows a burst, then one line every 2.5 s; a refusal says how long to wait", () => {
  const chat = chatOf();
  const say = (nowMs: number) => chat.say("ann", text("hi"), room(), nowMs).answer;
  for (let i = 0; i < CHAT_RATE.burst; i++) expect(say(0)).toEqual({ ok: true });
  const refused = say(0);
  expect(refused).toEqual({ ok: false, reason: "tooFast", waitMs: 1000 / CHAT_RATE.perSec });
  expect(say(1000)).toEqual({ ok: false, reason: "tooFast", waitMs: 1000 / CHAT_RATE.perSec - 1000 });
  expect(say(1000 / CHAT_RATE.perSec)).toEqual({ ok: true });
});

test("[CHAT-11] each person has a rate limit of their own, on which every line counts that was cleaned, also an empty one", () => {
  const chat = chatOf();
  const sides = room({}, false);
  for (let i = 0; i < 10; i++) chat.say("ann", text("hi"), room(), 0);
  for (let i = 0; i < 10; i++) chat.say("bea", text("hi", "team"), sides, 0);
  for (let i = 0; i < CHAT_RATE.burst; i++) {
    expect(chat.say("bea", text(" "), room(), 0).answer).toEqual({ ok: false, reason: "empty" });
  }
  expect(chat.say("bea", text("hi"), room(), 0).answer).toMatchObject({ ok: false, reason: "tooFast" });
});

test("[CHAT-16] a line that is refused as too fast, or of a muted player, is not cleaned", () => {
  const chat = chatOf();
  const muted = room({ bea: person("Bea", 1, { muted: true }) });
  const normalize = vi.spyOn(String.prototype, "normalize");
  for (let i = 0; i < CHAT_RATE.burst; i++) chat.say("ann", text("hi"), muted, 0);
  expect(normalize).toHaveBeenCalled();
  normalize.mockClear();
  for (const seat of ["ann", "bea"]) {
    for (let i = 0; i < 100; i++) chat.say(seat, text("\uFDFA".repeat(1330)), muted, 0);
  }
  expect(normalize).not.toHaveBeenCalled();
});

test("[CHAT-12] a newcomer gets the last 50 lines, oldest first", () => {
  const chat = chatOf();
  for (let i = 0; i < CHAT_KEPT_LINES + 10; i++) chat.say("ann", text(`line ${i}`), room(), i * 10_000);
  const lines = chat.linesFor("new", person("New", 1));
  expect(lines).toHaveLength(CHAT_KEPT_LINES);
  expect(lines[0]?.said).toEqual({ text: "line 10" });
  expect(lines.at(-1)?.said).toEqual({ text: "line 59" });
});

test("[CHAT-13] team lines from before are sent again to a returning player, but not to one who joins the side", () => {
  const chat = chatOf();
  for (const scope of CHAT_SCOPES) chat.say("ann", text(scope, scope), room(), 0);
  chat.say("sue", text("between us", "spectators"), room(), 0);
  const scopes = (seat: string, who: Talker) => chat.linesFor(seat, who).map(({ scope }) => scope);
  expect(scopes("new", person("New", 0))).toEqual(["all"]);
  expect(scopes("abe", person("Abe", 0))).toEqual(["all", "team"]);
  expect(scopes("ben", person("Ben", 1))).toEqual(["all"]);
  expect(scopes("new", person("New", 0, { spectating: true }))).toEqual(["all", "spectators", "spectators"]);
});

test("[CHAT-14] a phrase is sent by name; each page shows it in its own language", () => {
  const said = chatOf().say("ann", { scope: "all", phrase: "goodGame" }, room(), 0);
  expect(said.sent?.line.said).toEqual({ phrase: "goodGame" });
});

test("[CHAT-15] a room's own roster fits ChatRoom", () => {
  const room: ChatRoom = { roster: new ArenaState().roster, isTeamed: true };
  expect(chatOf().say("ann", text("hi"), room, 0).answer).toEqual({ ok: false, reason: "nobody" });
});
