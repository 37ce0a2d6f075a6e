/** Paints the parts of bushes by a theme's kit: tufts of blades in several variants, and the dark ground under them. */
import type { CoverKit, Ctx, Tuft, Whorl } from "#client/render/themes/theme.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import { fade, mix } from "./colour.ts";

/** Direction from which the light falls, as on the walls; radians. */
const LIGHT_FROM = -0.75 * Math.PI;

/** Paints a tuft around 0,0, in world px; each seed gives another one. */
export function paintTuft(ctx: Ctx, kit: CoverKit, tuft: Tuft, seed: number): void {
  const random = seededRandom(seed);
  for (const whorl of tuft.whorls) {
    const turn = random.next() * Math.PI;
    for (let blade = 0; blade < whorl.blades; blade++) {
      const angle = turn + ((blade + (random.next() - 0.5) * 0.5) / whorl.blades) * 2 * Math.PI;
      paintBlade(ctx, kit, whorl, angle, random);
    }
  }
  kit.adorn?.(ctx, tuft, () => random.next());
}

/** One blade with a lit midrib, brighter where it leans towards the light. */
function paintBlade(
  ctx: Ctx,
  { shade, lit, outline }: CoverKit,
  whorl: Whorl,
  angle: number,
  random: Random,
): void {
  const reach = whorl.reachPx * (0.84 + random.next() * 0.2);
  const half = (whorl.widthPx / 2) * (0.85 + random.next() * 0.3);
  const leaning = (Math.cos(angle - LIGHT_FROM) + 1) / 2;
  const light = Math.min(1, whorl.light * (0.62 + 0.6 * leaning));
  ctx.save();
  ctx.rotate(angle);
  ctx.beginPath();
  outline(ctx, reach, half);
  const blade = ctx.createLinearGradient(0, 0, reach, 0);
  blade.addColorStop(0, mix(shade, lit, light * 0.45));
  blade.addColorStop(1, mix(shade, lit, light));
  ctx.fillStyle = blade;
  ctx.fill();
  ctx.strokeStyle = fade(mix(shade, "#000000", 0.6), 0.5);
  ctx.lineWidth = 1.1;
  ctx.stroke();
  ctx.strokeStyle = fade(mix(lit, "#ffffff", 0.25), 0.1 + 0.3 * light);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(reach * 0.2, 0);
  ctx.lineTo(reach * 0.86, 0);
  ctx.stroke();
  ctx.restore();
}

/** A soft dark area that marks the bush, however thin its blades are drawn. `outline` is in world px. */
export function paintGround(ctx: Ctx, { ground }: CoverKit, outline: Path2D, pxPerWorldPx: number): void {
  ctx.save();
  ctx.shadowColor = mix(ground, "#000000", 0.5);
  ctx.shadowBlur = 26 * pxPerWorldPx;
  ctx.shadowOffsetX = 5 * pxPerWorldPx;
  ctx.shadowOffsetY = 9 * pxPerWorldPx;
  ctx.fillStyle = fade(ground, 0.8);
  ctx.fill(outline);
  ctx.restore();
}
