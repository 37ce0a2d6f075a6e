/** Draws bushes: two layers of leaves over the drones, which sway, and thin out around visible drones. */
import type Phaser from "phaser";
import { addImage } from "#client/render/image.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { Theme } from "#client/render/themes/theme.ts";
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Place } from "#shared/sim/sight.ts";
import { BUSH } from "#shared/tuning.ts";
import { addBushGround } from "./bushGround.ts";
import { addTuftTexture, BUSH_LAYERS, type BushLayer, tuftsOn } from "./tufts.ts";

export interface Bushes {
  /**
   * Call once a frame. `centre` is the middle of the view; leaves are thin around the drone at `eye`. They also part over
   * living `drones`: the server does not send drones that a bush hides.
   */
  update(centre: Place, eye: Place, timeMs: number, drones?: Iterable<Place & { readonly hp: number }>): void;
}

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

function plant(scene: Phaser.Scene, arena: Arena, tufts: string, layer: BushLayer): Leafage[] {
  const leafages: Leafage[] = [];
  for (const tile of arena.bushes.keys()) {
    if (arena.bushes[tile] !== 1) continue;
    for (const spot of tuftsOn(arena, tile, layer)) {
      const { x, y, frame, turn, scale, phase } = spot;
      const image = addImage(scene, x, y, tufts, frame, layer.depth).setRotation(turn).setScale(scale);
      leafages.push({ image, layer, x, y, turn, phase });
    }
  }
  return leafages;
}
