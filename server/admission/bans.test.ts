import { afterEach, expect, test } from "vitest";
import { Refused } from "#server/edge/refused.ts";
import { assertNotBanned, Bans, closeBans, openBans } from "./bans.ts";

const home = "203.0.113.7";
const elsewhere = "198.51.100.9";
const troll = { identity: "troll", network: home };

afterEach(() => closeBans("BCDFG"));

test("[BAN-1] a banned identity stays banned on every network", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "friend"]);
  expect(bans.isBanned(troll)).toBe(true);
  expect(bans.isBanned({ identity: "troll", network: elsewhere })).toBe(true);
});

test("[BAN-2] a ban covers new identities, and visitors without one, from the same network", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll"]);
  expect(bans.isBanned({ identity: "troll-again", network: home })).toBe(true);
  expect(bans.isBanned({ identity: undefined, network: home })).toBe(true);
});

test("[BAN-9] a ban covers the /56 of a home, such as its guest Wi-Fi, and not its neighbours", () => {
  const bans = new Bans();
  bans.ban({ identity: "troll", network: "2001:db8:1:100::/64" }, []);
  expect(bans.isBanned({ identity: undefined, network: "2001:db8:1:1ff::/64" })).toBe(true);
  expect(bans.isBanned({ identity: undefined, network: "2001:db8:1:200::/64" })).toBe(false);
});

test("[BAN-3] a ban spares identities of the same network that had a seat when it was made", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "sister", undefined]);
  expect(bans.isBanned({ identity: "sister", network: home })).toBe(false);
  expect(bans.isBanned({ identity: "brother", network: home })).toBe(true);
});

test("[BAN-4] an identity that one ban spared can be banned by another", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "second self"]);
  bans.ban({ identity: "second self", network: home }, ["second self"]);
  expect(bans.isBanned({ identity: "second self", network: home })).toBe(true);
  expect(bans.isBanned({ identity: "second self", network: elsewhere })).toBe(true);
});

test("[BAN-5] a second ban on a network still spares the identities that the first one spared", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "sister"]);
  bans.ban({ identity: "brother", network: home }, ["brother"]);
  expect(bans.isBanned({ identity: "sister", network: home })).toBe(false);
});

test("[BAN-6] a visitor without an identity is banned by network alone", () => {
  const bans = new Bans();
  bans.ban({ identity: undefined, network: home }, ["friend"]);
  expect(bans.isBanned({ identity: undefined, network: home })).toBe(true);
  expect(bans.isBanned({ identity: undefined, network: elsewhere })).toBe(false);
  expect(bans.isBanned({ identity: "friend", network: home })).toBe(false);
});

test("[BAN-7] a ban does not touch other networks, and forgiveAll lifts all bans", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll"]);
  expect(bans.isBanned({ identity: "guest", network: elsewhere })).toBe(false);
  bans.forgiveAll();
  expect(bans.isBanned(troll)).toBe(false);
  expect(bans.isBanned({ identity: "troll-again", network: home })).toBe(false);
});

test("[BAN-12] forgiving a person lifts what holds against them, and spares nobody else", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "other"]);
  bans.ban({ identity: "other", network: home }, ["other"]);
  bans.forgive(troll);
  expect(bans.isBanned(troll)).toBe(false);
  expect(bans.isBanned({ identity: "other", network: elsewhere })).toBe(true);
  expect(bans.isBanned({ identity: "newcomer", network: home })).toBe(true);
  bans.forgive({ identity: "newcomer", network: home });
  expect(bans.isBanned({ identity: "newcomer", network: home })).toBe(false);
  bans.forgive({ identity: undefined, network: home });
  expect(bans.isBanned({ identity: undefined, network: home })).toBe(false);
  expect(bans.isBanned({ identity: "other", network: home })).toBe(true);
});

test("[BAN-11] forgiving the last banned person of a network frees its newcomers, wherever that person is now", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll"]);
  bans.forgive({ identity: "troll", network: elsewhere });
  expect(bans.isBanned({ identity: "newcomer", network: home })).toBe(false);
});

test("[BAN-10] a room keeps its newest 500 bans", () => {
  const bans = new Bans();
  const nth = (n: number) => ({ identity: `troll ${n}`, network: `198.51.100.${n}` });
  for (let n = 0; n <= 500; n++) bans.ban(nth(n), []);
  expect([0, 1, 500].map((n) => bans.isBanned(nth(n)))).toEqual([false, true, true]);
});

test("[BAN-8] a ban holds in its own room only, until the room is disposed", () => {
  openBans("BCDFG").ban(troll, []);
  expect(() => assertNotBanned("BCDFG", troll)).toThrow(Refused);
  expect(() => assertNotBanned("CDFGH", troll)).not.toThrow();
  closeBans("BCDFG");
  expect(() => assertNotBanned("BCDFG", troll)).not.toThrow();
});
