import { afterEach, expect, test } from "vitest";
import { Bans, closeBans, mayReturn, openBans } from "./bans.ts";

const home = "203.0.113.7";
const elsewhere = "198.51.100.9";
const troll = { identity: "troll", network: home };

afterEach(() => closeBans("BCDFG"));

test("[BAN-1] a banned identity is kept out wherever it comes from", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "friend"]);
  expect(bans.isBanned(troll)).toBe(true);
  expect(bans.isBanned({ identity: "troll", network: elsewhere })).toBe(true);
});

test("[BAN-2] a new identity from the banned network is kept out, and so is one without any", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll"]);
  expect(bans.isBanned({ identity: "troll-again", network: home })).toBe(true);
  expect(bans.isBanned({ identity: undefined, network: home })).toBe(true);
});

test("[BAN-3] who was in the room when the ban was spoken still gets in from the same network", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "sister", undefined]);
  expect(bans.isBanned({ identity: "sister", network: home })).toBe(false);
  expect(bans.isBanned({ identity: "brother", network: home })).toBe(true);
});

test("[BAN-4] who was spared by one ban and is then banned is kept out", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "second self"]);
  bans.ban({ identity: "second self", network: home }, ["second self"]);
  expect(bans.isBanned({ identity: "second self", network: home })).toBe(true);
  expect(bans.isBanned({ identity: "second self", network: elsewhere })).toBe(true);
});

test("[BAN-5] a second ban in a household does not take back who was spared by the first", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll", "sister"]);
  bans.ban({ identity: "brother", network: home }, ["brother"]);
  expect(bans.isBanned({ identity: "sister", network: home })).toBe(false);
});

test("[BAN-6] somebody without an identity can be banned, by network alone", () => {
  const bans = new Bans();
  bans.ban({ identity: undefined, network: home }, ["friend"]);
  expect(bans.isBanned({ identity: undefined, network: home })).toBe(true);
  expect(bans.isBanned({ identity: undefined, network: elsewhere })).toBe(false);
  expect(bans.isBanned({ identity: "friend", network: home })).toBe(false);
});

test("[BAN-7] nobody else is banned, and all are forgiven at once", () => {
  const bans = new Bans();
  bans.ban(troll, ["troll"]);
  expect(bans.isBanned({ identity: "guest", network: elsewhere })).toBe(false);
  bans.forgiveAll();
  expect(bans.isBanned(troll)).toBe(false);
  expect(bans.isBanned({ identity: "troll-again", network: home })).toBe(false);
});

test("[BAN-8] a ban holds in its own room, and no longer than the room lives", () => {
  openBans("BCDFG").ban(troll, []);
  expect(mayReturn("BCDFG", troll)).toBe(false);
  expect(mayReturn("CDFGH", troll)).toBe(true);
  closeBans("BCDFG");
  expect(mayReturn("BCDFG", troll)).toBe(true);
});
