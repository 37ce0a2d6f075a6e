import { expect, test } from "vitest";
import type { SimEvent } from "#shared/sim/event.ts";
import { packEvent, unpackEvents } from "./eventCodec.ts";

const events: SimEvent[] = [
  { type: "hit", victim: "a", shooter: "b", weapon: "rail", damage: 20, x: 10, y: 20 },
  { type: "kill", victim: "a", killer: "b", weapon: "rail" },
  { type: "explode", drone: "a", x: 1, y: 2 },
  { type: "spawn", drone: "a", x: 3, y: 4 },
  { type: "beam", shooter: "b", weapon: "rail", x: 1, y: 2, toX: 300, toY: 400 },
  { type: "feat", feat: "multiKill", drone: "a", value: 3 },
];

test("[EVENT-1] every kind of event is restored after packing, with places in whole pixels", () => {
  expect(unpackEvents(events.map(packEvent))).toEqual(events);
  const [hit] = events as [SimEvent];
  expect(unpackEvents([packEvent({ ...hit, x: 10.4, y: 19.6 } as SimEvent)])).toEqual([hit]);
});

test("[EVENT-2] a kind that this client does not know is skipped", () => {
  expect(unpackEvents([[99, "a"]])).toEqual([]);
});
