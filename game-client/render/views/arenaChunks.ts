/** Cuts the picture of an arena into textures of bounded size. */
import type Phaser from "phaser";
import { addImage } from "#client/render/image.ts";
import { LAYER } from "#client/render/layers.ts";
import { BEYOND_PX } from "#client/render/paint/arenaPaint.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import type { Bounds, Ctx } from "#client/render/themes/theme.ts";
import type { Arena } from "#shared/arena/arena.ts";

/** Texture px painted beyond the shown part of a chunk, so that filtering at its edge samples the neighbour's picture. */
const GUTTER_PX = 2;

/** How finely an arena is painted. */
export interface Grain {
  readonly pxPerWorldPx: number;
  /** Side of a texture. */
  readonly sidePx: number;
  /** Side of its shown part, world px. */
  readonly shownPx: number;
}

export const grainOf = (pxPerWorldPx: number, sidePx: number): Grain => ({
  ...{ pxPerWorldPx, sidePx },
  shownPx: (sidePx - 2 * GUTTER_PX) / pxPerWorldPx,
});

/** The left top corner of each chunk, world px. */
export function placeChunks(
  { widthPx, heightPx }: Pick<Arena, "widthPx" | "heightPx">,
  { shownPx }: Grain,
): { x: number; y: number }[] {
  const places: { x: number; y: number }[] = [];
  for (let y = -BEYOND_PX; y < heightPx + BEYOND_PX; y += shownPx) {
    for (let x = -BEYOND_PX; x < widthPx + BEYOND_PX; x += shownPx) places.push({ x, y });
  }
  return places;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** All that a chunk's texture shows, world px. */
export function boundsOf({ x, y }: Place, { pxPerWorldPx, sidePx }: Grain): Bounds {
  const left = x - GUTTER_PX / pxPerWorldPx;
  const top = y - GUTTER_PX / pxPerWorldPx;
  return { left, top, right: left + sidePx / pxPerWorldPx, bottom: top + sidePx / pxPerWorldPx };
}

/** Paints a chunk in world px, and adds its image. Throws when `key` is taken. */
export function addChunk(
  scene: Phaser.Scene,
  key: string,
  place: Place,
  grain: Grain,
  paint: (ctx: Ctx, bounds: Bounds) => void,
): Phaser.GameObjects.Image {
  const { pxPerWorldPx, sidePx } = grain;
  const bounds = boundsOf(place, grain);
  const texture = addPainted(scene.textures, key, sidePx, sidePx, (ctx) => {
    ctx.scale(pxPerWorldPx, pxPerWorldPx);
    ctx.translate(-bounds.left, -bounds.top);
    paint(ctx, bounds);
  });
  // The frame excludes the gutter.
  texture.add("shown", 0, GUTTER_PX, GUTTER_PX, sidePx - 2 * GUTTER_PX, sidePx - 2 * GUTTER_PX);
  return addImage(scene, place.x, place.y, texture, "shown", LAYER.floor)
    .setOrigin(0)
    .setScale(1 / pxPerWorldPx);
}
