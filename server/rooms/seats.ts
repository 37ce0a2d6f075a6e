/** Places in the room: a player's or bot's seat in the roster and a drone in the arena come and go together. */

import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { type ArenaState, type Drone, RANK, Seat } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { DRONE } from "#shared/tuning.ts";
import { uniqueName } from "./uniqueName.ts";

export interface NewSeat {
  id: string;
  /** As it is wanted; it gets a number where somebody has it already. */
  name: string;
  bot: boolean;
}

/** Puts a drone for this player or bot into the arena. */
export function takeSeat(world: ArenaWorld, seat: NewSeat): { drone: Drone; events: SimEvent[] } {
  addToRoster(world.state, seat);
  return enterFight(world, seat.id);
}

/** A seat for who watches: without a drone until they enter the fight. */
export function addToRoster({ roster }: ArenaState, { id, name: wanted, bot }: NewSeat): Seat {
  const names = Array.from(roster.values(), ({ name }) => name);
  const seat = new Seat({
    ...{ name: uniqueName(wanted, names), team: 0, score: 0, bot, connected: true },
    ...{ spectating: true, rank: RANK.player, muted: false },
  });
  roster.set(id, seat);
  return seat;
}

/** From among the spectators into the arena: to this side, or where there is room. */
export function enterFight(
  world: ArenaWorld,
  id: string,
  team = freeTeam(world),
): { drone: Drone; events: SimEvent[] } {
  const { state } = world;
  const seat = state.roster.get(id);
  if (!seat) throw new Error(`"${id}" has no seat`);
  Object.assign(seat, { team, spectating: false });
  const drone = createDrone(seat.name, team);
  state.drones.set(id, drone);
  const events: SimEvent[] = [];
  spawnDrone(world, id, drone, events);
  return { drone, events };
}

export function leaveFight({ drones, roster }: ArenaState, id: string): void {
  drones.delete(id);
  const seat = roster.get(id);
  if (seat) Object.assign(seat, { spectating: true, team: 0, score: 0 });
}

export function freeSeat(state: ArenaState, id: string): void {
  state.drones.delete(id);
  state.roster.delete(id);
}

/** Places that players hold; kept ones are held too. */
export const playersIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ bot, spectating }) => !bot && !spectating).length;

export const spectatorsIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ spectating }) => spectating).length;

/** To the other side, and back into the fight from there after a while: no way out of one that is being lost. */
export function switchTeam({ state }: ArenaWorld, id: string, team: number): void {
  const [seat, drone] = [state.roster.get(id), state.drones.get(id)];
  if (!seat || !drone || seat.team === team) return;
  seat.team = team;
  drone.team = team;
  bench(state, drone);
}

/** Out for as long as who was destroyed. */
export function bench({ tick }: Pick<ArenaState, "tick">, drone: Drone): void {
  Object.assign(drone, { hp: 0, killer: "", respawnTick: tick + DRONE.respawnTicks });
}

/** Bots change sides until both are as strong. */
export function evenOutBots(world: ArenaWorld): void {
  if (!isTeamed(world.rules)) return;
  for (;;) {
    const lead = sizeOf(world, 0) - sizeOf(world, 1);
    const [larger, smaller] = lead > 0 ? [0, 1] : [1, 0];
    const bot = [...world.state.roster.entries()].find(([, seat]) => seat.bot && seat.team === larger);
    if (Math.abs(lead) < 2 || !bot) return;
    switchTeam(world, bot[0], smaller);
  }
}

/**
 * For a new match: sides anew, in equal numbers; players first, so that bots even out the rest. Or players stay where
 * they, or the host, have put them.
 */
export function assignTeams(world: ArenaWorld, keepSides = false): void {
  const seats = [...world.state.roster.entries()]
    .filter(([, { spectating }]) => !spectating)
    .sort(([, a], [, b]) => Number(a.bot) - Number(b.bot));
  for (const [index, [id, seat]] of seats.entries()) {
    if (!keepSides) seat.team = isTeamed(world.rules) ? index % 2 : index;
    const drone = world.state.drones.get(id);
    if (drone) drone.team = seat.team;
  }
  if (keepSides) evenOutBots(world);
}

/** Carries what the simulation decided into the score list. Writing an equal value costs nothing on the wire. */
export function updateRoster(state: ArenaState): void {
  for (const [id, seat] of state.roster.entries()) seat.score = state.drones.get(id)?.score ?? 0;
}

/** So many drones are on a side. */
const sizeOf = ({ state }: ArenaWorld, side: number): number =>
  Array.from(state.drones.values()).filter(({ team }) => team === side).length;

/** The smaller side; where there are none, a team of one's own. */
function freeTeam(world: ArenaWorld): number {
  if (isTeamed(world.rules)) return sizeOf(world, 1) < sizeOf(world, 0) ? 1 : 0;
  const teams = new Set(Array.from(world.state.drones.values(), ({ team }) => team));
  let team = 0;
  while (teams.has(team)) team++;
  return team;
}
