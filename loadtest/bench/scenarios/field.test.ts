/** The field that all servers of the bench run. */
import { expect, test } from "vitest";
import { Field } from "#loadtest/bench/servers/field/field.ts";
import { meanInView } from "#loadtest/bench/servers/meanInView.ts";
import { DRONE } from "#shared/tuning.ts";
import { type FieldScenario, pathsOf, sidePx } from "./field.ts";
import { AIM_STEPS, nameOf, playerCalled } from "./script.ts";

const scenario = (fields: Partial<FieldScenario> = {}): FieldScenario => ({
  kind: "field",
  seed: 7,
  players: 40,
  spread: "equal",
  ...fields,
});

const scriptOf = (fields: Partial<FieldScenario>) =>
  pathsOf(scenario(fields)).map((path) => [path.startX, path.startY, ...[1, 2, 300].map(path.command)]);

test("[BENCH-1] a seed determines positions and commands, and another seed gives others", () => {
  expect(scriptOf({ seed: 7 })).toEqual(scriptOf({ seed: 7 }));
  expect(scriptOf({ seed: 8 })).not.toEqual(scriptOf({ seed: 7 }));
});

test("[BENCH-2] a command moves at full speed, fires nothing, and differs from the one before in its aim", () => {
  for (const path of pathsOf(scenario()).slice(0, 8)) {
    for (let n = 1; n <= 300; n++) {
      const { moveX, moveY, aim, buttons } = path.command(n);
      expect(Math.abs(Math.hypot(moveX, moveY) - 127)).toBeLessThan(1);
      expect(buttons).toBe(0);
      expect(aim).not.toBe(path.command(n - 1).aim);
    }
  }
});

test("[BENCH-3] an aim identifies its command after the rounding of every wire", () => {
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

test("[BENCH-4] players do not drift to a wall within half a minute", () => {
  const field = new Field(scenario());
  const paths = pathsOf(scenario());
  const commandOf = (player: number, tick: number) => {
    const path = paths[player];
    if (!path) throw new Error(`the scenario has no player ${player}`);
    return path.command(tick);
  };
  const side = sidePx(scenario());
  for (const player of paths.keys()) field.add(player);
  for (let tick = 1; tick <= 30 * 30; tick++) {
    for (const { queue, player } of field.bodies) queue.push(commandOf(player, tick));
    field.step();
  }
  const atWall = field.bodies.filter(({ x, y }) =>
    [x, y, side - x, side - y].some((px) => px <= DRONE.radiusPx + 1),
  );
  expect(atWall.length).toBeLessThanOrEqual(2);
});

test("[BENCH-5] at equal density a view holds about the same number of drones at every size; in the whole field, more and more", () => {
  const inView = (players: number, spread: FieldScenario["spread"]) =>
    meanInView(scenario({ players, spread }));
  expect(inView(400, "equal") / inView(100, "equal")).toBeLessThan(1.25);
  expect(inView(400, "whole") / inView(100, "whole")).toBeGreaterThan(3);
});

test("[BENCH-6] a name contains its player's number", () => {
  expect(playerCalled(nameOf(387))).toBe(387);
});
