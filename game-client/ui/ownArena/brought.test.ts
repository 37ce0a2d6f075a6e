import { afterEach, expect, test } from "vitest";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { brought, offerBrought, parseOffers, withdraw } from "./brought.ts";

const offer = (digit: string): MapOffer => ({
  name: digit.repeat(64),
  title: `Arena ${digit}`,
  modes: ["deathmatch"],
  players: { min: 2, max: 8 },
  theme: "anvil",
  use: "match",
});

afterEach(() => {
  for (const { name } of brought.value) withdraw(name);
});

test("[OWNARENA-9] the newest arenas are offered first, each once, and a few at most", () => {
  for (const digit of "12345678") offerBrought(offer(digit));
  offerBrought(offer("5"));
  expect(brought.value.map(({ title }) => title)).toEqual(
    ["5", "8", "7", "6", "4", "3"].map((digit) => `Arena ${digit}`),
  );
});

test("[OWNARENA-10] an arena that is offered again stays one's own, until it is withdrawn", () => {
  offerBrought({ ...offer("a"), isOwn: true });
  offerBrought(offer("a"));
  expect(brought.value).toEqual([{ ...offer("a"), isOwn: true }]);
  withdraw("a".repeat(64));
  expect(brought.value).toEqual([]);
});

test("[OWNARENA-11] whatever the tab remembers, the form gets offers", () => {
  const good = offer("b");
  expect(parseOffers(JSON.stringify([good, null, 3, { name: "foundry" }, { ...good, players: {} }]))).toEqual(
    [good],
  );
  for (const text of [undefined, "", "{", "3", '{"length":1}']) expect(parseOffers(text)).toEqual([]);
});

test("[OWNARENA-12] an arena has its title once it is offered, and a common word before", () => {
  expect(mapTitle("c".repeat(64))).toBe("Own arena");
  offerBrought(offer("c"));
  expect(mapTitle("c".repeat(64))).toBe("Arena c");
  expect(mapTitle("c".repeat(63))).toBe(`C${"c".repeat(62)}`);
});
