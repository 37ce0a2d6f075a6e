/** Hitscan weapons, such as the rail: a shot hits at once, where the shooter saw its targets. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Command } from "#shared/schema/input.ts";
import { DRONE, HITSCANS, type HitscanName } from "#shared/tuning.ts";
import { cos, sin } from "./angle.ts";
import { castRay, isLineClear, rayEntersCircle } from "./collision.ts";
import { type Blow, strike } from "./damage.ts";
import type { SimEvent } from "./event.ts";
import { lineUp } from "./lineup.ts";
import { placeAlong } from "./projectile.ts";
import type { Place, SeenBy, Sight } from "./sight.ts";
import { canHurt } from "./teams.ts";
import { isAlive, type World } from "./world.ts";

/** A hitscan shot that was fired in this tick, with the shooter's pose. */
export interface HitscanShot {
  shooter: string;
  weapon: HitscanName;
  x: number;
  y: number;
  aim: number;
  command: Command;
}

type BeamOrigin = Pick<HitscanShot, "x" | "y" | "aim" | "weapon">;

/** Fires all hitscan shots of a tick. Finds all hits before it applies any, so that two drones can destroy each other. */
export function fireHitscans(
  world: World,
  shots: readonly HitscanShot[],
  seen: SeenBy,
  events: SimEvent[],
): void {
  const blows: Blow[] = [];
  for (const shot of shots) {
    const reachPx = reachOf(world.arena, shot);
    const hit = findVictim(world, shot, reachPx, seen(shot.shooter, shot.command));
    const end = placeAlong(shot, hit?.alongPx ?? reachPx);
    const { shooter, weapon } = shot;
    events.push({ type: "beam", shooter, weapon, x: shot.x, y: shot.y, toX: end.x, toY: end.y });
    if (hit) blows.push({ ...end, victim: hit.victim, shooter, weapon, damage: HITSCANS[weapon].damage });
  }
  for (const blow of blows) strike(world, blow, events);
}

/** The end of a line of fire that hits no drone: at a wall, or at the weapon's range. */
export function beamEnd(arena: Arena, from: BeamOrigin): Place {
  return placeAlong(from, reachOf(arena, from));
}

const reachOf = (arena: Arena, { x, y, aim, weapon }: BeamOrigin) =>
  castRay(arena, x, y, cos(aim), sin(aim), HITSCANS[weapon].rangePx);

interface RailHit {
  victim: string;
  alongPx: number;
}

/** The nearest drone on the line at the places that the shooter saw, except those that have long been behind a wall. */
function findVictim(world: World, shot: HitscanShot, reachPx: number, sight: Sight): RailHit | undefined {
  const ray = { x: shot.x, y: shot.y, dirX: cos(shot.aim), dirY: sin(shot.aim), fromPx: 0, toPx: reachPx };
  const team = world.state.drones.get(shot.shooter)?.team;
  let nearest: RailHit | undefined;
  for (const { id: victim, drone } of lineUp(world).byId) {
    if (victim === shot.shooter || !isAlive(drone) || !canHurt(world, team, drone.team)) continue;
    const place = sight.placeOf(victim, drone);
    if (!place) continue;
    const alongPx = rayEntersCircle(
      ray,
      place.x,
      place.y,
      DRONE.radiusPx + HITSCANS[shot.weapon].shotRadiusPx,
    );
    if (alongPx === undefined) continue;
    const isNearest =
      !nearest || alongPx < nearest.alongPx || (alongPx === nearest.alongPx && victim < nearest.victim);
    if (!isNearest) continue;
    // The point of the hull that was hit, not the centre: a drone that peeks out from a corner can be hit there.
    const point = placeAlong(shot, alongPx);
    const offset = { x: point.x - place.x, y: point.y - place.y };
    if (isExposed(world.arena, shot, sight.recentPlacesOf(victim, drone), offset)) {
      nearest = { victim, alongPx };
    }
  }
  return nearest;
}

/** Whether the shooter has a clear line to the point at `offset` from at least one of the places. */
function isExposed(arena: Arena, shot: HitscanShot, places: Iterable<Place>, offset: Place): boolean {
  for (const { x, y } of places) {
    if (isLineClear(arena, shot.x, shot.y, x + offset.x, y + offset.y)) return true;
  }
  return false;
}
