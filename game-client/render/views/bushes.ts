/** Bushes: two layers of leaves over the drones, that sway a little and thin out where somebody is to be seen. */
import type Phaser from "phaser";
import { LAYER } from "#client/render/layers.ts";
import { HIGH_TUFT, LOW_TUFT, paintTuft, type Tuft } from "#client/render/paint/bushPaint.ts";
import { motion } from "#client/render/reducedMotion.ts";
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { BUSH } from "#shared/tuning.ts";
import { addBushGround } from "./bushGround.ts";

export interface Bushes {
  /**
   * Once a frame. `eye` is the middle of the view; leaves also part over `drones` that are alive, for whoever is
   * hidden by them is not on this screen at all.
   */
  update(eye: Place, timeMs: number, drones?: Iterable<Place & { readonly hp: number }>): void;
}

/** How opaque leaves are: from afar, near an eye outside or inside a bush, and over another drone. */
interface Opacity {
  readonly far: number;
  readonly beside: number;
  readonly inside: number;
  readonly parted: number;
}

/** One of the two storeys of a bush. */
interface Storey {
  readonly name: string;
  readonly tuft: Tuft;
  readonly depth: number;
  /** Spots for a tuft on a tile's side, and the share of them that has one. */
  readonly perSide: number;
  readonly share: number;
  readonly opacity: Opacity;
  readonly swayRad: number;
  readonly swayPx: number;
}

const STOREYS: readonly Storey[] = [
  {
    ...{ name: "low", tuft: LOW_TUFT, depth: LAYER.bush, perSide: 2, share: 1, swayRad: 0.035, swayPx: 1 },
    opacity: { far: 0.94, beside: 0.5, inside: 0.42, parted: 0.2 },
  },
  {
    // Over the own drone too, so that it is seen to be in the bush and not on it.
    ...{
      name: "high",
      tuft: HIGH_TUFT,
      depth: LAYER.selfRim + 1,
      perSide: 2,
      share: 0.75,
      swayRad: 0.07,
      swayPx: 2.4,
    },
    opacity: { far: 0.92, beside: 0.35, inside: 0.18, parted: 0.08 },
  },
];

/** Tufts of a storey that differ. */
const VARIANTS = 4;
const TUFTS = "bush-tufts";
/** Texture px per world px. */
const TUFT_SCALE = 2;
/** Gusts cross the arena from the north-west; a full swing takes this long. */
const SWING_MS = 3400;
const GUST_PX = 520;
/** From fully thinned to opaque between these distances from the eye: about as far as one sees into a bush. */
const THIN_PX = { from: 0.45 * BUSH.seenWithinPx, to: 1.1 * BUSH.seenWithinPx };
/** The same for another drone: little more than its hull. */
const PARTED_PX = { from: 30, to: 70 };

interface Leafage {
  readonly image: Phaser.GameObjects.Image;
  readonly storey: Storey;
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly phase: number;
}

/** Lives as long as its scene. `thinning` is off where nobody plays: behind the title. */
export function createBushes(scene: Phaser.Scene, arena: Arena, thinning = true): Bushes {
  addTuftTexture(scene);
  addBushGround(scene, arena);
  const leafages = STOREYS.flatMap((storey) => plant(scene, arena, storey));
  const parted: Place[] = [];
  let inside = 0;
  let lastMs = 0;
  return {
    update(eye, timeMs, drones = []) {
      parted.length = 0;
      for (const drone of drones) {
        if (drone.hp > 0 && isBushAt(arena, drone.x, drone.y)) parted.push(drone);
      }
      // Steps into and out of a bush are eased: leaves that jump would look like a fault.
      const ease = 1 - Math.exp(-Math.min(100, Math.max(0, timeMs - lastMs)) / 90);
      inside += ((isBushAt(arena, eye.x, eye.y) ? 1 : 0) - inside) * ease;
      lastMs = timeMs;
      for (const leafage of leafages) {
        const { image, x, y, storey } = leafage;
        const reach = storey.tuft.sidePx;
        image.visible =
          Math.abs(x - eye.x) < VIEW_WIDTH_PX / 2 + reach && Math.abs(y - eye.y) < VIEW_HEIGHT_PX / 2 + reach;
        if (!image.visible) continue;
        const thinned = thinning ? opacityAt(leafage, eye, inside) : storey.opacity.far;
        image.alpha = parted.reduce((opacity, drone) => Math.min(opacity, partedAt(leafage, drone)), thinned);
        if (!motion.reduced) sway(leafage, timeMs);
      }
    },
  };
}

function opacityAt(leafage: Leafage, eye: Place, inside: number): number {
  const { far, beside, inside: within } = leafage.storey.opacity;
  const near = beside + (within - beside) * inside;
  return near + (far - near) * awayFrom(leafage, eye, THIN_PX);
}

function partedAt(leafage: Leafage, drone: Place): number {
  const { far, parted } = leafage.storey.opacity;
  return parted + (far - parted) * awayFrom(leafage, drone, PARTED_PX);
}

/** 0 nearer than `from`, 1 farther than `to`, and smooth between. */
function awayFrom({ x, y }: Place, place: Place, { from, to }: { from: number; to: number }): number {
  const share = Math.min(Math.max((Math.hypot(x - place.x, y - place.y) - from) / (to - from), 0), 1);
  return share * share * (3 - 2 * share);
}

function sway({ image, storey, x, y, turn, phase }: Leafage, timeMs: number): void {
  const swing = Math.sin((timeMs / SWING_MS - (x + y) / GUST_PX) * 2 * Math.PI + phase);
  image.rotation = turn + swing * storey.swayRad;
  image.setPosition(x + swing * storey.swayPx, y + swing * storey.swayPx * 0.5);
}

const frameOf = (storey: Storey, variant: number) => `${storey.name}-${variant}`;

function addTuftTexture(scene: Phaser.Scene): void {
  if (scene.textures.exists(TUFTS)) return;
  const sides = STOREYS.map(({ tuft }) => tuft.sidePx * TUFT_SCALE);
  const height = sides.reduce((sum, side) => sum + side, 0);
  const texture = scene.textures.createCanvas(TUFTS, Math.max(...sides) * VARIANTS, height);
  if (!texture) throw new Error(`texture "${TUFTS}" cannot be made`);
  let y = 0;
  for (const [row, storey] of STOREYS.entries()) {
    const side = sides[row] ?? 0;
    for (let variant = 0; variant < VARIANTS; variant++) {
      const ctx = texture.context;
      ctx.save();
      ctx.translate((variant + 0.5) * side, y + side / 2);
      ctx.scale(TUFT_SCALE, TUFT_SCALE);
      paintTuft(ctx, storey.tuft, row * VARIANTS + variant + 1);
      ctx.restore();
      texture.add(frameOf(storey, variant), 0, variant * side, y, side, side);
    }
    y += side;
  }
  texture.refresh();
}

/** Tufts stand on a loose grid, so that they cover the tile without looking laid out. */
function plant(scene: Phaser.Scene, arena: Arena, storey: Storey): Leafage[] {
  const random = seededRandom(storey.depth);
  const leafages: Leafage[] = [];
  const stepPx = arena.tilePx / storey.perSide;
  for (const tile of arena.bushes.keys()) {
    if (arena.bushes[tile] !== 1) continue;
    const left = (tile % arena.columns) * arena.tilePx;
    const top = Math.floor(tile / arena.columns) * arena.tilePx;
    for (let spot = 0; spot < storey.perSide ** 2; spot++) {
      if (random.next() >= storey.share) continue;
      const x = left + ((spot % storey.perSide) + 0.5) * stepPx + jitter(random, stepPx * 0.3);
      const y = top + (Math.floor(spot / storey.perSide) + 0.5) * stepPx + jitter(random, stepPx * 0.3);
      leafages.push(addLeafage(scene, storey, x, y, random));
    }
  }
  return leafages;
}

const jitter = (random: Random, px: number) => (random.next() * 2 - 1) * px;

function addLeafage(scene: Phaser.Scene, storey: Storey, x: number, y: number, random: Random): Leafage {
  const frame = frameOf(storey, Math.floor(random.next() * VARIANTS));
  const turn = jitter(random, 0.5);
  const image = scene.add.image(x, y, TUFTS, frame).setDepth(storey.depth).setRotation(turn);
  image.setScale((0.85 + random.next() * 0.3) / TUFT_SCALE);
  return { image, storey, x, y, turn, phase: jitter(random, 0.6) };
}
