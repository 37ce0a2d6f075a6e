/** Draws bushes: two layers of leaves over the drones, which sway, and thin out around visible drones. */
import type Phaser from "phaser";
import { addImage } from "#client/render/image.ts";
import { LAYER } from "#client/render/layers.ts";
import { paintTuft } from "#client/render/paint/bushPaint.ts";
import { addPainted } from "#client/render/paint/canvasTexture.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { CoverKit, Theme } from "#client/render/themes/theme.ts";
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { BUSH } from "#shared/tuning.ts";
import { addBushGround } from "./bushGround.ts";

export interface Bushes {
  /**
   * Call once a frame. `centre` is the middle of the view; leaves are thin around the drone at `eye`. They also part over
   * living `drones`: the server does not send drones that a bush hides.
   */
  update(centre: Place, eye: Place, timeMs: number, drones?: Iterable<Place & { readonly hp: number }>): void;
}

/** Opacity of leaves: far away, near a viewer beside or inside a bush, and over another drone. */
interface Opacity {
  readonly far: number;
  readonly beside: number;
  readonly inside: number;
  readonly parted: number;
}

/** One of the two layers of a bush. */
interface BushLayer {
  readonly name: "low" | "high";
  readonly depth: number;
  /** Spots for tufts along a tile's side, and the share of spots that has a tuft. */
  readonly perSide: number;
  readonly share: number;
  readonly opacity: Opacity;
  readonly swayRad: number;
  readonly swayPx: number;
}

const BUSH_LAYERS: readonly BushLayer[] = [
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
/** Period of a swing; gusts of GUST_PX wavelength cross the arena from the north-west. */
const SWING_MS = 3400;
const GUST_PX = 520;
/** Leaves go from thinned to opaque between these distances from the viewer, about the sight range into a bush. */
const THIN_PX = { from: 0.45 * BUSH.seenWithinPx, to: 1.1 * BUSH.seenWithinPx };
/** The same for another drone, little more than its hull. */
const PARTED_PX = { from: 30, to: 70 };

interface Leafage {
  readonly image: Phaser.GameObjects.Image;
  readonly layer: BushLayer;
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly phase: number;
}

/** Lasts as long as its scene. `thinsOut` is false on the title screen, which has no viewer. */
export function createBushes(scene: Phaser.Scene, arena: Arena, { cover }: Theme, thinsOut = true): Bushes {
  const tufts = addTuftTexture(scene, arena, cover);
  addBushGround(scene, arena, cover);
  const leafages = BUSH_LAYERS.flatMap((layer) => plant(scene, arena, tufts, layer));
  const parted: Place[] = [];
  let inside = 0;
  let lastMs = 0;
  return {
    update(centre, eye, timeMs, drones = []) {
      parted.length = 0;
      for (const drone of drones) {
        if (drone.hp > 0 && isBushAt(arena, drone.x, drone.y)) parted.push(drone);
      }
      // Ease entering and leaving a bush, because leaves that jump look like a bug.
      const ease = 1 - Math.exp(-Math.min(100, Math.max(0, timeMs - lastMs)) / 90);
      inside += ((isBushAt(arena, eye.x, eye.y) ? 1 : 0) - inside) * ease;
      lastMs = timeMs;
      for (const leafage of leafages) {
        const { image, x, y, layer } = leafage;
        const reach = cover[layer.name].sidePx;
        image.visible =
          Math.abs(x - centre.x) < VIEW_WIDTH_PX / 2 + reach &&
          Math.abs(y - centre.y) < VIEW_HEIGHT_PX / 2 + reach;
        if (!image.visible) continue;
        const thinned = thinsOut ? opacityAt(leafage, eye, inside) : layer.opacity.far;
        image.alpha = parted.reduce((opacity, drone) => Math.min(opacity, partedAt(leafage, drone)), thinned);
        if (!motion.reduced) sway(leafage, timeMs);
      }
    },
  };
}

function opacityAt(leafage: Leafage, eye: Place, inside: number): number {
  const { far, beside, inside: within } = leafage.layer.opacity;
  const near = beside + (within - beside) * inside;
  return near + (far - near) * distanceShare(leafage, eye, THIN_PX);
}

function partedAt(leafage: Leafage, drone: Place): number {
  const { far, parted } = leafage.layer.opacity;
  return parted + (far - parted) * distanceShare(leafage, drone, PARTED_PX);
}

/** Smoothstep of the distance: 0 below `from`, 1 beyond `to`. */
function distanceShare({ x, y }: Place, place: Place, { from, to }: { from: number; to: number }): number {
  const share = Math.min(Math.max((Math.hypot(x - place.x, y - place.y) - from) / (to - from), 0), 1);
  return share * share * (3 - 2 * share);
}

function sway({ image, layer, x, y, turn, phase }: Leafage, timeMs: number): void {
  const swing = Math.sin((timeMs / SWING_MS - (x + y) / GUST_PX) * 2 * Math.PI + phase);
  image.rotation = turn + swing * layer.swayRad;
  image.setPosition(x + swing * layer.swayPx, y + swing * layer.swayPx * 0.5);
}

const frameOf = (layer: BushLayer, variant: number) => `${layer.name}-${variant}`;

/** Returns the texture's key. Each theme has its own, which stays for the next arena. */
function addTuftTexture(scene: Phaser.Scene, { theme }: Arena, cover: CoverKit): string {
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

/** Places tufts on a jittered grid, so that they cover the tile without looking regular. */
function plant(scene: Phaser.Scene, arena: Arena, tufts: string, layer: BushLayer): Leafage[] {
  const random = seededRandom(layer.depth);
  const leafages: Leafage[] = [];
  const stepPx = arena.tilePx / layer.perSide;
  for (const tile of arena.bushes.keys()) {
    if (arena.bushes[tile] !== 1) continue;
    const left = (tile % arena.columns) * arena.tilePx;
    const top = Math.floor(tile / arena.columns) * arena.tilePx;
    for (let spot = 0; spot < layer.perSide ** 2; spot++) {
      if (random.next() >= layer.share) continue;
      const x = left + ((spot % layer.perSide) + 0.5) * stepPx + jitter(random, stepPx * 0.3);
      const y = top + (Math.floor(spot / layer.perSide) + 0.5) * stepPx + jitter(random, stepPx * 0.3);
      leafages.push(addLeafage(scene, tufts, layer, x, y, random));
    }
  }
  return leafages;
}

const jitter = (random: Random, px: number) => (random.next() * 2 - 1) * px;

function addLeafage(
  scene: Phaser.Scene,
  tufts: string,
  layer: BushLayer,
  x: number,
  y: number,
  random: Random,
): Leafage {
  const frame = frameOf(layer, Math.floor(random.next() * VARIANTS));
  const turn = jitter(random, 0.5);
  const image = addImage(scene, x, y, tufts, frame, layer.depth).setRotation(turn);
  image.setScale((0.85 + random.next() * 0.3) / TUFT_SCALE);
  return { image, layer, x, y, turn, phase: jitter(random, 0.6) };
}
