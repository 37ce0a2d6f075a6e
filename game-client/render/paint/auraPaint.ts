/** Paints the atlas frames around a drone: shield, protection, overcharge, and friend and foe marks. */
import { fade } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

export const SHIELD_EDGES = 6;
export const SHIELD_FRAME_PX = 84;
export const MARK_FRAME_PX = 18;
const SHIELD_RADIUS_PX = 35;

const white = (opacity: number) => fade("#ffffff", opacity);

const corner = (index: number, radius: number): [number, number] => [
  Math.cos((index * Math.PI) / 3) * radius,
  Math.sin((index * Math.PI) / 3) * radius,
];

function hexagon(radius: number): Path2D {
  const path = new Path2D();
  for (let index = 0; index < SHIELD_EDGES; index++) path.lineTo(...corner(index, radius));
  path.closePath();
  return path;
}

/** A thin hexagonal shell with `lit` bright edges; the other edges are faint. */
export function paintShield(ctx: Ctx, lit: number): void {
  const shell = ctx.createRadialGradient(0, 0, 20, 0, 0, SHIELD_RADIUS_PX);
  shell.addColorStop(0, white(0));
  shell.addColorStop(1, white(0.2));
  ctx.fillStyle = shell;
  ctx.fill(hexagon(SHIELD_RADIUS_PX));
  ctx.lineCap = "round";
  for (let index = 0; index < SHIELD_EDGES; index++) {
    const isLit = index < lit;
    const [fromX, fromY] = corner(index + 0.06, SHIELD_RADIUS_PX);
    const [toX, toY] = corner(index + 0.94, SHIELD_RADIUS_PX);
    for (const [width, opacity] of isLit
      ? ([
          [6, 0.18],
          [2.2, 0.95],
        ] as const)
      : ([[1, 0.28]] as const)) {
      ctx.strokeStyle = white(opacity);
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(fromX, fromY);
      ctx.lineTo(toX, toY);
      ctx.stroke();
    }
  }
}

/** Spawn protection: two calm circles, the outer one dotted. */
export function paintWard(ctx: Ctx): void {
  const light = ctx.createRadialGradient(0, 0, 22, 0, 0, 36);
  light.addColorStop(0, white(0));
  light.addColorStop(0.9, white(0.22));
  light.addColorStop(1, white(0));
  ctx.fillStyle = light;
  ctx.beginPath();
  ctx.arc(0, 0, 36, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = white(0.85);
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.arc(0, 0, 32, 0, Math.PI * 2);
  ctx.stroke();
  ctx.fillStyle = white(0.95);
  for (let index = 0; index < 12; index++) {
    const angle = (index * Math.PI) / 6;
    ctx.beginPath();
    ctx.arc(Math.cos(angle) * 38, Math.sin(angle) * 38, 1.5, 0, Math.PI * 2);
    ctx.fill();
  }
}

/** Overcharge: a star of short flames around the turret. */
export function paintHeat(ctx: Ctx): void {
  const core = ctx.createRadialGradient(0, 0, 2, 0, 0, 26);
  core.addColorStop(0, white(0.9));
  core.addColorStop(0.3, white(0.5));
  core.addColorStop(1, white(0));
  ctx.fillStyle = core;
  ctx.beginPath();
  for (let index = 0; index < 16; index++) {
    const angle = (index * Math.PI) / 8;
    const reach = index % 2 === 0 ? 26 : 13;
    ctx.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  ctx.fill();
}

/** The ring on the floor under friends. */
export function paintAllyRing(ctx: Ctx): void {
  ctx.strokeStyle = white(0.9);
  ctx.lineWidth = 2.2;
  ctx.beginPath();
  ctx.arc(0, 0, 29, 0, Math.PI * 2);
  ctx.stroke();
  ctx.strokeStyle = white(0.35);
  ctx.lineWidth = 5;
  ctx.beginPath();
  ctx.arc(0, 0, 32.5, 0, Math.PI * 2);
  ctx.stroke();
}

/** The mark before a friend's name: a filled shield. */
export function paintFriendMark(ctx: Ctx): void {
  ctx.strokeStyle = "#07071acc";
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  const shield = new Path2D("M-5.500 -6 H5.500 V1 Q5.500 5.500 0 7.500 Q-5.500 5.500 -5.500 1 Z");
  ctx.stroke(shield);
  ctx.fillStyle = "#ffffff";
  ctx.fill(shield);
}

/** The mark before an enemy's name: a cross. */
export function paintFoeMark(ctx: Ctx): void {
  for (const [colour, width] of [
    ["#07071acc", 5],
    ["#ffffff", 1.9],
  ] as const) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.lineCap = "round";
    ctx.stroke(new Path2D("M-5 -5 L5 5 M5 -5 L-5 5"));
  }
}
