/** Paints the dark ground under each clump of bushes once; it marks the bush where its leaves are thinned out. */
import type Phaser from "phaser";
import { addImage } from "#client/render/image.ts";
import { LAYER } from "#client/render/layers.ts";
import { paintGround } from "#client/render/paint/bushPaint.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import { outlinePath, traceWalls } from "#client/render/paint/contour.ts";
import type { CoverKit } from "#client/render/themes/theme.ts";
import { type Arena, isBushTile } from "#shared/arena/arena.ts";

/** Texture px per world px; the ground is blurred and need not be sharp. */
const GROUND_SCALE = 0.5;
const GROUND_MARGIN_PX = 48;

/** Number of textures created so far, for unique keys. */
let textureCount = 0;

/** Adds one image for each clump, which needs far less memory than one for the arena. */
export function addBushGround(scene: Phaser.Scene, arena: Arena, cover: CoverKit): void {
  for (const tiles of findClumps(arena)) {
    const outline = outlinePath(
      traceWalls({ ...arena, solid: tiles }),
      { north: -4, south: -4, sides: -4 },
      26,
    );
    const { left, top, width, height } = boundsOf(arena, tiles);
    const key = `bush-ground-${textureCount++}`;
    addPainted(scene.textures, key, width * GROUND_SCALE, height * GROUND_SCALE, (ctx) => {
      ctx.scale(GROUND_SCALE, GROUND_SCALE);
      ctx.translate(-left, -top);
      paintGround(ctx, cover, outline, GROUND_SCALE);
    });
    addImage(scene, left, top, key, undefined, LAYER.floor + 1)
      .setOrigin(0)
      .setScale(1 / GROUND_SCALE);
    scene.events.once("shutdown", () => scene.textures.remove(key));
  }
}

/** Groups bush tiles that share a side; each clump is a tile layer of its own. */
function findClumps(arena: Arena): Uint8Array[] {
  const seen = new Uint8Array(arena.bushes.length);
  const clumps: Uint8Array[] = [];
  for (const start of arena.bushes.keys()) {
    if (arena.bushes[start] !== 1 || seen[start] === 1) continue;
    const clump = new Uint8Array(arena.bushes.length);
    const queue = [start];
    for (let tile = queue.pop(); tile !== undefined; tile = queue.pop()) {
      const column = tile % arena.columns;
      const row = Math.floor(tile / arena.columns);
      if (!isBushTile(arena, column, row) || seen[tile] === 1) continue;
      seen[tile] = 1;
      clump[tile] = 1;
      queue.push(tile - 1, tile + 1, tile - arena.columns, tile + arena.columns);
    }
    clumps.push(clump);
  }
  return clumps;
}

function boundsOf(arena: Arena, tiles: Uint8Array) {
  const taken = Array.from(tiles.keys()).filter((tile) => tiles[tile] === 1);
  const columns = taken.map((tile) => tile % arena.columns);
  const rows = taken.map((tile) => Math.floor(tile / arena.columns));
  const left = Math.min(...columns) * arena.tilePx - GROUND_MARGIN_PX;
  const top = Math.min(...rows) * arena.tilePx - GROUND_MARGIN_PX;
  return {
    left,
    top,
    width: (Math.max(...columns) + 1) * arena.tilePx + GROUND_MARGIN_PX - left,
    height: (Math.max(...rows) + 1) * arena.tilePx + GROUND_MARGIN_PX - top,
  };
}
