/** Fills a player's view with a crowd: drones that drive in circles, and projectiles that never run out. */
import { type Arena, isBushAt, isSolidAt } from "#shared/arena/arena.ts";
import { TICK_MS, VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type ArenaState, type Drone, NEW_SEAT, Projectile, Seat } from "#shared/schema/state.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { DRONE, PROJECTILE_NAMES } from "#shared/tuning.ts";

/** Stays within a tile, so that no drone drives through a wall. */
const CIRCLE_PX = 24;
const TURN_RAD_PER_MS = DRONE.maxSpeedPxPerSec / 2 / CIRCLE_PX / 1000;
/** Not the mortar, whose blast would push the player out of the crowd. */
const WEAPON = PROJECTILE_NAMES.indexOf("blaster");
/** Far above the ids that the simulation assigns. */
const FIRST_ID = 1_000_000;

/** Set every tick: no drone is destroyed for long, and nobody wins. */
const ENDLESS = { hp: DRONE.hp, score: 0 } as const;

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Member {
  readonly drone: Drone;
  readonly home: Place;
  readonly phase: number;
}

/**
 * Moves `self` to the middle of the arena, puts `drones` drones on the open floor around it, and keeps `shots` of their
 * projectiles in the air, until the returned function is called. Throws if the view has no room for that many.
 */
export function gatherCrowd(
  arena: Arena,
  state: ArenaState,
  self: Drone,
  { drones, shots }: { drones: number; shots: number },
): () => void {
  Object.assign(self, middleOf(arena));
  const places = placesAround(arena, self);
  if (places.length < drones) throw new Error(`there is room for ${places.length} drones in view`);
  const members = Array.from({ length: drones }, (_, index) => {
    const home = places[Math.floor((index * places.length) / drones)] as Place;
    return addMember(state, home, index);
  });
  const startedAt = performance.now();
  let fired = 0;
  const fire = () => {
    const index = fired % members.length;
    const { drone } = members[index] as Member;
    const { x, y, aim, team } = drone;
    const owner = ownerOf(index);
    const shot = new Projectile({ x, y, aim, team, owner, weapon: WEAPON, bornTick: state.tick });
    state.projectiles.set(String(FIRST_ID + fired++), shot);
  };
  const turn = setInterval(() => {
    const angle = (performance.now() - startedAt) * TURN_RAD_PER_MS;
    for (const { drone, home, phase } of members) {
      const x = home.x + Math.cos(angle + phase) * CIRCLE_PX;
      const y = home.y + Math.sin(angle + phase) * CIRCLE_PX;
      // Aims at the player, so that the projectiles stay in its view.
      Object.assign(drone, { x, y, aim: Math.atan2(self.y - y, self.x - x), ...ENDLESS });
    }
    Object.assign(self, ENDLESS);
    while (state.projectiles.size < shots) fire();
  }, TICK_MS);
  return () => clearInterval(turn);
}

const ownerOf = (index: number) => `crowd-${index}`;

/** The pickup nearest to the middle, outside bushes: pickups are on open floor. */
function middleOf(arena: Arena): Place {
  const [x, y] = [arena.widthPx / 2, arena.heightPx / 2];
  const near = arena.pickups.toSorted((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  const spot = near.find((each) => !isBushAt(arena, each.x, each.y)) ?? { x, y };
  return { x: spot.x, y: spot.y };
}

/** The centres of the tiles in view that are neither wall nor bush. */
function placesAround(arena: Arena, { x, y }: Place): Place[] {
  const { tilePx, columns, rows } = arena;
  const all = Array.from({ length: columns * rows }, (_, index) => ({
    x: ((index % columns) + 0.5) * tilePx,
    y: (Math.floor(index / columns) + 0.5) * tilePx,
  }));
  return all.filter((place) => {
    const isInView =
      Math.abs(place.x - x) < VIEW_WIDTH_PX / 2 - tilePx &&
      Math.abs(place.y - y) < VIEW_HEIGHT_PX / 2 - tilePx;
    const isOpen = !isSolidAt(arena, place.x, place.y) && !isBushAt(arena, place.x, place.y);
    return isInView && isOpen && Math.hypot(place.x - x, place.y - y) > tilePx;
  });
}

function addMember(state: ArenaState, home: Place, index: number): Member {
  const name = `Crowd ${index}`;
  const drone = createDrone(name, index + 4);
  Object.assign(drone, { ...home, hp: DRONE.hp, shield: index % 3 === 0 ? DRONE.maxShield : 0 });
  state.drones.set(ownerOf(index), drone);
  state.roster.set(ownerOf(index), new Seat({ ...NEW_SEAT, name, team: drone.team, bot: true }));
  return { drone, home, phase: index };
}
