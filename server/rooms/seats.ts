/** Places in the room: a seat in the roster and a drone in the arena come and go together. */
import { type ArenaState, type Drone, Seat } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";

export interface NewSeat {
  id: string;
  name: string;
  bot: boolean;
}

/** Puts a drone for this player or bot into the arena. In deathmatch everybody is a team of one. */
export function takeSeat(
  world: World & { state: ArenaState },
  { id, name, bot }: NewSeat,
): { drone: Drone; events: SimEvent[] } {
  const { state } = world;
  const team = firstFreeTeam(state);
  const drone = createDrone(name, team);
  state.roster.set(id, new Seat({ name, team, score: 0, bot, connected: true }));
  state.drones.set(id, drone);
  const events: SimEvent[] = [];
  spawnDrone(world, id, drone, events);
  return { drone, events };
}

export function freeSeat(state: ArenaState, id: string): void {
  state.drones.delete(id);
  state.roster.delete(id);
}

/** Carries what the simulation decided into the score list. Writing an equal value costs nothing on the wire. */
export function updateRoster(state: ArenaState): void {
  for (const [id, seat] of state.roster.entries()) seat.score = state.drones.get(id)?.score ?? 0;
}

function firstFreeTeam(state: ArenaState): number {
  const taken = new Set(Array.from(state.drones.values(), (drone) => drone.team));
  let team = 0;
  while (taken.has(team)) team++;
  return team;
}
