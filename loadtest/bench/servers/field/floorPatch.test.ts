/** The floor's patches and commands against a naive search of the view. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FieldScenario, pathsOf, sidePx } from "#loadtest/bench/scenarios/field.ts";
import {
  ENTITY_BYTES,
  HEAD_BYTES,
  packCommand,
  readCommand,
  readPatch,
} from "#loadtest/bench/wires/floorWire.ts";
import { type Body, Field } from "./field.ts";
import { FloorPatches, HALF_HEIGHT_PX, HALF_WIDTH_PX } from "./floorPatch.ts";

const SCENARIO: FieldScenario = { kind: "field", seed: 5, players: 80, spread: "whole" };

/** Bodies at these positions, in steps of the wire's grid (1/16 px). */
function bodiesAt(places: readonly (readonly [number, number])[]): readonly Body[] {
  const field = new Field(SCENARIO);
  return places.map(([x, y], player) => Object.assign(field.add(player), { x: x / 16, y: y / 16 }));
}

const anyPlace = fc.tuple(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 }));
const anyScene = fc.array(anyPlace, { minLength: 1, maxLength: SCENARIO.players });

test("[BENCH-FLOOR-1] a patch lists exactly the players that a search of all bodies finds in view, with their positions", () => {
  const patches = new FloorPatches(sidePx(SCENARIO), SCENARIO.players);
  fc.assert(
    fc.property(anyScene, (places) => {
      const bodies = bodiesAt(places);
      patches.read(bodies, 1);
      for (const eye of bodies) {
        const inView = bodies.filter(
          ({ x, y }) => Math.abs(x - eye.x) < HALF_WIDTH_PX && Math.abs(y - eye.y) < HALF_HEIGHT_PX,
        );
        const bytes = patches.patchFor(eye);
        const { entities } = readPatch(bytes);
        const shown = entities.map(({ id, x, y }) => ({ id, x, y })).sort((a, b) => a.id - b.id);
        expect(shown).toEqual(inView.map(({ player, x, y }) => ({ id: player, x, y })));
        expect(bytes.length).toBe(HEAD_BYTES + ENTITY_BYTES * inView.length);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("[BENCH-FLOOR-2] a patch holds the tick, the ack and the player's own velocity", () => {
  const [body] = bodiesAt([[16_000, 16_000]]);
  if (!body) throw new Error("no body was added");
  Object.assign(body, { vx: -329.03125, vy: 12.5, aim: Math.PI });
  body.queue.taken = 70_000;
  const patches = new FloorPatches(sidePx(SCENARIO), SCENARIO.players);
  patches.read([body], 65_537);
  const { tick, ack, vx, vy, entities } = readPatch(patches.patchFor(body));
  expect({ tick, ack, vx, vy }).toEqual({ tick: 1, ack: 70_000 % 65_536, vx: -329.03125, vy: 12.5 });
  expect(entities[0]?.aim).toBeCloseTo(Math.PI, 2);
});

test("[BENCH-FLOOR-3] later patches do not overwrite those that wait to be sent", () => {
  const bodies = bodiesAt(Array.from({ length: SCENARIO.players }, (_, at) => [30_000 + at, 30_000]));
  const patches = new FloorPatches(sidePx(SCENARIO), SCENARIO.players);
  patches.read(bodies, 1);
  const first = bodies.map((body) => patches.patchFor(body));
  const copies = first.map((bytes) => Buffer.from(bytes));
  for (let tick = 2; tick < 20; tick++) {
    patches.read(bodies, tick);
    for (const body of bodies) patches.patchFor(body);
  }
  expect(first).toEqual(copies);
});

test("[BENCH-FLOOR-4] a command survives packing and reading", () => {
  for (const path of pathsOf(SCENARIO).slice(0, 5)) {
    const command = path.command(99);
    const { aim, ...rest } = readCommand(packCommand(command));
    expect({ ...rest, aim: command.aim }).toEqual(command);
    expect(aim).toBeCloseTo(command.aim, 3);
  }
});
