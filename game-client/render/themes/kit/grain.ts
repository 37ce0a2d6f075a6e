/** Textures of chance that are laid over flat colours: clouds of light and dark, and the strokes of a brush. */
import type { Bounds, Ctx } from "#client/render/themes/theme.ts";
import { chance } from "./chance.ts";

/** Repeats after this many texture px. */
const SIDE_PX = 256;

/** Value noise that repeats after `cells` cells; 0 to 1. */
function noise(x: number, y: number, cellsX: number, cellsY: number, salt: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const ease = (share: number) => share * share * (3 - 2 * share);
  const shareX = ease(x - left);
  const shareY = ease(y - top);
  const at = (column: number, row: number) => chance(column % cellsX, row % cellsY, salt);
  const upper = at(left, top) * (1 - shareX) + at(left + 1, top) * shareX;
  const lower = at(left, top + 1) * (1 - shareX) + at(left + 1, top + 1) * shareX;
  return upper * (1 - shareY) + lower * shareY;
}

export type GrainName = "clouds" | "speckle" | "brushed";

/** Brightness, −1 to 1, at texture px. */
const GRAINS: Readonly<Record<GrainName, (x: number, y: number) => number>> = {
  clouds: (x, y) => {
    const octave = (cells: number, salt: number) =>
      noise((x / SIDE_PX) * cells, (y / SIDE_PX) * cells, cells, cells, salt);
    return (octave(4, 1) * 0.5 + octave(9, 2) * 0.3 + octave(23, 3) * 0.2) * 2 - 1;
  },
  speckle: (x, y) => chance(x, y, 5) * 2 - 1,
  brushed: (x, y) => noise((x / SIDE_PX) * 6, y, 6, SIDE_PX, 7) * 2 - 1,
};

const made = new Map<GrainName, HTMLCanvasElement>();

function grainOf(name: GrainName): HTMLCanvasElement {
  const known = made.get(name);
  if (known) return known;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE_PX;
  const ctx = canvas.getContext("2d");
  if (ctx) {
    const image = ctx.createImageData(SIDE_PX, SIDE_PX);
    for (let index = 0; index < SIDE_PX * SIDE_PX; index++) {
      const value = GRAINS[name](index % SIDE_PX, Math.floor(index / SIDE_PX));
      image.data.fill(value > 0 ? 255 : 0, index * 4, index * 4 + 3);
      image.data[index * 4 + 3] = Math.min(255, Math.abs(value) * 255);
    }
    ctx.putImageData(image, 0, 0);
  }
  made.set(name, canvas);
  return canvas;
}

/** Lays grain over the bounds: lighter and darker by up to `strength`, 0 to 1. `scale` is world px per texture px. */
export function layGrain(ctx: Ctx, bounds: Bounds, name: GrainName, strength: number, scale = 1): void {
  const pattern = ctx.createPattern(grainOf(name), "repeat");
  if (!pattern) return;
  ctx.save();
  ctx.globalAlpha *= strength;
  // Keeps the hue beneath: plain white over a dark colour would look like fog.
  ctx.globalCompositeOperation = "overlay";
  ctx.scale(scale, scale);
  ctx.fillStyle = pattern;
  ctx.fillRect(
    bounds.left / scale,
    bounds.top / scale,
    (bounds.right - bounds.left) / scale,
    (bounds.bottom - bounds.top) / scale,
  );
  ctx.restore();
}
