/** Chooses sides: even in number first, then in strength. In a mode without sides each drone is a side of its own. */
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import type { Seat } from "#shared/schema/state.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { bench } from "./seats.ts";

/** A player's points; 0 for bots, so that people are spread before them. */
export type StrengthOf = (id: string) => number;

const WEAKEST: StrengthOf = () => 0;

/** For a newcomer: the smaller side, of equal ones the weaker; in a mode without sides, a number that no drone has. */
export function freeTeam(world: ArenaWorld, strengthOf: StrengthOf = WEAKEST): number {
  const { drones } = world.state;
  if (isTeamed(world.rules)) {
    const sides = [emptySide(), emptySide()] as const;
    for (const [id, { team }] of drones.entries()) if (team < 2) add(sides[team as 0 | 1], strengthOf(id));
    return weaker(sides);
  }
  const teams = new Set(Array.from(drones.values(), ({ team }) => team));
  let team = 0;
  while (teams.has(team)) team++;
  return team;
}

/**
 * Assigns sides for a new match. With `keepSides` players keep their sides and only bots move.
 *
 * The players' sides differ in number by one at most, and in strength by the largest difference between two players of
 * neighbouring strength at most, if the number is even: of each such pair the stronger one joins the weaker side.
 */
export function assignTeams(world: ArenaWorld, keepSides = false, strengthOf: StrengthOf = WEAKEST): void {
  const seats = [...world.state.roster.entries()].filter(([, { spectating }]) => !spectating);
  if (!keepSides) {
    // Stable: equally strong players take turns in the order in which they came.
    seats.sort(
      ([a, one], [b, other]) => Number(one.bot) - Number(other.bot) || strengthOf(b) - strengthOf(a),
    );
    if (isTeamed(world.rules)) drawSides(seats, strengthOf);
    else for (const [index, [, seat]] of seats.entries()) seat.team = index;
  }
  for (const [id, { team }] of seats) {
    const drone = world.state.drones.get(id);
    if (drone) drone.team = team;
  }
  if (keepSides) evenOutBots(world);
}

/** Moves a player to the other side; it respawns there after the usual delay, so that switching is no escape. */
export function switchTeam({ state }: ArenaWorld, id: string, team: number): void {
  const [seat, drone] = [state.roster.get(id), state.drones.get(id)];
  if (!seat || !drone || seat.team === team) return;
  seat.team = team;
  drone.team = team;
  bench(state, drone);
}

/** Moves bots to the smaller side until the sides differ by at most one. */
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

interface Side {
  size: number;
  strength: number;
}

const emptySide = (): Side => ({ size: 0, strength: 0 });

function add(side: Side, strength: number): void {
  side.size++;
  side.strength += strength;
}

const weaker = ([a, b]: readonly [Side, Side]): 0 | 1 =>
  b.size < a.size || (b.size === a.size && b.strength < a.strength) ? 1 : 0;

/** `seats`: the strongest first. Each joins the smaller side, of equal ones the weaker. */
function drawSides(seats: readonly (readonly [string, Seat])[], strengthOf: StrengthOf): void {
  const sides = [emptySide(), emptySide()] as const;
  for (const [id, seat] of seats) {
    seat.team = weaker(sides);
    add(sides[seat.team as 0 | 1], strengthOf(id));
  }
}

/** The number of drones on the side. */
const sizeOf = ({ state }: ArenaWorld, side: number): number =>
  Array.from(state.drones.values()).filter(({ team }) => team === side).length;
