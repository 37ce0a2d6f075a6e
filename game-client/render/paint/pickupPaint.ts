/** Paints the icon of each pickup and the ring on the floor beneath it. */
import { type Plate, pickupIconOf } from "#client/pickupIcons.ts";
import type { PickupName } from "#shared/tuning.ts";
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

export const ICON_FRAME_PX = 52;

export function paintPickupIcon(ctx: Ctx, kind: PickupName, hue: string): void {
  const icon = pickupIconOf(kind);
  const plate = shapeOf(icon.plate);
  ctx.lineJoin = "round";
  ctx.strokeStyle = fade("#05051a", 0.7);
  ctx.lineWidth = 7;
  ctx.stroke(plate);
  const body = ctx.createLinearGradient(0, -22, 0, 22);
  body.addColorStop(0, mix("#343a80", hue, 0.3));
  body.addColorStop(1, mix("#11122f", hue, 0.12));
  ctx.fillStyle = body;
  ctx.fill(plate);
  ctx.strokeStyle = hue;
  ctx.lineWidth = 2.4;
  ctx.stroke(plate);
  ctx.save();
  ctx.clip(plate);
  ctx.strokeStyle = fade("#ffffff", 0.22);
  ctx.lineWidth = 7;
  ctx.stroke(plate);
  ctx.restore();
  ctx.fillStyle = mix(hue, "#ffffff", 0.45);
  ctx.fill(new Path2D(icon.glyph), "evenodd");
}

function shapeOf(plate: Plate): Path2D {
  const path = new Path2D();
  if (plate === "disc") {
    path.arc(0, 0, 19, 0, Math.PI * 2);
    return path;
  }
  const corners = plate === "diamond" ? 4 : 12;
  for (let index = 0; index < corners; index++) {
    const angle = (index / corners) * Math.PI * 2 - Math.PI / 2;
    const reach = plate === "diamond" ? 22.5 : index % 2 === 0 ? 22.5 : 17.5;
    path.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  path.closePath();
  return path;
}

/** White, for the view to tint in the hue of the pickup. */
export function paintPickupBase(ctx: Ctx): void {
  const light = ctx.createRadialGradient(0, 0, 0, 0, 0, 34);
  light.addColorStop(0, fade("#ffffff", 0.4));
  light.addColorStop(0.7, fade("#ffffff", 0.1));
  light.addColorStop(1, fade("#ffffff", 0));
  ctx.fillStyle = light;
  ctx.beginPath();
  ctx.arc(0, 0, 34, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = fade("#ffffff", 0.85);
  ctx.lineWidth = 2;
  for (let part = 0; part < 3; part++) {
    const middle = (part * Math.PI * 2) / 3;
    ctx.beginPath();
    ctx.arc(0, 0, 27, middle - 0.75, middle + 0.75);
    ctx.stroke();
  }
}
