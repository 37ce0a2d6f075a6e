/** Draws every texture of things that move, once, into one atlas, so that all of them batch into few draw calls. */
import type Phaser from "phaser";
import { TEAM_HUES } from "#client/palette.ts";
import { HULLS, hullOf } from "./hullShapes.ts";
import { BARREL_FRAME, HULL_FRAME_PX, paintBarrel, paintHull, paintRim } from "./hulls.ts";
import {
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

export const ATLAS = "render-atlas";
/** Texture px per world px: crisp on screens with a pixel ratio of 2. */
const SCALE = 2;
/** What an image of the atlas is scaled by to come out in world px. */
export const ATLAS_UNIT = 1 / SCALE;
/** Powers of two, so that mipmaps may be made (they are, if the game asks for them). */
const WIDTH_PX = 2048;
const HEIGHT_PX = 1024;
/** Keeps neighbours from bleeding in when frames are drawn small. */
const GAP_PX = 4;

interface FrameSpec {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Where 0,0 of the painter lies in the frame, world px; the middle without it. */
  readonly originX?: number;
  readonly originY?: number;
  /** Left out of the frame on all sides, texture px. */
  readonly trimPx?: number;
  paint(ctx: CanvasRenderingContext2D): void;
}

/** However far the white square is stretched, its edge stays sharp: what bleeds in from outside is left out. */
const BLANK_TRIM_PX = 4;
/** Times a length in world px: the scale of an image of the frame "blank". */
export const BLANK_UNIT = 1 / (8 * SCALE - 2 * BLANK_TRIM_PX);

const hueIndex = (team: number) => team % TEAM_HUES.length;
export const hullFrame = (team: number): string => `hull-${hullOf(team)}-${hueIndex(team)}`;
export const rimFrame = (team: number): string => `rim-${hullOf(team)}`;
export const barrelFrame = (team: number): string => `barrel-${hueIndex(team)}`;
export const boltFrame = (team: number): string => `bolt-${hueIndex(team)}`;

function listFrames(): FrameSpec[] {
  const frames: FrameSpec[] = [];
  for (const [shape, hull] of HULLS.entries()) {
    const square = { width: HULL_FRAME_PX, height: HULL_FRAME_PX };
    for (const [index, hue] of TEAM_HUES.entries()) {
      frames.push({ name: `hull-${shape}-${index}`, ...square, paint: (ctx) => paintHull(ctx, hull, hue) });
    }
  }
  for (const [shape, hull] of HULLS.entries()) {
    const paint = (ctx: CanvasRenderingContext2D) => paintRim(ctx, hull, SCALE);
    frames.push({ name: `rim-${shape}`, width: HULL_FRAME_PX, height: HULL_FRAME_PX, paint });
  }
  frames.push(
    { name: "ring", width: 96, height: 96, paint: paintRing },
    { name: "column", width: 48, height: 156, originY: 153, paint: paintColumn },
    { name: "self", width: 72, height: 72, paint: paintSelfRing },
    { name: "scorch", width: 72, height: 72, paint: paintScorch },
    { name: "glow", width: 64, height: 64, paint: paintGlow },
    { name: "shadow", width: 64, height: 64, paint: paintShadow },
    { name: "smoke", width: 64, height: 64, paint: paintSmoke },
  );
  for (const [index, hue] of TEAM_HUES.entries()) {
    const { width, height, pivotX } = BARREL_FRAME;
    const paint = (ctx: CanvasRenderingContext2D) => paintBarrel(ctx, hue);
    frames.push({ name: `barrel-${index}`, width, height, originX: pivotX, paint });
    frames.push({ name: `bolt-${index}`, width: 80, height: 14, paint: (ctx) => paintBolt(ctx, hue) });
  }
  frames.push(
    { name: "muzzle", width: 42, height: 22, originX: 5, paint: paintMuzzle },
    { name: "spark", width: 26, height: 6, paint: paintSpark },
    { name: "bar", width: 52, height: 8, paint: paintHealthBar },
    { name: "debris", width: 14, height: 12, paint: paintDebris },
    { name: "blank", width: 8, height: 8, trimPx: BLANK_TRIM_PX, paint: paintBlank },
  );
  return frames;
}

function paintBlank(ctx: CanvasRenderingContext2D): void {
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(-4, -4, 8, 8);
}

/** Call once at boot; calling again does nothing. Throws when the frames no longer fit. */
export function createAtlas(scene: Phaser.Scene): void {
  if (scene.textures.exists(ATLAS)) return;
  const texture = scene.textures.createCanvas(ATLAS, WIDTH_PX, HEIGHT_PX);
  if (!texture) throw new Error(`texture "${ATLAS}" cannot be made`);
  let x = GAP_PX;
  let y = GAP_PX;
  let shelf = 0;
  // Tallest first: shelves then waste little, whatever the order above.
  for (const spec of listFrames().sort((a, b) => b.height - a.height)) {
    const width = spec.width * SCALE;
    const height = spec.height * SCALE;
    if (x + width + GAP_PX > WIDTH_PX) {
      x = GAP_PX;
      y += shelf + GAP_PX;
      shelf = 0;
    }
    if (y + height > HEIGHT_PX) throw new Error(`the atlas is full at frame "${spec.name}"`);
    paintFrame(texture.context, spec, x, y);
    addFrame(texture, spec, x, y);
    x += width + GAP_PX;
    shelf = Math.max(shelf, height);
  }
  texture.refresh();
}

function paintFrame(ctx: CanvasRenderingContext2D, spec: FrameSpec, x: number, y: number): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, spec.width * SCALE, spec.height * SCALE);
  ctx.clip();
  ctx.translate(x, y);
  ctx.scale(SCALE, SCALE);
  ctx.translate(spec.originX ?? spec.width / 2, spec.originY ?? spec.height / 2);
  spec.paint(ctx);
  ctx.restore();
}

function addFrame(texture: Phaser.Textures.CanvasTexture, spec: FrameSpec, x: number, y: number): void {
  const trim = spec.trimPx ?? 0;
  const width = spec.width * SCALE - 2 * trim;
  const frame = texture.add(spec.name, 0, x + trim, y + trim, width, spec.height * SCALE - 2 * trim);
  if (!frame) throw new Error(`atlas frame "${spec.name}" is named twice`);
  frame.customPivot = true;
  frame.pivotX = (spec.originX ?? spec.width / 2) / spec.width;
  frame.pivotY = (spec.originY ?? spec.height / 2) / spec.height;
}

/** An image of one frame in world px, turning about the frame's own 0,0. */
export function atlasImage(scene: Phaser.Scene, frame: string, depth: number): Phaser.GameObjects.Image {
  return scene.add.image(0, 0, ATLAS, frame).setScale(ATLAS_UNIT).setDepth(depth);
}
