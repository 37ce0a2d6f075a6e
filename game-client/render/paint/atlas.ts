/**
 * Paints the textures of all moving objects into one atlas, so that they batch into few draw calls. It is painted once,
 * and again when the player chooses other team hues.
 */
import { effect, untracked } from "@preact/signals";
import type Phaser from "phaser";
import { addImage } from "#client/render/image.ts";
import { type HueSet, hues } from "#client/settings/hues.ts";
import { BLANK_TRIM_PX, type FrameSpec, listFrames } from "./atlasFrames.ts";
import { addPainted } from "./canvasTexture.ts";

export const ATLAS = "render-atlas";
/** Texture px per world px; sharp on screens with a pixel ratio of 2. */
const SCALE = 2;
/** Scale at which an image of the atlas has its size in world px. */
export const ATLAS_UNIT = 1 / SCALE;
/** Powers of two, which mipmaps require. */
const WIDTH_PX = 2048;
const HEIGHT_PX = 2048;
/** Gap that keeps neighbours from bleeding in when frames are drawn small. */
const GAP_PX = 4;

/** Factor from a length in world px to the scale of an image of the frame "blank". */
export const BLANK_UNIT = 1 / (8 * SCALE - 2 * BLANK_TRIM_PX);

const paintedIn = new WeakMap<Phaser.Textures.Texture, HueSet>();

/** Creates and paints the atlas, if that has not been done. Throws when the frames do not fit. */
export function paintAtlas(textures: Phaser.Textures.TextureManager): Phaser.Textures.CanvasTexture {
  if (!textures.exists(ATLAS)) return addAtlas(textures);
  const texture = textures.get(ATLAS) as Phaser.Textures.CanvasTexture;
  if (paintedIn.get(texture) !== hues.value) repaint(texture);
  return texture;
}

/**
 * Call at the start of a scene. Creates the atlas, once for all scenes, and repaints it when the player chooses other
 * hues; `onRepaint` must then set tints again, as images show the new frames by themselves. Throws when the frames do not fit.
 */
export function createAtlas(scene: Phaser.Scene, onRepaint: () => void): void {
  let isFirst = true;
  const stop = effect(() => {
    // The hues may have changed while no scene followed them.
    paintAtlas(scene.textures);
    if (!isFirst) untracked(onRepaint);
    isFirst = false;
  });
  scene.events.once("shutdown", stop);
}

function addAtlas(textures: Phaser.Textures.TextureManager): Phaser.Textures.CanvasTexture {
  const texture = addPainted(textures, ATLAS, WIDTH_PX, HEIGHT_PX, paintFrames);
  for (const { spec, x, y } of placeFrames()) addFrame(texture, spec, x, y);
  paintedIn.set(texture, hues.value);
  return texture;
}

function repaint(texture: Phaser.Textures.CanvasTexture): void {
  texture.clear();
  paintFrames(texture.context);
  paintedIn.set(texture, hues.value);
  texture.refresh();
}

function paintFrames(ctx: CanvasRenderingContext2D): void {
  for (const { spec, x, y } of placeFrames()) paintFrame(ctx, spec, x, y);
}

/** The top left corner of each frame, texture px; the same for all hues. */
function placeFrames(): { spec: FrameSpec; x: number; y: number }[] {
  let x = GAP_PX;
  let y = GAP_PX;
  let shelfHeight = 0;
  // Shelf packing, tallest first, wastes little space.
  const specs = listFrames(SCALE).sort((a, b) => b.height - a.height);
  return specs.map((spec) => {
    const width = spec.width * SCALE;
    const height = spec.height * SCALE;
    if (x + width + GAP_PX > WIDTH_PX) {
      x = GAP_PX;
      y += shelfHeight + GAP_PX;
      shelfHeight = 0;
    }
    if (y + height > HEIGHT_PX) throw new Error(`the atlas is full at frame "${spec.name}"`);
    const place = { spec, x, y };
    x += width + GAP_PX;
    shelfHeight = Math.max(shelfHeight, height);
    return place;
  });
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

/** An image of one frame in world px, which rotates about the frame's 0,0. */
export function atlasImage(scene: Phaser.Scene, frame: string, depth: number): Phaser.GameObjects.Image {
  return addImage(scene, 0, 0, ATLAS, frame, depth).setScale(ATLAS_UNIT);
}
