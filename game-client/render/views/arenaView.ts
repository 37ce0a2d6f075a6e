/** Draws the static arena, painted once into textures of bounded size, over a deck with parallax. */
import type Phaser from "phaser";
import { LAYER } from "#client/render/layers.ts";
import { paintArena, shapeWalls, type WallShapes } from "#client/render/paint/arenaPaint.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { Underlay } from "./underlay.ts";

export interface ArenaView {
  /** Call once a frame, after the camera has moved. Hides the textures outside the view. */
  update(camera: Phaser.Cameras.Scene2D.Camera): void;
}

/** Side of a texture, world px; at the finest scale it stays within the texture size that every GPU supports. */
const CHUNK_PX = 1024;
/** Texture px painted beyond the shown part of a chunk, so that filtering at its edge samples the neighbour's picture. */
const GUTTER_PX = 2;
/** Painted beyond the border, for the glow there. */
const MARGIN_PX = 128;
/** Largest area, in square world px, that is painted at the finer scale; above it memory would cost too much. */
const FINE_AREA_PX = 8_000_000;

/** Number of arena views created so far, for unique texture keys. */
let viewCount = 0;

/** Lasts as long as its scene. The atlas must exist. */
export function createArenaView(scene: Phaser.Scene, arena: Arena): ArenaView {
  const prefix = `arena-${viewCount++}`;
  const underlay = new Underlay(scene, arena);
  const grain = chooseGrain(arena);
  const chunks = addChunks(scene, arena, prefix, grain);
  const keys = chunks.map((chunk) => chunk.texture.key);
  // Phaser's textures outlive their scene, so remove them with it.
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

/** Scale at which a chunk is painted, and the side of its shown part in world px. */
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

/** The frame "shown" excludes the gutter. */
function newChunk(scene: Phaser.Scene, key: string, grain: Grain): Phaser.Textures.CanvasTexture {
  const sidePx = CHUNK_PX * grain.pxPerWorldPx;
  const texture = scene.textures.createCanvas(key, sidePx, sidePx);
  if (!texture) throw new Error(`texture "${key}" cannot be created`);
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
