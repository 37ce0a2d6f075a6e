/** Draws a pickup: an icon that bobs over a lit ring on the floor. */
import Phaser from "phaser";
import { PICKUP_HUES, tintOf } from "#client/palette.ts";
import { LAYER } from "#client/render/layers.ts";
import { ATLAS_UNIT, atlasImage } from "#client/render/paint/atlas.ts";
import { motion } from "#client/render/reducedMotion.ts";
import type { ShownPickup } from "#client/render/shown.ts";

const BOB_PX = 3.5;
const BOB_MS = 2300;
const ABOVE_PX = 7;
const APPEAR_MS = 380;

export class PickupView {
  readonly #base: Phaser.GameObjects.Image;
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #glow: Phaser.GameObjects.Image;
  readonly #icon: Phaser.GameObjects.Image;
  #bornMs = 0;

  constructor(scene: Phaser.Scene) {
    this.#base = atlasImage(scene, "base", LAYER.mark).setBlendMode(Phaser.BlendModes.ADD);
    this.#shadow = atlasImage(scene, "shadow", LAYER.markShadow);
    this.#glow = atlasImage(scene, "glow", LAYER.pickup).setBlendMode(Phaser.BlendModes.ADD);
    this.#icon = atlasImage(scene, "pickup-health", LAYER.pickup + 1);
  }

  /** Sets the pickup's icon and tint, and restarts its appearance. */
  dress({ kind }: ShownPickup, timeMs: number): void {
    const tint = tintOf(PICKUP_HUES[kind]);
    this.#bornMs = timeMs;
    this.#icon.setFrame(`pickup-${kind}`);
    this.#base.setTint(tint);
    this.#glow.setTint(tint);
  }

  /** Call once a frame. */
  draw({ x, y }: ShownPickup, timeMs: number): void {
    const phase = (timeMs / BOB_MS) * Math.PI * 2 + x * 0.013 + y * 0.007;
    const bob = motion.reduced ? 0 : Math.sin(phase);
    const age = Math.min(1, (timeMs - this.#bornMs) / APPEAR_MS);
    // Overshoots before it settles.
    const grown = 1 - (1 - age) ** 2 * Math.cos(age * 5);
    this.#base.setPosition(x, y).setRotation(motion.reduced ? 0 : timeMs * 0.0005);
    this.#base.setAlpha((0.55 + 0.12 * bob) * age);
    this.#shadow
      .setPosition(x + 2, y + 5)
      .setScale(ATLAS_UNIT * (0.62 - 0.05 * bob))
      .setAlpha(0.7 * age);
    this.#glow
      .setPosition(x, y - ABOVE_PX)
      .setScale(ATLAS_UNIT * 1.5)
      .setAlpha((0.38 + 0.1 * bob) * age);
    this.#icon.setPosition(x, y - ABOVE_PX - BOB_PX * bob).setScale(ATLAS_UNIT * grown);
    this.#setVisible(true);
  }

  park(): void {
    this.#setVisible(false);
  }

  destroy(): void {
    for (const part of this.#parts) part.destroy();
  }

  get #parts(): Phaser.GameObjects.Image[] {
    return [this.#base, this.#shadow, this.#glow, this.#icon];
  }

  #setVisible(visible: boolean): void {
    for (const part of this.#parts) part.visible = visible;
  }
}
