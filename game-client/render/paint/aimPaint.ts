/** Paints the parts of the crosshair and the hit mark, one atlas frame each: white with a dark rim, to be seen on every floor. */

type Ctx = CanvasRenderingContext2D;

const RIM = "#05051acc";
export const AIM_WING_PX = 44;

/** Strokes the path twice: wide and dark, then white. */
function rimmed(ctx: Ctx, path: Path2D, widthPx: number): void {
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  for (const [colour, width] of [
    [RIM, widthPx + 3.2],
    ["#ffffff", widthPx],
  ] as const) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke(path);
  }
}

export const paintAimDot = (ctx: Ctx): void => rimmed(ctx, new Path2D("M0 0H0.010"), 4);

/** A stroke along x, which is turned outwards. */
export const paintAimTick = (ctx: Ctx): void => rimmed(ctx, new Path2D("M-5 0H5"), 2.6);

/** One side of a cone of pellets: a bracket that opens toward +y. */
export const paintAimWing = (ctx: Ctx): void => rimmed(ctx, new Path2D("M-14 8Q-14 0 -8 0H8Q14 0 14 8"), 2.6);

/** Four strokes around the victim. */
export const paintHitMark = (ctx: Ctx): void =>
  rimmed(ctx, new Path2D("M-18 -18-9 -9M18 -18 9 -9M-18 18-9 9M18 18 9 9"), 3);
