/** Paints emotes, each in a bubble over a drone, and the marks of pings. */
import { EMOTE_PATHS, PING_PATHS } from "#client/emoteShapes.ts";
import { PALETTE } from "#client/palette.ts";
import type { EmoteName, PingName } from "#shared/schema/names.ts";
import { fade } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

/** World px. The bubble's tip is the frame's 0,0. */
export const BUBBLE_FRAME = { width: 48, height: 54, originY: 51 } as const;
export const PING_FRAME_PX = 44;

const BUBBLE_PATH =
  "M-14 -46H14Q20 -46 20 -40V-16Q20 -10 14 -10H6L0 -2 -6 -10H-14Q-20 -10 -20 -16V-40Q-20 -46 -14 -46Z";
const ICON_PX = 25;
const ICON_MIDDLE_PX = -28;

/** A path of the unit square, `side` px wide around 0,`y`. */
function shapeOf(path: string, side: number, y = 0): Path2D {
  const shape = new Path2D();
  shape.addPath(new Path2D(path), new DOMMatrix().translate(0, y).scale(side).translate(-0.5, -0.5));
  return shape;
}

/** Dark on light, to be seen on every floor. */
export function paintEmote(ctx: Ctx, emote: EmoteName): void {
  const bubble = new Path2D(BUBBLE_PATH);
  ctx.lineJoin = "round";
  ctx.strokeStyle = fade("#05051a", 0.75);
  ctx.lineWidth = 4;
  ctx.stroke(bubble);
  ctx.fillStyle = PALETTE.text;
  ctx.fill(bubble);
  ctx.fillStyle = "#1b1d4a";
  ctx.fill(shapeOf(EMOTE_PATHS[emote], ICON_PX, ICON_MIDDLE_PX), "evenodd");
}

/** White, to be tinted, on a dark disc. */
export function paintPing(ctx: Ctx, ping: PingName): void {
  ctx.fillStyle = fade("#07071a", 0.8);
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = 2.4;
  ctx.beginPath();
  ctx.arc(0, 0, 19, 0, Math.PI * 2);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = "#ffffff";
  ctx.fill(shapeOf(PING_PATHS[ping], 24), "evenodd");
}
