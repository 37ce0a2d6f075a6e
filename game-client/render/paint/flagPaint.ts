/** Paints flags, their stands and dials, and team emblems; in white, to be tinted with the team's hue. */
import { TEAM_SHAPES } from "#client/palette.ts";
import { fade } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

/** Number of frames in the loop of a waving cloth. */
export const CLOTH_WAVES = 8;
/** The foot of the mast is at 0,0; the cloth flies to the right. */
export const CLOTH_FRAME = { width: 56, height: 68, originX: 8, originY: 62 } as const;
export const DIAL_STEPS = 24;

const MAST_PX = 54;
const CLOTH_PX = { length: 40, height: 25 } as const;
const SLICES = 44;

const white = (opacity: number) => fade("#ffffff", opacity);

/** Team 0 has a pennant, team 1 a swallow-tailed flag, each with its own mark. */
export function paintCloth(ctx: Ctx, cut: number, wave: number): void {
  ctx.strokeStyle = "#0a0b22";
  ctx.lineWidth = 5;
  ctx.lineCap = "round";
  const mast = new Path2D(`M0 0 V${-MAST_PX}`);
  ctx.stroke(mast);
  ctx.strokeStyle = "#dfe2ff";
  ctx.lineWidth = 2.2;
  ctx.stroke(mast);
  const phase = (wave / CLOTH_WAVES) * Math.PI * 2;
  const sink = (along: number) => Math.sin(along * 4.6 - phase) * 3.2 * along;
  for (let slice = 0; slice < SLICES; slice++) {
    const along = slice / SLICES;
    const [top, bottom] = edges(cut, along);
    const x = 1 + along * CLOTH_PX.length;
    const y = -MAST_PX + 2 + sink(along);
    const light = 0.72 + 0.28 * Math.cos(along * 4.6 - phase);
    const grey = Math.round(255 * light);
    ctx.fillStyle = `rgb(${grey},${grey},${grey})`;
    const width = CLOTH_PX.length / SLICES + 0.4;
    for (const [from, to] of cut === 0 ? [[top, bottom] as const] : tails(along, top, bottom))
      ctx.fillRect(x, y + from, width, to - from);
    ctx.fillStyle = "rgba(8,8,32,.62)";
    for (const [from, to] of mark(cut, along)) ctx.fillRect(x, y + from, width, to - from);
  }
}

const MIDDLE = CLOTH_PX.height / 2;

const edges = (cut: number, along: number): [number, number] =>
  cut === 0 ? [MIDDLE * along * 0.95, CLOTH_PX.height - MIDDLE * along * 0.95] : [0, CLOTH_PX.height];

/** The vertical spans of a swallow-tail at `along`: two beside the notch, else one. */
function tails(along: number, top: number, bottom: number): (readonly [number, number])[] {
  const notch = Math.max(0, along - 0.68) * 34;
  return notch === 0
    ? [[top, bottom]]
    : [
        [top, MIDDLE - notch],
        [MIDDLE + notch, bottom],
      ];
}

/** The mark's vertical spans at `along`: a disc on the pennant, two bars on the swallow-tail. */
function mark(cut: number, along: number): (readonly [number, number])[] {
  if (cut === 0) {
    const half2 = 0.035 - (along - 0.3) ** 2;
    const half = half2 > 0 ? Math.sqrt(half2) * CLOTH_PX.length * 0.75 : 0;
    return half > 0 ? [[MIDDLE - half, MIDDLE + half]] : [];
  }
  if (along < 0.14 || along > 0.58) return [];
  return [
    [5, 9.5],
    [15.5, 20],
  ];
}

/** The stand of a flag at home. */
export function paintStand(ctx: Ctx): void {
  const light = ctx.createRadialGradient(0, 0, 2, 0, 0, 34);
  light.addColorStop(0, white(0.4));
  light.addColorStop(1, white(0));
  ctx.fillStyle = light;
  ctx.beginPath();
  ctx.arc(0, 0, 34, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = white(0.9);
  ctx.lineWidth = 2;
  for (let side = 0; side < 3; side++) {
    const middle = (side * Math.PI * 2) / 3 - Math.PI / 2;
    ctx.beginPath();
    ctx.arc(0, 0, 30, middle - 0.8, middle + 0.8);
    ctx.stroke();
  }
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.arc(0, 0, 12, 0, Math.PI * 2);
  ctx.stroke();
}

/** A ring of ticks, of which the first `lit` clockwise from the top are bright. */
export function paintDial(ctx: Ctx, lit: number): void {
  ctx.lineCap = "round";
  for (let step = 0; step < DIAL_STEPS; step++) {
    const isLit = step < lit;
    const angle = (step / DIAL_STEPS) * Math.PI * 2 - Math.PI / 2;
    ctx.strokeStyle = white(isLit ? 1 : 0.22);
    ctx.lineWidth = isLit ? 3 : 1.6;
    ctx.beginPath();
    ctx.moveTo(Math.cos(angle) * 22, Math.sin(angle) * 22);
    ctx.lineTo(Math.cos(angle) * 27, Math.sin(angle) * 27);
    ctx.stroke();
  }
}

/** A team's shape, large, for the floor. */
export function paintEmblem(ctx: Ctx, team: number): void {
  const shape = new Path2D(TEAM_SHAPES[team % TEAM_SHAPES.length] ?? TEAM_SHAPES[0]);
  ctx.scale(3.4, 3.4);
  ctx.translate(-8, -8);
  ctx.lineJoin = "round";
  ctx.fillStyle = white(0.35);
  ctx.fill(shape);
  ctx.strokeStyle = white(1);
  ctx.lineWidth = 0.7;
  ctx.stroke(shape);
}
