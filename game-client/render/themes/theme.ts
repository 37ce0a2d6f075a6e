/** Declares a theme: the painters and colours by which one place differs from the others. */
import type { Arena } from "#shared/arena/arena.ts";

export type Ctx = CanvasRenderingContext2D;

/** World px. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The piece of an arena that is painted; contexts are scaled and moved to world px. */
export interface Site {
  readonly arena: Arena;
  /** Painters draw what touches these bounds, and may leave out the rest. */
  readonly bounds: Bounds;
  /** Scales shadows and blurs, which ignore a context's transform. */
  readonly pxPerWorldPx: number;
}

export interface ThemePalette {
  /** The colours of all large parts of the floor, the most common first. The contrast test measures against each. */
  readonly floors: readonly [string, ...string[]];
  /** The world beyond the wall, and what lies farther out than anything is painted. */
  readonly beyond: string;
  /** The light that names the place. */
  readonly accent: string;
  /** Shadows on the floor. */
  readonly shadow: string;
}

export interface WallKit {
  /** Visible height of a wall's southern side, px: the arena is seen slightly from the south. */
  readonly sidePx: number;
  readonly cornerPx: number;
  readonly side: string;
  /** Blends into the side along the floor. */
  readonly foot: string;
  /** The lit bevel around the top. */
  readonly rim: string;
  readonly top: string;
  readonly trim: string;
  /** Paints over the sides, clipped to them; `x`, `y` is the left end of a tile's southern edge. */
  paintSide?(ctx: Ctx, x: number, y: number, site: Site): void;
  /** Paints over the tops, clipped to them; `x`, `y` is the corner of a wall's tile. */
  paintTop?(ctx: Ctx, x: number, y: number, site: Site): void;
}

/** One ring of a tuft's blades; the outermost ring is painted first. */
export interface Whorl {
  readonly blades: number;
  /** Distance from the tuft's middle to a blade's tip. */
  readonly reachPx: number;
  readonly widthPx: number;
  /** Brightness, 0 (shade) to 1 (lit). */
  readonly light: number;
}

export interface Tuft {
  /** Side of the frame, world px. */
  readonly sidePx: number;
  readonly whorls: readonly Whorl[];
}

/** Bushes, or what hides drones instead of them. */
export interface CoverKit {
  readonly low: Tuft;
  readonly high: Tuft;
  readonly shade: string;
  readonly lit: string;
  /** The ground under the cover, which marks it where its blades are thinned out. */
  readonly ground: string;
  /** Outlines one blade from 0,0 to +x. */
  outline(ctx: Ctx, reachPx: number, halfPx: number): void;
  /** Paints fruit, embers or lights onto a finished tuft; `chance` gives numbers from 0 to 1. */
  adorn?(ctx: Ctx, tuft: Tuft, chance: () => number): void;
}

/** A light with a fixed place, which breathes. */
export interface Glow {
  readonly x: number;
  readonly y: number;
  /** Its width, and its height where that differs. */
  readonly px: number;
  readonly heightPx?: number;
  readonly hue: string;
  readonly alpha: number;
  readonly periodMs: number;
  /** Share of its light that comes and goes, 0 to 1. */
  readonly depth: number;
  /** Goes out for moments, as a bad tube does. */
  readonly flickers?: boolean;
  /** A frame of the theme's sprites; by default a round light. */
  readonly sprite?: string;
}

/** Small things that drift through the view: embers, leaves, rain. */
export interface Mote {
  /** In the view at full quality. */
  readonly count: number;
  /** A frame of the atlas, or of the theme's sprites. */
  readonly frame: string;
  readonly fromTheme?: boolean;
  readonly glows: boolean;
  readonly hues: readonly string[];
  readonly px: readonly [number, number];
  /** Height as a factor of the width. */
  readonly stretch?: number;
  /** px/s, each with its least and most. */
  readonly driftX: readonly [number, number];
  readonly driftY: readonly [number, number];
  /** Reach of its wandering to both sides. */
  readonly wanderPx: number;
  readonly lifeMs: readonly [number, number];
  readonly alpha: number;
  /** Radians, and radians per second. */
  readonly turn?: number;
  readonly spin?: number;
}

/** Lights that follow each other along a line: traffic, molten metal. */
export interface Lane {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly pxPerSec: number;
  readonly gapPx: number;
  readonly hue: string;
  readonly px: number;
  readonly alpha: number;
}

export interface Sprite {
  readonly name: string;
  readonly sidePx: number;
  /** Around 0,0. */
  paint(ctx: Ctx): void;
}

export interface Ambient {
  readonly sprites?: readonly Sprite[];
  readonly motes: readonly Mote[];
  glows(arena: Arena): Glow[];
  lanes?(arena: Arena): Lane[];
}

export interface Theme {
  readonly palette: ThemePalette;
  readonly walls: WallKit;
  readonly cover: CoverKit;
  readonly ambient: Ambient;
  /** Paints the whole floor of the site opaquely, and the landmark on it. */
  paintFloor(ctx: Ctx, site: Site): void;
  /** Paints the world around the arena; the arena covers its middle. */
  paintBeyond(ctx: Ctx, site: Site): void;
}
