/** Where a drone has room to stand. */
import { DRONE } from "#shared/tuning.ts";
import { isSolidTile } from "./arena.ts";
import type { Ground } from "./tiles.ts";

const EDGES_PX = [0, -DRONE.radiusPx, DRONE.radiusPx];

/** The wall tile in the way of a drone at this place, if there is one. */
export function touchedWall(
  ground: Ground,
  place: { readonly x: number; readonly y: number },
): { column: number; row: number } | undefined {
  for (const dx of EDGES_PX) {
    for (const dy of EDGES_PX) {
      const column = Math.floor((place.x + dx) / ground.tilePx);
      const row = Math.floor((place.y + dy) / ground.tilePx);
      if (isSolidTile(ground, column, row)) return { column, row };
    }
  }
  return undefined;
}
