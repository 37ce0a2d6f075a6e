/** Seats in the roster and drones in the arena: taking and freeing them, names, and how many a room holds. */
import { skeletonOf } from "#server/services/lookAlikes.ts";
import { companyOf } from "#shared/arena/company.ts";
import { SPECTATORS_MAX, TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { numberedName } from "#shared/protocol/playerName.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { type ArenaState, type Drone, NEW_SEAT, NO_TALLY, Seat } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createDrone, spawnDrone } from "#shared/sim/spawn.ts";
import { DRONE } from "#shared/tuning.ts";

export interface NewSeat {
  id: string;
  /** The wanted name; addToRoster adds a number when it is taken. */
  name: string;
  bot: boolean;
  /** Whether the name is the player's account's: others make way for it. */
  isAccount?: boolean;
  /** Names that other people's accounts have, and this player may not. */
  reserved?: readonly string[];
  /** Level from playing, and what the player wears; 0 for bots and for players of whom nothing is kept. */
  level?: number | undefined;
  look?: number | undefined;
}

/** Adds a player or bot to the roster and puts its drone into the arena, on this side. */
export function takeSeat(
  world: ArenaWorld,
  seat: NewSeat,
  team: number,
): { drone: Drone; events: SimEvent[] } {
  addToRoster(world.state, seat);
  return enterFight(world, seat.id, team);
}

/** Adds a spectator's seat: one without a drone, until enterFight. */
export function addToRoster(state: ArenaState, newSeat: NewSeat): Seat {
  const { id, name: wanted, bot, isAccount = false, reserved = [], level = 0, look = 0 } = newSeat;
  const { roster } = state;
  if (isAccount) makeWay(state, wanted);
  const name = uniqueName(wanted, [...namesIn(state), ...reserved]);
  const seat = new Seat({
    ...NEW_SEAT,
    ...{ name, bot, level, look },
    spectating: true,
    account: isAccount && name === wanted,
  });
  roster.set(id, seat);
  return seat;
}

const namesIn = ({ roster }: ArenaState): string[] => Array.from(roster.values(), ({ name }) => name);

/** Renames a guest or bot that bears an account's name: it joined before the account existed, or while the store was away. */
function makeWay(state: ArenaState, name: string): void {
  const wanted = skeletonOf(name);
  for (const [id, seat] of state.roster.entries()) {
    if (seat.account || skeletonOf(seat.name) !== wanted) continue;
    seat.name = uniqueName(seat.name, namesIn(state));
    const drone = state.drones.get(id);
    if (drone) drone.name = seat.name;
  }
}

/** Spawns a drone for a spectator, on this side. Throws when the ID has no seat. */
export function enterFight(
  world: ArenaWorld,
  id: string,
  team: number,
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

/** Turns a player into a spectator. */
export function leaveFight({ drones, roster }: ArenaState, id: string): void {
  drones.delete(id);
  const seat = roster.get(id);
  if (seat) Object.assign(seat, { spectating: true, team: 0, ...NO_TALLY });
}

export function freeSeat(state: ArenaState, id: string): void {
  state.drones.delete(id);
  state.roster.delete(id);
}

/** The number of players' seats, those kept for dropped players included. */
export const playersIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ bot, spectating }) => !bot && !spectating).length;

export const spectatorsIn = ({ roster }: ArenaState): number =>
  Array.from(roster.values()).filter(({ spectating }) => spectating).length;

/**
 * How many bots the room should have; `present` is how many it has. In a hosted room the settings decide, and bots make
 * way for players. In a public room bots keep connected players company, as many as the arena needs; while none is
 * connected, nothing changes.
 */
export function botsWanted(
  { state, arena }: Pick<ArenaWorld, "state" | "arena">,
  { bots, players }: RoomSettings,
  present: number,
): number {
  if (state.hosted) return Math.max(0, Math.min(bots, players - playersIn(state)));
  const connectedPlayers = Array.from(state.roster.values()).filter(
    ({ bot, connected, spectating }) => connected && !bot && !spectating,
  ).length;
  if (connectedPlayers === 0) return present;
  return Math.max(0, companyOf(arena) - connectedPlayers);
}

/**
 * How many connections Colyseus may admit. Spectators take no player's seat. A public room admits its number
 * of player seats plus its present spectators, so that reserved seats count and quick play finds no full room.
 */
export const maxConnections = (state: ArenaState, { players }: RoomSettings): number =>
  players + (state.hosted ? SPECTATORS_MAX : spectatorsIn(state));

/** Takes the drone out of the fight for the respawn delay, or for longer, as if it had been destroyed. */
export function bench(
  { tick }: Pick<ArenaState, "tick">,
  drone: Drone,
  ticks: number = DRONE.respawnTicks,
): void {
  Object.assign(drone, { hp: 0, killer: "", respawnTick: tick + ticks });
}

/** Copies scores and tallies into the roster. Writing an equal value sends no bytes. */
export function updateRoster({ state: { roster, drones }, stats }: ArenaWorld): void {
  roster.forEach((seat, id) => {
    const drone = drones.get(id);
    const tally = drone && stats.get(id);
    seat.score = drone?.score ?? 0;
    seat.kills = tally?.kills ?? 0;
    seat.deaths = tally?.deaths ?? 0;
    seat.assists = tally?.assists ?? 0;
    seat.objective = tally ? tally.carries + Math.floor(tally.hillTicks / TICKS_PER_SEC) : 0;
  });
}

/**
 * `wanted`, or `wanted` with the first number that makes it unique: the second "Ann" is "Ann 2". Names that look alike
 * (lookAlikes.ts) count as equal. `wanted` must be clean (cleanPlayerName).
 */
export function uniqueName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, skeletonOf));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : numberedName(wanted, number);
    if (!used.has(skeletonOf(name))) return name;
  }
}
