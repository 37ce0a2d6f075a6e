/** The list of atlas frames: the name, size and painter of each. */
import { EMBLEM_PATHS, PATTERN_PATHS } from "#client/looks.ts";
import { PICKUP_HUES, TEAM_SHAPES } from "#client/palette.ts";
import { hues } from "#client/settings/hues.ts";
import { LOOKS, type Look } from "#shared/career/looks.ts";
import { EMOTE_NAMES, type EmoteName, PING_NAMES, type PingName } from "#shared/schema/names.ts";
import { PICKUP_NAMES } from "#shared/tuning.ts";
import { AIM_WING_PX, paintAimDot, paintAimTick, paintAimWing, paintHitMark } from "./aimPaint.ts";
import {
  MARK_FRAME_PX,
  paintAllyRing,
  paintFoeMark,
  paintFriendMark,
  paintHeat,
  paintShield,
  paintWard,
  SHIELD_EDGES,
  SHIELD_FRAME_PX,
} from "./auraPaint.ts";
import { fade } from "./colour.ts";
import { BUBBLE_FRAME, PING_FRAME_PX, paintEmote, paintPing } from "./emotePaint.ts";
import {
  CLOTH_FRAME,
  CLOTH_WAVES,
  DIAL_STEPS,
  paintCloth,
  paintDial,
  paintEmblem,
  paintStand,
} from "./flagPaint.ts";
import { HULLS, hullOf } from "./hullShapes.ts";
import { BARREL_FRAME, HULL_FRAME_PX, paintBarrel, paintHull, paintPattern, paintRim } from "./hulls.ts";
import {
  paintBeam,
  paintBolt,
  paintColumn,
  paintDebris,
  paintGlow,
  paintHealthBar,
  paintMuzzle,
  paintRing,
  paintScorch,
  paintSelfRing,
  paintShadow,
  paintSmoke,
  paintSpark,
} from "./lights.ts";
import { ICON_FRAME_PX, paintPickupBase, paintPickupIcon } from "./pickupPaint.ts";
import { paintPellet, paintShell, paintTarget, TARGET_FRAME_PX } from "./shotPaint.ts";

export interface FrameSpec {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Place of the painter's 0,0 in the frame, world px; by default the middle. */
  readonly originX?: number;
  readonly originY?: number;
  /** Width cut off the frame on all sides, texture px. */
  readonly trimPx?: number;
  paint(ctx: CanvasRenderingContext2D): void;
}

/** Cuts the pixels off that neighbours bleed into, so that a stretched white square keeps sharp edges. */
export const BLANK_TRIM_PX = 4;

/** Height of the frame "beam", which is as wide as "blank" and is stretched like it. */
export const BEAM_FRAME_PX = 32;

export const emoteFrame = (emote: EmoteName): string => `emote-${emote}`;
export const pingFrame = (ping: PingName): string => `ping-${ping}`;

/** Side of a worn emblem's frame, world px. */
export const WORN_EMBLEM_PX = 20;

/** Plain has no frame. */
type Worn = { [Part in keyof Look]: Exclude<Look[Part], "plain"> };
const worn = <Part extends keyof Look>(part: Part): Worn[Part][] =>
  LOOKS[part].filter((name) => name !== "plain") as unknown as Worn[Part][];

/** All palettes have as many hues as there are team shapes. */
const hueIndex = (team: number) => team % TEAM_SHAPES.length;
export const hullFrame = (team: number): string => `hull-${hullOf(team)}-${hueIndex(team)}`;
export const rimFrame = (team: number): string => `rim-${hullOf(team)}`;
/** A worn pattern on a team's hull. */
export const patternFrame = (team: number, pattern: Worn["pattern"]): string =>
  `pattern-${hullOf(team)}-${pattern}`;
export const wornEmblemFrame = (emblem: Worn["emblem"]): string => `worn-${emblem}`;
export const barrelFrame = (team: number): string => `barrel-${hueIndex(team)}`;
export const boltFrame = (team: number): string => `bolt-${hueIndex(team)}`;
export const pelletFrame = (team: number): string => `pellet-${hueIndex(team)}`;
export const emblemFrame = (team: number): string => `emblem-${hueIndex(team)}`;
/** `lit` is the number of bright edges, 1 to SHIELD_EDGES. */
export const shieldFrame = (lit: number): string => `shield-${lit}`;
/** Each team's flag has its own cut; `wave` is any integer. */
export const clothFrame = (team: number, wave: number): string => `cloth-${team % 2}-${wave % CLOTH_WAVES}`;
/** `share` is the lit part of the dial, 0 to 1. */
export const dialFrame = (share: number): string => `dial-${Math.round(share * DIAL_STEPS)}`;

/** A square frame with 0,0 in its middle. */
const square = (name: string, side: number, paint: FrameSpec["paint"]): FrameSpec => ({
  name,
  width: side,
  height: side,
  paint,
});

/** Frames in the chosen hues; sizes and order do not depend on them. `scale` is texture px per world px. */
export function listFrames(scale: number): FrameSpec[] {
  return [
    ...droneFrames(scale),
    ...wornFrames(),
    ...emoteFrames(),
    ...lightFrames(),
    ...teamFrames(),
    ...auraFrames(),
    ...fieldFrames(),
    ...aimFrames(),
  ];
}

function droneFrames(scale: number): FrameSpec[] {
  return HULLS.flatMap((hull, shape) => [
    ...hues.value.teams.map((hue, index) =>
      square(`hull-${shape}-${index}`, HULL_FRAME_PX, (ctx) => paintHull(ctx, hull, hue)),
    ),
    square(`rim-${shape}`, HULL_FRAME_PX, (ctx) => paintRim(ctx, hull, scale)),
  ]);
}

function wornFrames(): FrameSpec[] {
  const patterns = HULLS.flatMap((hull, shape) =>
    worn("pattern").map((name) =>
      square(patternFrame(shape, name), HULL_FRAME_PX, (ctx) => paintPattern(ctx, hull, PATTERN_PATHS[name])),
    ),
  );
  const emblems = worn("emblem").map((name) =>
    square(wornEmblemFrame(name), WORN_EMBLEM_PX, (ctx) => paintWornEmblem(ctx, EMBLEM_PATHS[name])),
  );
  return [...patterns, ...emblems];
}

function emoteFrames(): FrameSpec[] {
  return [
    ...EMOTE_NAMES.map((name) => ({
      ...BUBBLE_FRAME,
      name: emoteFrame(name),
      paint: (ctx: CanvasRenderingContext2D) => paintEmote(ctx, name),
    })),
    ...PING_NAMES.map((name) => square(pingFrame(name), PING_FRAME_PX, (ctx) => paintPing(ctx, name))),
  ];
}

/** White, with a dark edge as names have; it is tinted as the name is. */
function paintWornEmblem(ctx: CanvasRenderingContext2D, path: string): void {
  const side = WORN_EMBLEM_PX - 4;
  const shape = new Path2D();
  shape.addPath(new Path2D(path), new DOMMatrix().scale(side).translate(-0.5, -0.5));
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = fade("#07071a", 0.8);
  ctx.stroke(shape);
  ctx.fillStyle = "#ffffff";
  ctx.fill(shape, "evenodd");
}

function lightFrames(): FrameSpec[] {
  return [
    square("ring", 96, paintRing),
    { name: "column", width: 48, height: 156, originY: 153, paint: paintColumn },
    square("self", 72, paintSelfRing),
    square("scorch", 72, paintScorch),
    square("glow", 64, paintGlow),
    square("shadow", 64, paintShadow),
    square("smoke", 64, paintSmoke),
    { name: "muzzle", width: 42, height: 22, originX: 5, paint: paintMuzzle },
    { name: "spark", width: 26, height: 6, paint: paintSpark },
    { name: "bar", width: 52, height: 8, paint: paintHealthBar },
    { name: "debris", width: 14, height: 12, paint: paintDebris },
    { ...square("blank", 8, paintBlank), trimPx: BLANK_TRIM_PX },
    { name: "beam", width: 8, height: BEAM_FRAME_PX, trimPx: BLANK_TRIM_PX, paint: paintBeam },
  ];
}

function teamFrames(): FrameSpec[] {
  const { width, height, pivotX } = BARREL_FRAME;
  return hues.value.teams.flatMap((hue, index) => [
    { name: `barrel-${index}`, width, height, originX: pivotX, paint: (ctx) => paintBarrel(ctx, hue) },
    { name: `bolt-${index}`, width: 80, height: 14, paint: (ctx) => paintBolt(ctx, hue) },
    { name: `pellet-${index}`, width: 30, height: 10, paint: (ctx) => paintPellet(ctx, hue) },
    square(`emblem-${index}`, 64, (ctx) => paintEmblem(ctx, index)),
  ]);
}

function auraFrames(): FrameSpec[] {
  const shields = Array.from({ length: SHIELD_EDGES }, (_, index) =>
    square(shieldFrame(index + 1), SHIELD_FRAME_PX, (ctx) => paintShield(ctx, index + 1)),
  );
  return [
    ...shields,
    square("ward", SHIELD_FRAME_PX, paintWard),
    square("heat", 56, paintHeat),
    square("ally", HULL_FRAME_PX, paintAllyRing),
    square("friend", MARK_FRAME_PX, paintFriendMark),
    square("foe", MARK_FRAME_PX, paintFoeMark),
  ];
}

function fieldFrames(): FrameSpec[] {
  const { width, height, originX, originY } = CLOTH_FRAME;
  const cloths = [0, 1].flatMap((cut) =>
    Array.from({ length: CLOTH_WAVES }, (_, wave) => ({
      name: clothFrame(cut, wave),
      width,
      height,
      originX,
      originY,
      paint: (ctx: CanvasRenderingContext2D) => paintCloth(ctx, cut, wave),
    })),
  );
  const dials = Array.from({ length: DIAL_STEPS + 1 }, (_, lit) =>
    square(`dial-${lit}`, 60, (ctx) => paintDial(ctx, lit)),
  );
  const icons = PICKUP_NAMES.map((kind) =>
    square(`pickup-${kind}`, ICON_FRAME_PX, (ctx) => paintPickupIcon(ctx, kind, PICKUP_HUES[kind])),
  );
  return [
    ...cloths,
    ...dials,
    ...icons,
    square("base", 72, paintPickupBase),
    square("stand", 72, paintStand),
    square("shell", 32, paintShell),
    square("target", TARGET_FRAME_PX, paintTarget),
  ];
}

function aimFrames(): FrameSpec[] {
  return [
    square("aimDot", 12, paintAimDot),
    { name: "aimTick", width: 20, height: 10, paint: paintAimTick },
    square("aimWing", AIM_WING_PX, paintAimWing),
    square("hitMark", 48, paintHitMark),
  ];
}

function paintBlank(ctx: CanvasRenderingContext2D): void {
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(-4, -4, 8, 8);
}
