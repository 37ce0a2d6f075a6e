/** Paints the frames of glows, smoke, sparks and stains, each centred on 0,0 in world px. */
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

function radial(ctx: Ctx, radius: number, stops: readonly (readonly [number, string])[]): void {
  const gradient = ctx.createRadialGradient(0, 0, 0, 0, 0, radius);
  for (const [at, colour] of stops) gradient.addColorStop(at, colour);
  ctx.fillStyle = gradient;
  ctx.fillRect(-radius, -radius, radius * 2, radius * 2);
}

const white = (opacity: number) => fade("#ffffff", opacity);

export const paintGlow = (ctx: Ctx): void =>
  radial(ctx, 32, [
    [0, white(1)],
    [0.12, white(0.72)],
    [0.35, white(0.26)],
    [0.65, white(0.07)],
    [1, white(0)],
  ]);

export const paintShadow = (ctx: Ctx): void =>
  radial(ctx, 32, [
    [0, "rgba(4,4,16,.72)"],
    [0.5, "rgba(4,4,16,.6)"],
    [0.8, "rgba(4,4,16,.18)"],
    [1, "rgba(4,4,16,0)"],
  ]);

/** A blaster bolt: the head at +x, white-hot inside the hue, with a tail that thins out to the left. */
export function paintBolt(ctx: Ctx, hue: string): void {
  for (const [length, width, colour, opacity] of [
    [74, 11, hue, 0.28],
    [66, 6.5, hue, 0.75],
    [42, 3.6, mix(hue, "#ffffff", 0.8), 1],
  ] as const) {
    const tail = ctx.createLinearGradient(38 - length, 0, 38, 0);
    tail.addColorStop(0, fade(colour, 0));
    tail.addColorStop(0.6, fade(colour, opacity * 0.5));
    tail.addColorStop(0.95, fade(colour, opacity));
    ctx.fillStyle = tail;
    ctx.beginPath();
    ctx.moveTo(38 - length, 0);
    ctx.quadraticCurveTo(20, -width / 2, 34, -width / 2);
    ctx.arc(34, 0, width / 2, -Math.PI / 2, Math.PI / 2);
    ctx.quadraticCurveTo(20, width / 2, 38 - length, 0);
    ctx.fill();
  }
}

/** A section of a beam that continues to both sides: bright in the middle, soft above and below. */
export function paintBeam(ctx: Ctx): void {
  const across = ctx.createLinearGradient(0, -14, 0, 14);
  for (const [at, opacity] of [
    [0, 0],
    [0.3, 0.16],
    [0.44, 0.6],
    [0.5, 1],
    [0.56, 0.6],
    [0.7, 0.16],
    [1, 0],
  ] as const)
    across.addColorStop(at, white(opacity));
  ctx.fillStyle = across;
  ctx.fillRect(-4, -16, 8, 32);
}

/** A thin needle of light, pointing to +x. */
export function paintSpark(ctx: Ctx): void {
  const needle = ctx.createLinearGradient(-12, 0, 12, 0);
  needle.addColorStop(0, white(0));
  needle.addColorStop(0.7, white(0.9));
  needle.addColorStop(1, white(1));
  ctx.fillStyle = needle;
  ctx.beginPath();
  ctx.moveTo(-12, 0);
  ctx.quadraticCurveTo(6, -2.4, 12, 0);
  ctx.quadraticCurveTo(6, 2.4, -12, 0);
  ctx.fill();
}

/** A puff, uneven enough to look like smoke when it rotates, and without an edge. */
export function paintSmoke(ctx: Ctx): void {
  for (let index = 0; index < 7; index++) {
    ctx.save();
    ctx.translate(
      Math.cos(index * 2.4) * 3.1 * Math.sqrt(index),
      Math.sin(index * 2.4) * 3.1 * Math.sqrt(index),
    );
    radial(ctx, 22, [
      [0, white(0.3)],
      [0.5, white(0.12)],
      [1, white(0)],
    ]);
    ctx.restore();
  }
}

/** A shockwave: sharp on the outside, fading inwards. */
export const paintRing = (ctx: Ctx): void =>
  radial(ctx, 48, [
    [0.55, white(0)],
    [0.84, white(0.22)],
    [0.93, white(0.95)],
    [0.965, white(0.6)],
    [1, white(0)],
  ]);

export function paintScorch(ctx: Ctx): void {
  ctx.fillStyle = "rgba(3,3,12,.34)";
  for (let index = 0; index < 15; index++) {
    const angle = index * 0.419 + Math.sin(index * 7.3) * 0.12;
    const reach = 22 + 12 * Math.abs(Math.sin(index * 3.7));
    ctx.beginPath();
    ctx.moveTo(Math.cos(angle - 0.28) * 6, Math.sin(angle - 0.28) * 6);
    ctx.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
    ctx.lineTo(Math.cos(angle + 0.28) * 6, Math.sin(angle + 0.28) * 6);
    ctx.fill();
  }
  radial(ctx, 32, [
    [0, "rgba(3,3,12,.85)"],
    [0.45, "rgba(3,3,12,.5)"],
    [1, "rgba(3,3,12,0)"],
  ]);
}

/** A muzzle flame that starts at 0,0 and opens to +x. */
export function paintMuzzle(ctx: Ctx): void {
  for (const [length, width, opacity] of [
    [34, 15, 0.35],
    [26, 9, 0.7],
    [16, 5, 1],
  ] as const) {
    ctx.fillStyle = white(opacity);
    ctx.beginPath();
    ctx.moveTo(-4, 0);
    ctx.quadraticCurveTo(length * 0.3, -width, length, 0);
    ctx.quadraticCurveTo(length * 0.3, width, -4, 0);
    ctx.fill();
  }
}

/** A column of light that stands on 0,0 and rises to −y. */
export function paintColumn(ctx: Ctx): void {
  for (const [width, opacity] of [
    [20, 0.2],
    [9, 0.4],
    [3, 0.8],
  ] as const) {
    for (let step = 0; step < 60; step++) {
      const height = step / 60;
      ctx.fillStyle = white(opacity * (1 - height) ** 1.6 * Math.min(1, (step + 1) / 6));
      ctx.fillRect(-width * (1 - height * 0.3), -height * 150 - 2.5, width * 2 * (1 - height * 0.3), 2.5);
    }
  }
}

export function paintDebris(ctx: Ctx): void {
  ctx.fillStyle = white(0.62);
  ctx.beginPath();
  ctx.moveTo(6, 1);
  ctx.lineTo(-2, 4);
  ctx.lineTo(-6, 0);
  ctx.lineTo(-3, -3.5);
  ctx.fill();
  ctx.fillStyle = white(1);
  ctx.beginPath();
  ctx.moveTo(6, 1);
  ctx.lineTo(-3, -3.5);
  ctx.lineTo(-1, 0.5);
  ctx.fill();
}

/** The mark of the own drone: four arcs with gaps. */
export function paintSelfRing(ctx: Ctx): void {
  ctx.strokeStyle = white(0.95);
  ctx.lineWidth = 1.8;
  ctx.lineCap = "round";
  for (let index = 0; index < 4; index++) {
    const middle = (index * Math.PI) / 2 + Math.PI / 4;
    ctx.beginPath();
    ctx.arc(0, 0, 34, middle - 0.5, middle + 0.5);
    ctx.stroke();
  }
}

/** Five slanted cells, one for each blaster hit; white, to be tinted by health. */
export function paintHealthBar(ctx: Ctx): void {
  ctx.fillStyle = "#ffffff";
  for (let cell = 0; cell < 5; cell++) {
    const left = -25 + cell * 10;
    ctx.beginPath();
    ctx.moveTo(left + 1.6, -2.4);
    ctx.lineTo(left + 10, -2.4);
    ctx.lineTo(left + 8.4, 2.4);
    ctx.lineTo(left, 2.4);
    ctx.fill();
  }
}
