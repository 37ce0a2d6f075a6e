/** The world of the bench's other servers against Fracas' own simulation. */
import { expect, test } from "vitest";
import { arenaOf, type FieldScenario, pathsOf } from "#loadtest/bench/scenarios/field.ts";
import { nameOf } from "#loadtest/bench/scenarios/script.ts";
import { stepWorld } from "#shared/game/step.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, createWorld } from "#shared/testing/builders.ts";
import { Field } from "./field.ts";

const SCENARIO: FieldScenario = { kind: "field", seed: 3, players: 60, spread: "equal" };
/** The distance of two touching hulls, plus the way of one tick: bodies farther apart cannot collide in a tick. */
const TOUCHING_PX = 44 + 11;

function play(ticks: number, onTick: (field: Field, tick: number) => void): void {
  const field = new Field(SCENARIO);
  const paths = pathsOf(SCENARIO);
  for (const player of paths.keys()) field.add(player);
  for (let tick = 1; tick <= ticks; tick++) {
    for (const { queue, player } of field.bodies) {
      const command = paths[player]?.command(tick);
      if (command) queue.push(command);
    }
    field.step();
    onTick(field, tick);
  }
}

test("[BENCH-FIELD-1] drones move as in Fracas' own step, collisions and walls included", () => {
  const world = createWorld(arenaOf(SCENARIO));
  const paths = pathsOf(SCENARIO);
  const ids = paths.map((_, player) => nameOf(player));
  for (const [player, { startX, startY }] of paths.entries()) {
    addDrone(world, ids[player] ?? "", { x: startX, y: startY });
  }
  play(150, (field, tick) => {
    const commands = new Map(paths.map((path, player) => [ids[player] ?? "", [path.command(tick)]]));
    stepWorld(world, commands, seenNow);
    for (const { player, x, y, aim } of field.bodies) {
      const drone = world.state.drones.get(ids[player] ?? "");
      // The field keeps double precision between ticks; Fracas rounds to the wire's grid, a few steps of difference.
      expect(Math.hypot((drone?.x ?? 0) - x, (drone?.y ?? 0) - y)).toBeLessThan(1);
      expect(Math.cos((drone?.aim ?? 0) - aim)).toBeCloseTo(1, 3);
    }
  });
});

test("[BENCH-FIELD-2] the blockers of a body are all bodies near enough to collide with, without itself", () => {
  const field = new Field(SCENARIO);
  for (let player = 0; player < SCENARIO.players; player++) field.add(player);
  field.step();
  for (const [index, body] of field.bodies.entries()) {
    const near = field.bodies.filter(({ x, y }) => Math.hypot(x - body.x, y - body.y) < TOUCHING_PX);
    const found = field.blockersOf(index).map(({ x, y }) => `${x} ${y}`);
    for (const { player, x, y } of near) expect(found.includes(`${x} ${y}`)).toBe(player !== body.player);
  }
});

test("[BENCH-FIELD-3] a body that was removed blocks no other", () => {
  const field = new Field({ ...SCENARIO, players: 8 });
  const { id } = field.add(0);
  field.add(1);
  field.remove(id);
  field.step();
  expect(field.bodies.map(({ player }) => player)).toEqual([1]);
  expect(field.blockersOf(0)).toEqual([]);
});
