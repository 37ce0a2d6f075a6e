import { expect, test } from "vitest";
import { DRONE } from "#shared/tuning.ts";
import { meanInView } from "./meanInView.ts";
import { AIM_STEPS, nameOf, pathsOf, playerCalled, type Scenario, sidePx } from "./scenario.ts";
import { Field } from "./servers/field.ts";

const scenario = (fields: Partial<Scenario> = {}): Scenario => ({
  ...{ seed: 7, players: 40, spread: "equal" },
  ...fields,
});

const scriptOf = (fields: Partial<Scenario>) =>
  pathsOf(scenario(fields)).map((path) => [path.startX, path.startY, ...[1, 2, 300].map(path.command)]);

test("[BENCH-1] a seed says who stands where and commands what; another seed says something else", () => {
  expect(scriptOf({ seed: 7 })).toEqual(scriptOf({ seed: 7 }));
  expect(scriptOf({ seed: 8 })).not.toEqual(scriptOf({ seed: 7 }));
});

test("[BENCH-2] a command moves at full speed, pulls no trigger, and differs from the last in its aim", () => {
  for (const path of pathsOf(scenario()).slice(0, 8)) {
    for (let n = 1; n <= 300; n++) {
      const { moveX, moveY, aim, buttons } = path.command(n);
      expect(Math.abs(Math.hypot(moveX, moveY) - 127)).toBeLessThan(1);
      expect(buttons).toBe(0);
      expect(aim).not.toBe(path.command(n - 1).aim);
    }
  }
});

test("[BENCH-3] whatever a wire rounds an aim to, it still tells which command it shows", () => {
  const steps = (2 * Math.PI) / 256;
  const wires = [
    (aim: number) => aim,
    Math.fround,
    (aim: number) => Math.round(aim * 1000) / 1000,
    (aim: number) => (Math.round(aim / steps) % 256) * steps,
  ];
  for (const path of pathsOf(scenario()).slice(0, 6)) {
    for (let n = 0; n < 2 * AIM_STEPS; n++) {
      for (const wire of wires) expect(path.commandShownBy(wire(path.command(n).aim))).toBe(n % AIM_STEPS);
    }
  }
});

test("[BENCH-4] in half a minute nobody's way ends at a wall", () => {
  const field = new Field(scenario());
  const paths = pathsOf(scenario());
  const side = sidePx(scenario());
  for (const player of paths.keys()) field.add(player);
  for (let tick = 1; tick <= 30 * 30; tick++) {
    for (const { queue, player } of field.bodies) queue.push(paths[player]?.command(tick) ?? neverMind());
    field.step();
  }
  const atWall = field.bodies.filter(({ x, y }) =>
    [x, y, side - x, side - y].some((px) => px <= DRONE.radiusPx + 1),
  );
  expect(atWall.length).toBeLessThanOrEqual(2);
});

test("[BENCH-5] at equal density a view holds about as many at every size, in the largest field ever more", () => {
  const inView = (players: number, spread: Scenario["spread"]) => meanInView(scenario({ players, spread }));
  expect(inView(400, "equal") / inView(100, "equal")).toBeLessThan(1.25);
  expect(inView(400, "whole") / inView(100, "whole")).toBeGreaterThan(3);
});

test("[BENCH-6] a name tells its player's number", () => {
  expect(playerCalled(nameOf(387))).toBe(387);
});

function neverMind(): never {
  throw new Error("no such player");
}
