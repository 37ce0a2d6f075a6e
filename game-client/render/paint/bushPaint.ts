/** Paints what bushes are made of: tufts of leaves, each a few times over, and the dark ground that they stand on. */
import { PALETTE } from "#client/palette.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

/** A ring of leaves of a tuft, from the outermost, which is painted first. */
interface Whorl {
  readonly leaves: number;
  /** From the tuft's middle to a leaf's tip, px. */
  readonly reachPx: number;
  readonly widthPx: number;
  /** 0 in the shade … 1 in the light. */
  readonly light: number;
}

export interface Tuft {
  /** Of its frame, world px. */
  readonly sidePx: number;
  readonly whorls: readonly Whorl[];
}

/** Broad and dark, close to the ground. */
export const LOW_TUFT: Tuft = {
  sidePx: 80,
  whorls: [
    { leaves: 9, reachPx: 38, widthPx: 17, light: 0.1 },
    { leaves: 8, reachPx: 29, widthPx: 15, light: 0.26 },
    { leaves: 5, reachPx: 18, widthPx: 12, light: 0.4 },
  ],
};

/** Small and lit, on top. */
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
/** Where the light that walls are lit by comes from, radians. */
const LIGHT_FROM = -0.75 * Math.PI;

/** Around 0,0, in world px. The seed makes each tuft another. */
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

/** Pointed, with a lit midrib; brighter where it leans to the light. */
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

/** A soft stain that shows where a bush stands, however thin its leaves are drawn. `outline` in world px. */
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
