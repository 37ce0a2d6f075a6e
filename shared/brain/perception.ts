/** The input of a brain, built from a room's state or from a client's decoded state, and what a bot sees of it. */
import type { Arena, HillSpot } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Drone, Flag, Pickup, Projectile } from "#shared/schema/state.ts";
import { type Hideable, isHidden } from "#shared/sim/concealment.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { type DroneBody, isAlive } from "#shared/sim/world.ts";
import type { ProjectileName } from "#shared/tuning.ts";

/** The part of the state that brains read; a client's holds only the entities in its area of interest. */
export interface SeenState {
  readonly tick: number;
  readonly mode: ModeName;
  readonly drones: Entries<Drone>;
  readonly projectiles: Entries<Projectile>;
  readonly pickups: Entries<Pickup>;
  readonly flags: Entries<Flag>;
  readonly hill: HillSpot;
  /** The teams of all players in the room. Without it a bot knows only the teams of `drones`. */
  readonly roster?: Entries<{ readonly team: number }>;
}

interface Entries<Entity> {
  readonly size: number;
  get(id: string): Entity | undefined;
  entries(): Iterable<[string, Entity]>;
}

/** A bot's own drone, with the fields that only its owner receives. */
export type OwnDrone = DroneBody & Pick<Drone, "team" | "shield">;

/** A drone as other players see it: without a velocity. */
export interface SeenDrone extends Hideable {
  readonly id: string;
  readonly team: number;
  readonly shield: number;
  /** Bits of STATUS. */
  readonly status: number;
}

/** A projectile at its current place. */
export interface SeenShot extends Place {
  readonly weapon: ProjectileName;
  readonly ownerTeam: number | undefined;
  readonly bornTick: number;
  readonly dirX: number;
  readonly dirY: number;
  readonly speedPxPerTick: number;
  /** Distance left to the end of its flight. */
  readonly leftPx: number;
}

export type SeenFlag = Place & { readonly team: number; readonly carrier: string };

/**
 * Everything in the room, and the bot that looks at it. The brain must use only what its player could see or hear:
 * `lookAround` and memory.ts filter by that.
 */
export interface Perception {
  readonly tick: number;
  readonly mode: ModeName;
  readonly id: string;
  readonly self: OwnDrone;
  /** Its index among the sorted ids of its team, and the team's size, as players know them from the roster. */
  readonly rank: number;
  readonly teamSize: number;
  /** Includes its own. */
  readonly drones: readonly SeenDrone[];
  readonly droneById: ReadonlyMap<string, SeenDrone>;
  readonly shots: readonly SeenShot[];
  /** By index of the arena's pickups: whether it is there. */
  readonly hasPickup: readonly boolean[];
  readonly flags: readonly SeenFlag[];
  readonly hill: HillSpot;
  /** The events of the last tick. */
  readonly events: readonly SimEvent[];
}

/** The living drones that a bot sees. */
export interface Sights {
  readonly enemies: SeenDrone[];
  readonly friends: SeenDrone[];
}

/** Whether a place is in the view of an eye, which is the centre of its screen. */
export const isInView = (eye: Place, place: Place): boolean =>
  Math.abs(place.x - eye.x) < VIEW_WIDTH_PX / 2 && Math.abs(place.y - eye.y) < VIEW_HEIGHT_PX / 2;

export const isSeen = (arena: Arena, eye: Place, drone: SeenDrone, tick: number): boolean =>
  isAlive(drone) && isInView(eye, drone) && !isHidden(arena, drone, eye, tick);

/** Refills `sights` in place, to allocate nothing per tick and bot. */
export function lookAround(
  arena: Arena,
  { id, self, drones, tick }: Perception,
  { enemies, friends }: Sights,
): void {
  enemies.length = 0;
  friends.length = 0;
  // Copied: reading a schema field is slow.
  const eye = { x: self.x, y: self.y };
  const { team } = self;
  for (const drone of drones) {
    if (drone.id === id || !isSeen(arena, eye, drone, tick)) continue;
    (drone.team === team ? friends : enemies).push(drone);
  }
}
