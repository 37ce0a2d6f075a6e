/** The static arena: painted once into textures of bounded size, over a deck that moves at another rate. */
import type Phaser from "phaser";
import { LAYER } from "#client/render/layers.ts";
import { paintArena, shapeWalls, type WallShapes } from "#client/render/paint/arenaPaint.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { Underlay } from "./underlay.ts";

export interface ArenaView {
  /** Once a frame, after the camera was moved. Draws nothing that lies outside the view. */
  update(camera: Phaser.Cameras.Scene2D.Camera): void;
}

/** World px of a texture's side; with the finest scale it stays within what every GPU takes. */
const CHUNK_PX = 1024;
/** Texture px painted beyond what a chunk shows, so that filtering at its edge finds the neighbour's picture. */
const GUTTER_PX = 2;
/** Painted outside the border too, for the light that falls there. */
const MARGIN_PX = 128;
/** Above this many world px a finer scale would cost more memory than it is worth. */
const FINE_AREA_PX = 8_000_000;

let made = 0;

/** Lives as long as its scene. Needs the atlas. */
export function createArenaView(scene: Phaser.Scene, arena: Arena): ArenaView {
  const prefix = `arena-${made++}`;
  const underlay = new Underlay(scene, arena);
  const grain = chooseGrain(arena);
  const chunks = addChunks(scene, arena, prefix, grain);
  const keys = chunks.map((chunk) => chunk.texture.key);
  // Textures outlive their scene; whatever ends the scene, these go with it.
  scene.events.once("shutdown", () => {
    for (const key of keys) scene.textures.remove(key);
  });
  return {
    update(camera) {
      underlay.update(camera.midPoint.x, camera.midPoint.y);
      const reachX = camera.width / camera.zoom / 2;
      const reachY = camera.height / camera.zoom / 2;
      for (const chunk of chunks) {
        const overX =
          camera.midPoint.x + reachX > chunk.x && camera.midPoint.x - reachX < chunk.x + grain.shownPx;
        const overY =
          camera.midPoint.y + reachY > chunk.y && camera.midPoint.y - reachY < chunk.y + grain.shownPx;
        chunk.visible = overX && overY;
      }
    },
  };
}

/** How finely the chunks are painted, and what of the world one shows. */
interface Grain {
  readonly pxPerWorldPx: number;
  readonly shownPx: number;
}

function chooseGrain(arena: Arena): Grain {
  const fine = globalThis.devicePixelRatio > 1 && arena.widthPx * arena.heightPx <= FINE_AREA_PX;
  const pxPerWorldPx = fine ? 1.5 : 1;
  return { pxPerWorldPx, shownPx: CHUNK_PX - (2 * GUTTER_PX) / pxPerWorldPx };
}

function addChunks(
  scene: Phaser.Scene,
  arena: Arena,
  prefix: string,
  grain: Grain,
): Phaser.GameObjects.Image[] {
  const walls = shapeWalls(arena);
  const images: Phaser.GameObjects.Image[] = [];
  for (let y = -MARGIN_PX; y < arena.heightPx + MARGIN_PX; y += grain.shownPx) {
    for (let x = -MARGIN_PX; x < arena.widthPx + MARGIN_PX; x += grain.shownPx) {
      const texture = newChunk(scene, `${prefix}-${images.length}`, grain);
      paintChunk(texture, arena, walls, x, y, grain.pxPerWorldPx);
      const image = scene.add
        .image(x, y, texture, "shown")
        .setOrigin(0)
        .setScale(1 / grain.pxPerWorldPx);
      images.push(image.setDepth(LAYER.floor));
    }
  }
  return images;
}

/** Its frame "shown" leaves out the gutter. */
function newChunk(scene: Phaser.Scene, key: string, grain: Grain): Phaser.Textures.CanvasTexture {
  const sidePx = CHUNK_PX * grain.pxPerWorldPx;
  const texture = scene.textures.createCanvas(key, sidePx, sidePx);
  if (!texture) throw new Error(`texture "${key}" cannot be made`);
  texture.add("shown", 0, GUTTER_PX, GUTTER_PX, sidePx - 2 * GUTTER_PX, sidePx - 2 * GUTTER_PX);
  return texture;
}

function paintChunk(
  texture: Phaser.Textures.CanvasTexture,
  arena: Arena,
  walls: WallShapes,
  left: number,
  top: number,
  pxPerWorldPx: number,
): void {
  const ctx = texture.context;
  ctx.save();
  ctx.translate(GUTTER_PX, GUTTER_PX);
  ctx.scale(pxPerWorldPx, pxPerWorldPx);
  ctx.translate(-left, -top);
  paintArena(ctx, arena, walls, pxPerWorldPx);
  ctx.restore();
  texture.refresh();
}
