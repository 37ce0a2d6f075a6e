/** Whom and what a bot sees: what is in the rectangle on screen, and not hidden by a bush. */
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { isHidden } from "#shared/sim/concealment.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import type { Perception, SeenDrone } from "./perception.ts";

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
