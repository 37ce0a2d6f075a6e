import { expect, test } from "vitest";
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { Allowances } from "./allowances.ts";

const troll = { identity: "troll", network: "203.0.113.7" };
const again = { identity: "troll again", network: troll.network };
const nameless = { identity: undefined, network: troll.network };
const elsewhere = { identity: "troll", network: "198.51.100.9" };
const stranger = { identity: "stranger", network: "198.51.100.10" };

const mayTalk = (allowances: Allowances, seat: string, nowMs = 0) => allowances.of(seat)?.take(nowMs);
/** Says all that a new bucket allows. */
const talkOut = (allowances: Allowances, seat: string, nowMs = 0) => {
  for (let i = 0; i < CHAT_RATE.burst; i++) expect(mayTalk(allowances, seat, nowMs)).toBe(true);
  expect(mayTalk(allowances, seat, nowMs)).toBe(false);
};

test.each([
  ["the same identity", troll],
  ["a new identity of the same network", again],
  ["no identity, from the same network", nameless],
  ["the same identity from another network", elsewhere],
])("[CHAT-RATE-1] leaving and joining again with %s gives no new allowance", (_how, back) => {
  const allowances = new Allowances();
  allowances.enter("first", troll, 0);
  talkOut(allowances, "first");
  allowances.leave("first", 0);
  allowances.enter("second", back, 0);
  expect(mayTalk(allowances, "second")).toBe(false);
  expect(mayTalk(allowances, "second", 1000 / CHAT_RATE.perSec)).toBe(true);
});

test("[CHAT-RATE-5] nor does another /64 of the same home", () => {
  const allowances = new Allowances();
  allowances.enter("first", { ...troll, network: "2001:db8:1:100::/64" }, 0);
  talkOut(allowances, "first");
  allowances.leave("first", 0);
  allowances.enter("second", { identity: "another", network: "2001:db8:1:1ff::/64" }, 0);
  expect(mayTalk(allowances, "second")).toBe(false);
});

test("[CHAT-RATE-2] people of one network who are in the room together have an allowance each", () => {
  const allowances = new Allowances();
  for (const [index, person] of [troll, again, nameless, stranger].entries()) {
    allowances.enter(String(index), person, 0);
  }
  for (const seat of ["0", "1", "2", "3"]) talkOut(allowances, seat);
});

test("[CHAT-RATE-3] the seats of one identity share an allowance, also after one of them left", () => {
  const allowances = new Allowances();
  allowances.enter("tab", troll, 0);
  allowances.enter("other tab", elsewhere, 0);
  talkOut(allowances, "tab");
  expect(mayTalk(allowances, "other tab")).toBe(false);
  allowances.leave("tab", 0);
  allowances.enter("neighbour", again, 0);
  talkOut(allowances, "neighbour");
});

test("[CHAT-RATE-4] as many people as left take over an allowance, and after ten seconds nobody does", () => {
  const allowances = new Allowances();
  allowances.enter("a", troll, 0);
  allowances.enter("b", again, 0);
  for (const seat of ["a", "b"]) {
    talkOut(allowances, seat);
    allowances.leave(seat, 0);
  }
  for (const seat of ["c", "d"]) {
    allowances.enter(seat, { ...nameless, identity: seat }, 0);
    expect(mayTalk(allowances, seat)).toBe(false);
  }
  allowances.enter("e", nameless, 0);
  talkOut(allowances, "e");
  allowances.leave("e", 0);
  const fullMs = (1000 * CHAT_RATE.burst) / CHAT_RATE.perSec;
  allowances.enter("f", nameless, fullMs);
  talkOut(allowances, "f", fullMs);
});
