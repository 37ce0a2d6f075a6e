/** Paints pellets, shells and landing rings, one atlas frame each, centred on 0,0. */
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

/** The side of the landing ring's frame and the radius of the ring in it, in world px. */
export const TARGET_FRAME_PX = 128;
export const TARGET_RADIUS_PX = 60;

/** A short, hot ember with its head at +x. */
export function paintPellet(ctx: Ctx, hue: string): void {
  for (const [length, width, colour, opacity] of [
    [27, 9, hue, 0.6],
    [23, 6, mix(hue, "#ffffff", 0.4), 1],
    [15, 4, "#ffffff", 1],
  ] as const) {
    const tail = ctx.createLinearGradient(13 - length, 0, 13, 0);
    tail.addColorStop(0, fade(colour, 0));
    tail.addColorStop(0.75, fade(colour, opacity));
    tail.addColorStop(1, fade(colour, opacity));
    ctx.fillStyle = tail;
    ctx.beginPath();
    ctx.moveTo(13 - length, 0);
    ctx.quadraticCurveTo(6, -width / 2, 10, -width / 2);
    ctx.arc(10, 0, Math.min(width / 2, 3.6), -Math.PI / 2, Math.PI / 2);
    ctx.quadraticCurveTo(6, width / 2, 13 - length, 0);
    ctx.fill();
  }
}

/** A grey, finned bomb with its nose at +x; its light shows the team. */
export function paintShell(ctx: Ctx): void {
  ctx.lineJoin = "round";
  ctx.strokeStyle = "#0a0b22";
  ctx.lineWidth = 2.4;
  const fins = new Path2D("M-5 0 L-13 -8 L-9 -1.500 L-9 1.500 L-13 8 Z");
  ctx.fillStyle = "#6f74b4";
  ctx.stroke(fins);
  ctx.fill(fins);
  const body = ctx.createLinearGradient(0, -8, 0, 8);
  body.addColorStop(0, "#f4f5ff");
  body.addColorStop(0.5, "#a4a9dc");
  body.addColorStop(1, "#3d4180");
  const hull = new Path2D();
  hull.ellipse(1, 0, 11, 7, 0, 0, Math.PI * 2);
  ctx.stroke(hull);
  ctx.fillStyle = body;
  ctx.fill(hull);
  ctx.fillStyle = "#ffffff";
  ctx.beginPath();
  ctx.ellipse(8, -1, 2.4, 2.6, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.fillStyle = "#1a1c48";
  ctx.fillRect(-3.5, -6.4, 3, 12.8);
}

/** The landing ring: a broken circle, four teeth that point inwards, and faint light. */
export function paintTarget(ctx: Ctx): void {
  const light = ctx.createRadialGradient(0, 0, 10, 0, 0, TARGET_RADIUS_PX);
  light.addColorStop(0, fade("#ffffff", 0.04));
  light.addColorStop(0.85, fade("#ffffff", 0.16));
  light.addColorStop(1, fade("#ffffff", 0));
  ctx.fillStyle = light;
  ctx.beginPath();
  ctx.arc(0, 0, TARGET_RADIUS_PX, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = "#ffffff";
  ctx.fillStyle = "#ffffff";
  ctx.lineWidth = 1.8;
  for (let quarter = 0; quarter < 4; quarter++) {
    const middle = (quarter * Math.PI) / 2 + Math.PI / 4;
    ctx.beginPath();
    ctx.arc(0, 0, TARGET_RADIUS_PX - 2, middle - 0.6, middle + 0.6);
    ctx.stroke();
    ctx.save();
    ctx.rotate((quarter * Math.PI) / 2);
    ctx.fill(new Path2D(`M${TARGET_RADIUS_PX} -5 L${TARGET_RADIUS_PX - 11} 0 L${TARGET_RADIUS_PX} 5 Z`));
    ctx.restore();
  }
}
