/** Draws a draft's floor, walls and bushes in textures, and repaints the parts of them that an edit has changed. */
import type Phaser from "phaser";
import type { Bounds, Ctx, Theme } from "#client/render/themes/theme.ts";
import { addChunk, boundsOf, type Grain, grainOf, placeChunks } from "#client/render/views/arenaChunks.ts";
import { addTuftTexture } from "#client/render/views/tufts.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { changedBounds, cut, join } from "./changedBounds.ts";
import { paintRegion, type Tufts } from "./paintRegion.ts";

type Image = Phaser.GameObjects.Image;

/** Smaller than a fight's: a stroke uploads the textures that it touches. */
const CHUNK_PX = 512;
/** Areas above these, in square world px, are painted finer on fine screens, as in a fight, and coarser: memory is bounded. */
const FINE_AREA_PX = 8_000_000;
const FULL_AREA_PX = 20_000_000;
/** Chunks that one frame paints for the first time: a map fills in within a second, and the page answers meanwhile. */
const FIRST_PAINTS = 6;

interface Chunk {
  readonly x: number;
  readonly y: number;
  /** Undefined until it is painted. */
  image: Image | undefined;
  /** The part to paint again, world px. */
  dirty: Bounds | undefined;
}

/** Number of views so far, for unique texture keys. */
let viewCount = 0;

export class GroundView {
  /** Chunks painted so far, wholly or in part. */
  paints = 0;
  readonly #scene: Phaser.Scene;
  readonly #theme: Theme;
  readonly #grain: Grain;
  readonly #chunks: readonly Chunk[];
  readonly #tufts: Tufts;
  readonly #prefix = `draft-${viewCount++}`;
  #arena: Arena;

  constructor(scene: Phaser.Scene, arena: Arena, theme: Theme) {
    this.#scene = scene;
    this.#arena = arena;
    this.#theme = theme;
    this.#grain = chooseGrain(arena);
    this.#chunks = placeChunks(arena, this.#grain).map((place) => ({
      ...place,
      ...{ image: undefined, dirty: undefined },
    }));
    this.#tufts = tuftsOf(scene, arena, theme);
  }

  /** Shows another state of the draft, of the same size and theme. */
  show(arena: Arena): void {
    const before = this.#arena;
    this.#arena = arena;
    for (const changed of changedBounds(before, arena)) {
      for (const chunk of this.#chunks) {
        const part = chunk.image && cut(changed, boundsOf(chunk, this.#grain));
        if (part) chunk.dirty = join(chunk.dirty, part);
      }
    }
  }

  /** Call once a frame, after the camera has moved. Returns whether everything in view is painted. */
  update({ midPoint, width, height, zoom }: Phaser.Cameras.Scene2D.Camera): boolean {
    const { shownPx } = this.#grain;
    const reachX = width / zoom / 2 + shownPx / 2;
    const reachY = height / zoom / 2 + shownPx / 2;
    const farOf = (chunk: Chunk) => ({
      x: Math.abs(chunk.x + shownPx / 2 - midPoint.x),
      y: Math.abs(chunk.y + shownPx / 2 - midPoint.y),
    });
    const unpainted: { chunk: Chunk; px: number }[] = [];
    for (const chunk of this.#chunks) {
      const far = farOf(chunk);
      const isInView = far.x < reachX && far.y < reachY;
      if (chunk.image) chunk.image.visible = isInView;
      if (isInView && !chunk.image) unpainted.push({ chunk, px: Math.hypot(far.x, far.y) });
      if (isInView && chunk.image && chunk.dirty) this.#repaint(chunk, chunk.image, chunk.dirty);
    }
    unpainted.sort((one, other) => one.px - other.px);
    for (const { chunk } of unpainted.slice(0, FIRST_PAINTS)) this.#paint(chunk);
    return unpainted.length <= FIRST_PAINTS;
  }

  /** Draws it over, or under, another view of the same draft. */
  set depth(depth: number) {
    for (const { image } of this.#chunks) image?.setDepth(depth);
  }

  destroy(): void {
    for (const { image } of this.#chunks) {
      if (!image) continue;
      const { key } = image.texture;
      image.destroy();
      this.#scene.textures.remove(key);
    }
  }

  #paint(chunk: Chunk): void {
    this.paints++;
    const key = `${this.#prefix}-${this.#chunks.indexOf(chunk)}`;
    chunk.image = addChunk(this.#scene, key, chunk, this.#grain, (ctx, bounds) =>
      this.#paintPart(ctx, bounds),
    );
  }

  #repaint(chunk: Chunk, image: Image, dirty: Bounds): void {
    this.paints++;
    chunk.dirty = undefined;
    const texture = image.texture as Phaser.Textures.CanvasTexture;
    const ctx = texture.context;
    const { pxPerWorldPx } = this.#grain;
    const { left, top } = boundsOf(chunk, this.#grain);
    // Whole texture px, so that no edge of the clip shows.
    const x = Math.floor((dirty.left - left) * pxPerWorldPx);
    const y = Math.floor((dirty.top - top) * pxPerWorldPx);
    const right = Math.ceil((dirty.right - left) * pxPerWorldPx);
    const bottom = Math.ceil((dirty.bottom - top) * pxPerWorldPx);
    ctx.save();
    ctx.resetTransform();
    ctx.beginPath();
    ctx.rect(x, y, right - x, bottom - y);
    ctx.clip();
    ctx.clearRect(x, y, right - x, bottom - y);
    ctx.scale(pxPerWorldPx, pxPerWorldPx);
    ctx.translate(-left, -top);
    this.#paintPart(ctx, {
      left: left + x / pxPerWorldPx,
      top: top + y / pxPerWorldPx,
      right: left + right / pxPerWorldPx,
      bottom: top + bottom / pxPerWorldPx,
    });
    ctx.restore();
    texture.refresh();
  }

  #paintPart(ctx: Ctx, bounds: Bounds): void {
    const { pxPerWorldPx } = this.#grain;
    paintRegion(ctx, { arena: this.#arena, bounds, pxPerWorldPx }, this.#theme, this.#tufts);
  }
}

function chooseGrain({ widthPx, heightPx }: Arena): Grain {
  const area = widthPx * heightPx;
  const fine = globalThis.devicePixelRatio > 1 && area <= FINE_AREA_PX;
  const pxPerWorldPx = fine ? 1.5 : area <= FULL_AREA_PX ? 1 : 0.5;
  return grainOf(pxPerWorldPx, CHUNK_PX * Math.max(1, pxPerWorldPx));
}

function tuftsOf(scene: Phaser.Scene, arena: Arena, { cover }: Theme): Tufts {
  const texture = scene.textures.get(addTuftTexture(scene, arena, cover));
  return {
    image: texture.getSourceImage() as HTMLCanvasElement,
    frame(name) {
      const { cutX, cutY, cutWidth } = texture.get(name);
      return { x: cutX, y: cutY, side: cutWidth };
    },
  };
}
