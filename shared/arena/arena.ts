/** The arena of a match, as the simulation reads it. parseArena builds it from a Tiled map. */
import type { ModeName } from "#shared/schema/names.ts";
import type { PickupName } from "#shared/tuning.ts";
import type { ThemeName } from "./themes.ts";

export interface SpawnPoint {
  readonly x: number;
  readonly y: number;
  /** The team that spawns here in team modes; undefined: both. */
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

export const ARENA_USES = ["match", "range"] as const;
export type ArenaUse = (typeof ARENA_USES)[number];

export interface Arena {
  readonly name: string;
  /** The author's title for it; maps of the server are known by their names. */
  readonly title?: string;
  readonly tilePx: number;
  readonly columns: number;
  readonly rows: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Row by row, 1 where a wall stands. */
  readonly solid: Uint8Array;
  /** Row by row, 1 where a bush hides drones. */
  readonly bushes: Uint8Array;
  readonly spawns: readonly SpawnPoint[];
  readonly pickups: readonly PickupSpot[];
  /** One per team, or none. */
  readonly flags: readonly FlagSpot[];
  /** In the order in which they become active. */
  readonly hills: readonly HillSpot[];
  /** The modes that can be played here; the map has everything that they need. */
  readonly modes: readonly ModeName[];
  /** The recommended number of drones. */
  readonly players: { readonly min: number; readonly max: number };
  readonly theme: ThemeName;
  /** "range": to try everything; hosts alone can choose it, and pickups are back at once. */
  readonly use: ArenaUse;
}

/** Tiles outside the map are walls. */
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

/** Tiles outside the map have no bush. */
export function isBushTile(
  arena: Pick<Arena, "columns" | "rows" | "bushes">,
  column: number,
  row: number,
): boolean {
  if (column < 0 || row < 0 || column >= arena.columns || row >= arena.rows) return false;
  return arena.bushes[row * arena.columns + column] === 1;
}

export function isBushAt(arena: Arena, x: number, y: number): boolean {
  return isBushTile(arena, Math.floor(x / arena.tilePx), Math.floor(y / arena.tilePx));
}
