/** Places in the room: a seat in the roster and a drone in the arena come and go together. */
import { type ArenaState, type Drone, RANK, Seat } from "#shared/schema/state.ts";
import type { ArenaWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import { isTeamed } from "#shared/sim/teams.ts";

export interface NewSeat {
  id: string;
  name: string;
  bot: boolean;
}

/** Puts a drone for this player or bot into the arena. */
export function takeSeat(
  world: ArenaWorld,
  { id, name, bot }: NewSeat,
): { drone: Drone; events: SimEvent[] } {
  const { state } = world;
  const team = freeTeam(world);
  const drone = createDrone(name, team);
  state.roster.set(
    id,
    new Seat({
      name,
      team,
      score: 0,
      bot,
      connected: true,
      spectating: false,
      rank: RANK.player,
      muted: false,
    }),
  );
  state.drones.set(id, drone);
  const events: SimEvent[] = [];
  spawnDrone(world, id, drone, events);
  return { drone, events };
}

export function freeSeat(state: ArenaState, id: string): void {
  state.drones.delete(id);
  state.roster.delete(id);
}

/** For a new match: sides anew, in equal numbers; players first, so that bots even out the rest. */
export function assignTeams(world: ArenaWorld): void {
  const seats = [...world.state.roster.entries()].sort(([, a], [, b]) => Number(a.bot) - Number(b.bot));
  for (const [index, [id, seat]] of seats.entries()) {
    seat.team = isTeamed(world.rules) ? index % 2 : index;
    const drone = world.state.drones.get(id);
    if (drone) drone.team = seat.team;
  }
}

/** Carries what the simulation decided into the score list. Writing an equal value costs nothing on the wire. */
export function updateRoster(state: ArenaState): void {
  for (const [id, seat] of state.roster.entries()) seat.score = state.drones.get(id)?.score ?? 0;
}

/** The smaller side; where there are none, a team of one's own. */
function freeTeam({ state, rules }: ArenaWorld): number {
  const teams = Array.from(state.drones.values(), ({ team }) => team);
  if (isTeamed(rules)) {
    const size = (side: number) => teams.filter((team) => team === side).length;
    return size(1) < size(0) ? 1 : 0;
  }
  let team = 0;
  while (teams.includes(team)) team++;
  return team;
}
