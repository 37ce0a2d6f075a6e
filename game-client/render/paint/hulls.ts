/** Paints the parts of drones: hull, rim light and barrel. */
import { PALETTE } from "#client/palette.ts";
import { fade, mix } from "./colour.ts";
import { type Hull, polygon } from "./hullShapes.ts";

/** Side of a hull's frame, world px: the drone's 44 px and room for the glow. */
export const HULL_FRAME_PX = 72;
export const BARREL_FRAME = { width: 58, height: 24, pivotX: 14 } as const;

export function paintHull(ctx: CanvasRenderingContext2D, hull: Hull, hue: string): void {
  const outline = hull.outline();
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.strokeStyle = fade("#05051a", 0.75);
  ctx.lineWidth = 9;
  ctx.stroke(outline);
  ctx.strokeStyle = hue;
  ctx.lineWidth = 4;
  ctx.stroke(outline);
  const body = ctx.createRadialGradient(0, 0, 4, 0, 0, 26);
  body.addColorStop(0, mix("#4a4f8c", hue, 0.2));
  body.addColorStop(0.72, mix("#2b2e63", hue, 0.16));
  body.addColorStop(1, mix("#171938", hue, 0.22));
  ctx.fillStyle = body;
  ctx.fill(outline);
  paintPlating(ctx, outline, hue);
  ctx.fillStyle = mix(hue, "#ffffff", 0.12);
  ctx.strokeStyle = ctx.fillStyle;
  ctx.globalAlpha = 0.88;
  hull.pattern(ctx);
  ctx.globalAlpha = 1;
  paintCore(ctx, hue);
}

/** Side of the square on which a worn pattern lies, world px. */
const PATTERN_PX = 48;
/** A worn pattern leaves the outline and the disc in the middle free, world px. */
const PATTERN_INSIDE = 0.9;
const PATTERN_HOLE_PX = 11.4;

/**
 * A pattern that players wear, as a white mask that is tinted: it leaves out what tells hulls apart, which are the outline
 * and the hull's own marks. `path` is SVG path data on a unit square.
 */
export function paintPattern(ctx: CanvasRenderingContext2D, hull: Hull, path: string): void {
  const onHull = new Path2D();
  const matrix = new DOMMatrix().scale(PATTERN_PX).translate(-0.5, -0.5);
  onHull.addPath(new Path2D(path), matrix);
  ctx.scale(PATTERN_INSIDE, PATTERN_INSIDE);
  ctx.clip(hull.outline());
  ctx.scale(1 / PATTERN_INSIDE, 1 / PATTERN_INSIDE);
  ctx.fillStyle = "#ffffff";
  ctx.strokeStyle = "#ffffff";
  ctx.fill(onHull, "evenodd");
  ctx.globalCompositeOperation = "destination-out";
  hull.pattern(ctx);
  ctx.beginPath();
  ctx.arc(0, 0, PATTERN_HOLE_PX, 0, Math.PI * 2);
  ctx.fill();
}

/** A smaller copy of the outline as a raised plate with a lit seam. */
function paintPlating(ctx: CanvasRenderingContext2D, outline: Path2D, hue: string): void {
  ctx.save();
  ctx.clip(outline);
  ctx.strokeStyle = fade("#ffffff", 0.16);
  ctx.lineWidth = 2;
  ctx.stroke(outline);
  ctx.scale(0.74, 0.74);
  ctx.fillStyle = fade("#ffffff", 0.07);
  ctx.fill(outline);
  ctx.strokeStyle = fade(mix(hue, "#0b0c24", 0.75), 0.8);
  ctx.lineWidth = 1.6;
  ctx.stroke(outline);
  ctx.restore();
}

/** The disc on which the barrel turns. */
function paintCore(ctx: CanvasRenderingContext2D, hue: string): void {
  ctx.fillStyle = "#0e0f2b";
  ctx.beginPath();
  ctx.arc(0, 0, 10.5, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = fade(hue, 0.55);
  ctx.lineWidth = 1.4;
  ctx.stroke();
}

/** The outline as white light, which is tinted and blended additively. */
export function paintRim(ctx: CanvasRenderingContext2D, hull: Hull, pxPerWorldPx: number): void {
  const outline = hull.outline();
  ctx.lineJoin = "round";
  ctx.strokeStyle = "#ffffff";
  ctx.shadowColor = "#ffffff";
  for (const [width, blur, opacity] of [
    [3, 10, 0.5],
    [2, 4, 0.5],
  ] as const) {
    ctx.globalAlpha = opacity;
    ctx.lineWidth = width;
    ctx.shadowBlur = blur * pxPerWorldPx;
    ctx.stroke(outline);
  }
}

/** The barrel with its pivot at 0,0, pointing to +x. */
export function paintBarrel(ctx: CanvasRenderingContext2D, hue: string): void {
  const metal = ctx.createLinearGradient(0, -6, 0, 6);
  metal.addColorStop(0, "#f2f4ff");
  metal.addColorStop(0.45, "#a9afe0");
  metal.addColorStop(1, "#4c5190");
  ctx.lineJoin = "round";
  ctx.strokeStyle = "#0a0b22";
  ctx.fillStyle = metal;
  ctx.lineWidth = 2.6;
  const gun = polygon(
    [
      [4, -4.6],
      [20, -3.4],
      [20, -5],
      [30, -5],
      [30, 5],
      [20, 5],
      [20, 3.4],
      [4, 4.6],
    ],
    1,
  );
  ctx.stroke(gun);
  ctx.fill(gun);
  ctx.fillStyle = hue;
  ctx.fillRect(22.5, -5, 3.2, 10);
  ctx.fillStyle = PALETTE.text;
  const turret = ctx.createRadialGradient(-2, -3, 0.5, 0, 0, 8.5);
  turret.addColorStop(0, "#ffffff");
  turret.addColorStop(0.35, mix("#b4b9ea", hue, 0.25));
  turret.addColorStop(1, mix("#454a86", hue, 0.25));
  ctx.beginPath();
  ctx.arc(0, 0, 7.6, 0, Math.PI * 2);
  ctx.stroke();
  ctx.fillStyle = turret;
  ctx.fill();
  ctx.fillStyle = hue;
  ctx.beginPath();
  ctx.arc(0, 0, 2.8, 0, Math.PI * 2);
  ctx.fill();
}
