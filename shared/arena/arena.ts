/** The place that a match is fought in, as the simulation reads it. Made from a Tiled map by parseArena. */
import type { ModeName } from "#shared/schema/names.ts";
import type { PickupName } from "#shared/tuning.ts";

export interface SpawnPoint {
  readonly x: number;
  readonly y: number;
  /** Whose it is in team modes; everybody's when it is nobody's. */
  readonly team?: number;
}

export interface FlagSpot {
  readonly x: number;
  readonly y: number;
  readonly team: number;
}

/** A rectangle, px. */
export interface HillSpot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PickupSpot extends SpawnPoint {
  readonly kind: PickupName;
}

export interface Arena {
  readonly name: string;
  readonly tilePx: number;
  readonly columns: number;
  readonly rows: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 where a wall stands; row by row. */
  readonly solid: Uint8Array;
  /** 1 where a bush hides who is in it; row by row. */
  readonly bushes: Uint8Array;
  readonly spawns: readonly SpawnPoint[];
  readonly pickups: readonly PickupSpot[];
  /** One of each team, or none. */
  readonly flags: readonly FlagSpot[];
  /** In the order in which they count. */
  readonly hills: readonly HillSpot[];
  /** What it is made for; never a mode that needs what is not there. */
  readonly modes: readonly ModeName[];
  /** How many drones make a good fight of it. */
  readonly players: { readonly min: number; readonly max: number };
}

/** Everything outside the map is wall. */
export function isSolidTile(
  arena: Pick<Arena, "columns" | "rows" | "solid">,
  column: number,
  row: number,
): boolean {
  if (column < 0 || row < 0 || column >= arena.columns || row >= arena.rows) return true;
  return arena.solid[row * arena.columns + column] === 1;
}

export function isSolidAt(arena: Arena, x: number, y: number): boolean {
  return isSolidTile(arena, Math.floor(x / arena.tilePx), Math.floor(y / arena.tilePx));
}

/** Nothing grows outside the map. */
export function isBushTile(arena: Arena, column: number, row: number): boolean {
  if (column < 0 || row < 0 || column >= arena.columns || row >= arena.rows) return false;
  return arena.bushes[row * arena.columns + column] === 1;
}

export function isBushAt(arena: Arena, x: number, y: number): boolean {
  return isBushTile(arena, Math.floor(x / arena.tilePx), Math.floor(y / arena.tilePx));
}
