import fc from "fast-check";
import { expect, test } from "vitest";
import { messageBytes } from "#server/colyseus/internals.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { EventBytes } from "./eventBytes.ts";

const id = fc.string({ unit: "grapheme", maxLength: 12 });
const px = fc.double({ min: -100, max: 20_000, noNaN: true });
const anyEvent: fc.Arbitrary<SimEvent> = fc.oneof(
  fc.record({
    type: fc.constant("hit"),
    victim: id,
    shooter: id,
    damage: fc.nat(200),
    x: px,
    y: px,
  }),
  fc.record({ type: fc.constant("kill"), victim: id, killer: id, weapon: fc.constant("rail") }),
  fc.record({ type: fc.constant("explode"), drone: id, x: px, y: px }),
  fc.record({ type: fc.constant("match"), phase: fc.constant("results") }),
) as fc.Arbitrary<SimEvent>;

test("[EVENT-3] messages copied together from encoded events are, byte for byte, those that Colyseus would send", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2 ** 31 }),
      fc.array(anyEvent, { minLength: 1, maxLength: 40 }),
      fc.array(fc.infiniteStream(fc.boolean()), { minLength: 1, maxLength: 4 }),
      (tick, events, clients) => {
        const bytes = new EventBytes(tick, events);
        for (const sees of clients) {
          const visible = events.filter((_event, place) => {
            const isSeen = sees.next().value === true;
            if (isSeen) bytes.add(place);
            return isSeen;
          });
          const expected =
            visible.length === 0
              ? undefined
              : messageBytes(MESSAGE.event, { tick, events: visible.map(packEvent) });
          expect(bytes.take()).toEqual(expected);
        }
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});
