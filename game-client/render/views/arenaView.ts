/**
 * Draws the static arena and its surroundings. They are painted into textures of bounded size, each when it is first in
 * view: a fight begins as soon as the two to six around the player are painted. The others follow one by one, nearest
 * first, so that each is ready before the player gets there.
 */
import type Phaser from "phaser";
import { paintArena } from "#client/render/paint/arenaPaint.ts";
import { shapeWalls, type WallShapes } from "#client/render/paint/wallPaint.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { addChunk, type Grain, grainOf, placeChunks } from "./arenaChunks.ts";

/** Side of a chunk's texture, world px; at the finest scale it stays within the texture size that every GPU supports. */
const CHUNK_PX = 1024;
/** Largest area, in square world px, that is painted at the finer scale; above it memory would cost too much. */
const FINE_AREA_PX = 8_000_000;
/** Pause between two chunks outside the view: painting one takes a slow machine several frames. */
const PAINT_EVERY_MS = 250;

/** Number of arena views created so far, for unique texture keys. */
let viewCount = 0;

interface Chunk {
  /** Its left top corner, world px. */
  readonly x: number;
  readonly y: number;
  /** Undefined until it is painted. */
  image: Phaser.GameObjects.Image | undefined;
}

/** Lasts as long as its scene. The atlas must exist. */
export class ArenaView {
  readonly #scene: Phaser.Scene;
  readonly #arena: Arena;
  readonly #theme: Theme;
  readonly #walls: WallShapes;
  readonly #grain: Grain;
  readonly #chunks: readonly Chunk[];
  readonly #prefix = `arena-${viewCount++}`;
  #paintedAtMs = 0;

  constructor(scene: Phaser.Scene, arena: Arena, theme: Theme) {
    this.#scene = scene;
    this.#arena = arena;
    this.#theme = theme;
    this.#walls = shapeWalls(arena, theme.walls);
    this.#grain = chooseGrain(arena);
    this.#chunks = placeChunks(arena, this.#grain).map((place) => ({ ...place, image: undefined }));
    scene.cameras.main.setBackgroundColor(theme.palette.beyond);
    // Phaser's textures outlive their scene, so remove them with it.
    scene.events.once("shutdown", () => {
      for (const { image } of this.#chunks) if (image) scene.textures.remove(image.texture.key);
    });
  }

  /** Call once a frame, after the camera has moved; `timeMs` is the frame's time stamp. */
  update(camera: Phaser.Cameras.Scene2D.Camera, timeMs: number): void {
    const { x, y } = camera.midPoint;
    const reachX = camera.width / camera.zoom / 2;
    const reachY = camera.height / camera.zoom / 2;
    const { shownPx } = this.#grain;
    for (const chunk of this.#chunks) {
      const isOverX = x + reachX > chunk.x && x - reachX < chunk.x + shownPx;
      const isOverY = y + reachY > chunk.y && y - reachY < chunk.y + shownPx;
      const isInView = isOverX && isOverY;
      if (isInView && !chunk.image) this.#paint(chunk, timeMs);
      if (chunk.image) chunk.image.visible = isInView;
    }
    if (timeMs - this.#paintedAtMs >= PAINT_EVERY_MS) this.#paintNearest(x, y, timeMs);
  }

  #paintNearest(x: number, y: number, timeMs: number): void {
    const halfPx = this.#grain.shownPx / 2;
    let nearest: Chunk | undefined;
    let nearestPx = Number.POSITIVE_INFINITY;
    for (const chunk of this.#chunks) {
      if (chunk.image) continue;
      const px = Math.hypot(chunk.x + halfPx - x, chunk.y + halfPx - y);
      if (px >= nearestPx) continue;
      nearest = chunk;
      nearestPx = px;
    }
    if (nearest) this.#paint(nearest, timeMs);
  }

  #paint(chunk: Chunk, timeMs: number): void {
    this.#paintedAtMs = timeMs;
    const { pxPerWorldPx } = this.#grain;
    const key = `${this.#prefix}-${this.#chunks.indexOf(chunk)}`;
    chunk.image = addChunk(this.#scene, key, chunk, this.#grain, (ctx, bounds) =>
      paintArena(ctx, { arena: this.#arena, bounds, pxPerWorldPx }, this.#theme, this.#walls),
    );
  }
}

function chooseGrain(arena: Arena): Grain {
  const fine = globalThis.devicePixelRatio > 1 && arena.widthPx * arena.heightPx <= FINE_AREA_PX;
  const pxPerWorldPx = fine ? 1.5 : 1;
  return grainOf(pxPerWorldPx, CHUNK_PX * pxPerWorldPx);
}
