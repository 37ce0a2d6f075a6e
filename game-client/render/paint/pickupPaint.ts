/** Painters of what lies about to be taken: an icon for each kind, and the ring on the floor beneath all of them. */
import type { PickupName } from "#shared/tuning.ts";
import { fade, mix } from "./colour.ts";

type Ctx = CanvasRenderingContext2D;

export const ICON_FRAME_PX = 52;

/** On a 32-unit grid about 0,0, filled even-odd; weapons lie on a diamond, the rest on a disc, boosts on a star. */
const GLYPHS: Readonly<Record<PickupName, string>> = {
  health: "M-3.500 -11H3.500V-3.500H11V3.500H3.500V11H-3.500V3.500H-11V-3.500H-3.500Z",
  shield: "M0 -11.500 10 -6V6L0 11.500 -10 6V-6ZM0 -6.500 -5.500 -3.500V3.500L0 6.500 5.500 3.500V-3.500Z",
  scatter:
    "M-11 2 -6 0 -11 -2ZM-4 -2 7 -11 8.500 -6ZM-4 -0.500 11.500 -2.500V2.500L-4 0.500ZM-4 2 7 11 8.500 6Z",
  rail: "M-13 -1.500H3V-5.500L14 0 3 5.500V1.500H-13ZM-9 -6H-1V-4H-9ZM-9 4H-1V6H-9Z",
  mortar: "M0 -12Q6 -6 5 2L9 7V11L3 8H-3L-9 11V7L-5 2Q-6 -6 0 -12ZM-3.500 -1H3.500V1H-3.500Z",
  haste: "M-10 -9H-4L4 0 -4 9H-10L-2.500 0ZM0 -9H6L13 0 6 9H0L7.500 0Z",
  overcharge: "M3 -13 -8.500 2H-1L-3.500 13 8.500 -3.500H1Z",
};

type Plate = "disc" | "diamond" | "star";
const PLATES: Readonly<Record<PickupName, Plate>> = {
  health: "disc",
  shield: "disc",
  scatter: "diamond",
  rail: "diamond",
  mortar: "diamond",
  haste: "star",
  overcharge: "star",
};

export function paintPickupIcon(ctx: Ctx, kind: PickupName, hue: string): void {
  const plate = shapeOf(PLATES[kind]);
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
  ctx.fill(new Path2D(GLYPHS[kind]), "evenodd");
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

/** White: it takes the hue of what lies there. */
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
