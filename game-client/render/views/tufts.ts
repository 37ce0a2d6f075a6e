/** Places the tufts of bushes: two layers of leaves, in several variants from a texture of the theme. */
import type Phaser from "phaser";
import { LAYER } from "#client/render/layers.ts";
import { paintTuft } from "#client/render/paint/bushPaint.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import type { CoverKit } from "#client/render/themes/theme.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";

/** Opacity of leaves: far away, near a viewer beside or inside a bush, and over another drone. */
interface Opacity {
  readonly far: number;
  readonly beside: number;
  readonly inside: number;
  readonly parted: number;
}

/** One of the two layers of a bush. */
export interface BushLayer {
  readonly name: "low" | "high";
  readonly depth: number;
  /** Spots for tufts along a tile's side, and the share of spots that has a tuft. */
  readonly perSide: number;
  readonly share: number;
  readonly opacity: Opacity;
  readonly swayRad: number;
  readonly swayPx: number;
}

export const BUSH_LAYERS: readonly BushLayer[] = [
  {
    name: "low",
    depth: LAYER.bush,
    perSide: 2,
    share: 1,
    swayRad: 0.035,
    swayPx: 1,
    opacity: { far: 0.94, beside: 0.5, inside: 0.42, parted: 0.2 },
  },
  {
    name: "high",
    // Above the own drone too, which then looks inside the bush instead of on top of it.
    depth: LAYER.selfRim + 1,
    perSide: 2,
    share: 0.75,
    swayRad: 0.07,
    swayPx: 2.4,
    opacity: { far: 0.92, beside: 0.35, inside: 0.18, parted: 0.08 },
  },
];

/** Different tufts of each layer. */
const VARIANTS = 4;
/** Texture px per world px. */
const TUFT_SCALE = 2;
const frameOf = (layer: BushLayer, variant: number) => `${layer.name}-${variant}`;

/** Returns the texture's key. Each theme has its own, which stays for the next arena. */
export function addTuftTexture(
  scene: Phaser.Scene,
  { theme }: Pick<Arena, "theme">,
  cover: CoverKit,
): string {
  const key = `tufts-${theme}`;
  if (scene.textures.exists(key)) return key;
  const sides = BUSH_LAYERS.map(({ name }) => cover[name].sidePx * TUFT_SCALE);
  const height = sides.reduce((sum, side) => sum + side, 0);
  const width = Math.max(...sides) * VARIANTS;
  const texture = addPainted(scene.textures, key, width, height, (ctx) => {
    for (const { layer, row, variant, x, y, side } of placeTufts(cover)) {
      ctx.save();
      ctx.translate(x + side / 2, y + side / 2);
      ctx.scale(TUFT_SCALE, TUFT_SCALE);
      paintTuft(ctx, cover, cover[layer.name], row * VARIANTS + variant + 1);
      ctx.restore();
    }
  });
  for (const { layer, variant, x, y, side } of placeTufts(cover)) {
    texture.add(frameOf(layer, variant), 0, x, y, side, side);
  }
  return key;
}

/** One row for each layer; texture px. */
function* placeTufts(cover: CoverKit) {
  let y = 0;
  for (const [row, layer] of BUSH_LAYERS.entries()) {
    const side = cover[layer.name].sidePx * TUFT_SCALE;
    for (let variant = 0; variant < VARIANTS; variant++) {
      yield { layer, row, variant, x: variant * side, y, side };
    }
    y += side;
  }
}

export interface TuftSpot {
  /** The name of the texture's frame. */
  readonly frame: string;
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly scale: number;
  readonly phase: number;
}

/** Tufts of one tile on a jittered grid, so that they cover it without looking regular. A tile always has the same. */
export function* tuftsOn(arena: Arena, tile: number, layer: BushLayer): Iterable<TuftSpot> {
  const column = tile % arena.columns;
  const row = Math.floor(tile / arena.columns);
  const random = seededRandom(column * 4099 + row * 131 + layer.depth);
  const stepPx = arena.tilePx / layer.perSide;
  for (let spot = 0; spot < layer.perSide ** 2; spot++) {
    if (random.next() >= layer.share) continue;
    const spotX = (spot % layer.perSide) + 0.5;
    const spotY = Math.floor(spot / layer.perSide) + 0.5;
    yield {
      x: column * arena.tilePx + spotX * stepPx + jitter(random, stepPx * 0.3),
      y: row * arena.tilePx + spotY * stepPx + jitter(random, stepPx * 0.3),
      frame: frameOf(layer, Math.floor(random.next() * VARIANTS)),
      turn: jitter(random, 0.5),
      scale: (0.85 + random.next() * 0.3) / TUFT_SCALE,
      phase: jitter(random, 0.6),
    };
  }
}

const jitter = (random: Random, px: number) => (random.next() * 2 - 1) * px;
