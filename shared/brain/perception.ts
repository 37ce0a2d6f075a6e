/** What a brain is told. A room's state satisfies it, and so does what a client has decoded of one. */
import type { Arena, HillSpot } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Drone, Flag, Pickup, Projectile } from "#shared/schema/state.ts";
import { type Hideable, isHidden } from "#shared/sim/concealment.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";
import { type DroneBody, isAlive } from "#shared/sim/world.ts";
import type { ProjectileName } from "#shared/tuning.ts";

/** What both sides' states have in common; a client's has fewer entities in it. */
export interface SeenState {
  readonly tick: number;
  readonly mode: ModeName;
  readonly drones: Entries<Drone>;
  readonly projectiles: Entries<Projectile>;
  readonly pickups: Entries<Pickup>;
  readonly flags: Entries<Flag>;
  readonly hill: HillSpot;
  /** Who is in which team, wherever they are. Without it only those in `drones` are known. */
  readonly roster?: Entries<{ readonly team: number }>;
}

interface Entries<Entity> {
  readonly size: number;
  get(id: string): Entity | undefined;
  entries(): Iterable<[string, Entity]>;
}

/** A bot's own drone, with what only its owner is told. */
export type OwnDrone = DroneBody & Pick<Drone, "team" | "shield">;

/** A drone as anybody may see it: there is no velocity in it. */
export interface SeenDrone extends Hideable {
  readonly id: string;
  readonly team: number;
  readonly shield: number;
  /** Bits of STATUS. */
  readonly status: number;
}

/** A shot as it flies. */
export interface SeenShot extends Place {
  readonly weapon: ProjectileName;
  readonly ownerTeam: number | undefined;
  readonly bornTick: number;
  readonly dirX: number;
  readonly dirY: number;
  readonly speedPxPerTick: number;
  /** To where it ends. */
  readonly leftPx: number;
}

export type SeenFlag = Place & { readonly team: number; readonly carrier: string };

/**
 * Everything in the room, and whose eyes look at it. The brain reads of it only what its player could see or hear:
 * `lookAround` and memory.ts see to that.
 */
export interface Perception {
  readonly tick: number;
  readonly mode: ModeName;
  readonly id: string;
  readonly self: OwnDrone;
  /** Its place among its team, by id, and how many they are: everybody knows who is in the room. */
  readonly rank: number;
  readonly teamSize: number;
  /** Its own is among them. */
  readonly drones: readonly SeenDrone[];
  readonly droneById: ReadonlyMap<string, SeenDrone>;
  readonly shots: readonly SeenShot[];
  /** Whether something lies at each of the arena's pickup spots. */
  readonly lies: readonly boolean[];
  readonly flags: readonly SeenFlag[];
  readonly hill: HillSpot;
  /** What happened in the last tick. */
  readonly events: readonly SimEvent[];
}

/** The living that a bot sees. */
export interface Sights {
  readonly enemies: SeenDrone[];
  readonly friends: SeenDrone[];
}

export const isInView = (eye: Place, place: Place): boolean =>
  Math.abs(place.x - eye.x) < VIEW_WIDTH_PX / 2 && Math.abs(place.y - eye.y) < VIEW_HEIGHT_PX / 2;

export const isSeen = (arena: Arena, eye: Place, drone: SeenDrone, tick: number): boolean =>
  isAlive(drone) && isInView(eye, drone) && !isHidden(arena, drone, eye, tick);

/** Fills `sights` anew: nothing is made in a tick that a hundred bots share. */
export function lookAround(
  arena: Arena,
  { id, self, drones, tick }: Perception,
  { enemies, friends }: Sights,
): void {
  enemies.length = 0;
  friends.length = 0;
  // A schema's fields are slow to read.
  const eye = { x: self.x, y: self.y };
  const { team } = self;
  for (const drone of drones) {
    if (drone.id === id || !isSeen(arena, eye, drone, tick)) continue;
    (drone.team === team ? friends : enemies).push(drone);
  }
}
