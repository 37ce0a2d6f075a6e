/** Plays a scenario's first room in a simulation, without a server and without time. */
import { roomSizeOf, type Scenario, scriptsOf } from "#loadtest/bench/scenarios/scenario.ts";
import type { Member, RoomWorld } from "./roomWorld.ts";

/** The players' ids are their numbers. Calls `onTick` after each tick, with what the world's step returned. */
export function playRoom<Stepped>(
  scenario: Scenario,
  world: RoomWorld<Member, Stepped>,
  ticks: number,
  onTick: (tick: number, stepped: Stepped) => void,
): void {
  const scripts = scriptsOf(scenario).slice(0, roomSizeOf(scenario));
  const players = scripts.map((script, player) => ({ script, ...world.add(player, String(player)) }));
  for (let tick = 1; tick <= ticks; tick++) {
    for (const { script, queue } of players) queue.push(script.command(tick));
    onTick(tick, world.step());
  }
}
