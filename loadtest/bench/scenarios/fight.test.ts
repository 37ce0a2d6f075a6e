/** The fight's scripts: the same for every server, and such that the players of a room meet and hit each other. */
import { expect, test } from "vitest";
import { Fight } from "#loadtest/bench/servers/fight/fight.ts";
import { type Fought, noFights } from "#loadtest/bench/servers/fight/fightWatch.ts";
import { playRoom } from "#loadtest/bench/servers/playRoom.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { type FightScenario, fightScriptsOf } from "./fight.ts";
import { AIM_STEPS } from "./script.ts";

const scenario = (fields: Partial<FightScenario> = {}): FightScenario => ({
  kind: "fight",
  seed: 7,
  players: 20,
  roomSize: 8,
  ...fields,
});
const commandsOf = (fields: Partial<FightScenario>, count = 600) =>
  fightScriptsOf(scenario(fields)).map(({ command }) =>
    Array.from({ length: count }, (_, n) => command(n + 1)),
  );

test("[BENCH-FIGHT-1] a seed determines the commands of all players, and another seed gives others", () => {
  expect(commandsOf({ seed: 7 })).toEqual(commandsOf({ seed: 7 }));
  expect(commandsOf({ seed: 8 })).not.toEqual(commandsOf({ seed: 7 }));
});

test("[BENCH-FIGHT-2] the players of a room head for one corner at a time, within 54° of it, at full speed", () => {
  const [first = [], second = [], ...others] = commandsOf({}).slice(0, 8);
  const heading = ({ moveX, moveY }: { moveX: number; moveY: number }) => Math.atan2(moveY, moveX);
  for (const [n, command] of first.entries()) {
    for (const other of [second, ...others]) {
      const together = other[n] ?? command;
      expect(Math.cos(heading(command) - heading(together))).toBeGreaterThan(Math.cos(0.61 * Math.PI));
      expect(Math.hypot(together.moveX, together.moveY)).toBeGreaterThan(126);
    }
  }
});

test("[BENCH-FIGHT-3] an aim identifies its command after the rounding of every wire, and both triggers are pulled", () => {
  const wires = [(aim: number) => aim, Math.fround, (aim: number) => Math.round(aim * 1000) / 1000];
  for (const script of fightScriptsOf(scenario())) {
    let fired = 0;
    for (let n = 1; n < 2 * AIM_STEPS; n++) {
      const { aim, buttons } = script.command(n);
      for (const wire of wires) expect(script.commandShownBy(wire(aim))).toBe(n % AIM_STEPS);
      if (buttons & BUTTON.fire && buttons & BUTTON.altFire) fired++;
    }
    expect(fired).toBeGreaterThan(AIM_STEPS / 2);
    expect(fired).toBeLessThan(2 * AIM_STEPS);
  }
});

test.each([8, 16])(
  "[BENCH-FIGHT-4] within a minute the players of a room of %s hit, kill and pick up",
  (size) => {
    const fights = scenario({ players: size, roomSize: size });
    const fought = noFights();
    const counted = noFights();
    playRoom(fights, new Fight(fights, 1, fought), 60 * 30, (_tick, events) => count(events, counted));
    const perMinute = (each: number) => each * size;
    expect(fought.shots).toBeGreaterThan(perMinute(80));
    expect(fought.hits).toBeGreaterThan(perMinute(5));
    expect(fought.kills).toBeGreaterThan(perMinute(0.3));
    expect(fought.pickups).toBeGreaterThan(perMinute(0.5));
    // The watch reads from the state what the simulation reports. Hits of one drone in a tick count as one, and a pickup
    // that returns under a drone is never in the state.
    expect(fought.kills).toBe(counted.kills);
    for (const what of ["hits", "pickups"] as const) {
      expect(fought[what]).toBeLessThanOrEqual(counted[what]);
      expect(fought[what]).toBeGreaterThan(0.8 * counted[what]);
    }
  },
);

function count(events: readonly SimEvent[], into: Fought): void {
  for (const { type } of events) {
    if (type === "hit") into.hits++;
    if (type === "kill") into.kills++;
    if (type === "pickup") into.pickups++;
  }
}
