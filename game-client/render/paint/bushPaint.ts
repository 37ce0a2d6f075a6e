/** Paints the parts of bushes: tufts of leaves in several variants, and the dark ground under them. */
import { PALETTE } from "#client/palette.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

/** One ring of a tuft's leaves; the outermost ring is painted first. */
interface Whorl {
  readonly leaves: number;
  /** Distance from the tuft's middle to a leaf's tip. */
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

/** The lower layer: broad and dark. */
export const LOW_TUFT: Tuft = {
  sidePx: 80,
  whorls: [
    { leaves: 9, reachPx: 38, widthPx: 17, light: 0.1 },
    { leaves: 8, reachPx: 29, widthPx: 15, light: 0.26 },
    { leaves: 5, reachPx: 18, widthPx: 12, light: 0.4 },
  ],
};

/** The upper layer: small and lit. */
export const HIGH_TUFT: Tuft = {
  sidePx: 56,
  whorls: [
    { leaves: 7, reachPx: 26, widthPx: 12, light: 0.42 },
    { leaves: 6, reachPx: 18, widthPx: 10, light: 0.62 },
    { leaves: 4, reachPx: 10, widthPx: 7, light: 1 },
  ],
};

const SHADE = mix(PALETTE.floor, PALETTE.health, 0.13);
const LIT = mix(mix(PALETTE.floor, PALETTE.wallLit, 0.12), PALETTE.health, 0.66);
/** Direction from which the light falls, as on the walls; radians. */
const LIGHT_FROM = -0.75 * Math.PI;

/** Paints a tuft around 0,0, in world px; each seed gives another one. */
export function paintTuft(ctx: Ctx, tuft: Tuft, seed: number): void {
  const random = seededRandom(seed);
  for (const whorl of tuft.whorls) {
    const turn = random.next() * Math.PI;
    for (let leaf = 0; leaf < whorl.leaves; leaf++) {
      const angle = turn + ((leaf + (random.next() - 0.5) * 0.5) / whorl.leaves) * 2 * Math.PI;
      paintLeaf(ctx, whorl, angle, random);
    }
  }
}

/** A pointed leaf with a lit midrib, brighter where it leans towards the light. */
function paintLeaf(ctx: Ctx, whorl: Whorl, angle: number, random: Random): void {
  const reach = whorl.reachPx * (0.84 + random.next() * 0.2);
  const half = (whorl.widthPx / 2) * (0.85 + random.next() * 0.3);
  const leaning = (Math.cos(angle - LIGHT_FROM) + 1) / 2;
  const light = Math.min(1, whorl.light * (0.62 + 0.6 * leaning));
  ctx.save();
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.bezierCurveTo(reach * 0.25, -half * 1.5, reach * 0.7, -half * 1.1, reach, 0);
  ctx.bezierCurveTo(reach * 0.7, half * 1.1, reach * 0.25, half * 1.5, 0, 0);
  const blade = ctx.createLinearGradient(0, 0, reach, 0);
  blade.addColorStop(0, mix(SHADE, LIT, light * 0.45));
  blade.addColorStop(1, mix(SHADE, LIT, light));
  ctx.fillStyle = blade;
  ctx.fill();
  ctx.strokeStyle = fade("#06101c", 0.5);
  ctx.lineWidth = 1.1;
  ctx.stroke();
  ctx.strokeStyle = fade(mix(LIT, "#ffffff", 0.25), 0.1 + 0.3 * light);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(reach * 0.2, 0);
  ctx.lineTo(reach * 0.86, 0);
  ctx.stroke();
  ctx.restore();
}

/** A soft dark area that marks the bush, however thin its leaves are drawn. `outline` is in world px. */
export function paintGround(ctx: Ctx, outline: Path2D, pxPerWorldPx: number): void {
  ctx.save();
  ctx.shadowColor = "#030d16";
  ctx.shadowBlur = 26 * pxPerWorldPx;
  ctx.shadowOffsetX = 5 * pxPerWorldPx;
  ctx.shadowOffsetY = 9 * pxPerWorldPx;
  ctx.fillStyle = fade(mix(PALETTE.abyss, PALETTE.health, 0.1), 0.78);
  ctx.fill(outline);
  ctx.restore();
}
