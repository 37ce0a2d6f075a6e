/** What every effect is made with: the emitters, the particle budget and shared colours. */
import type Phaser from "phaser";
import { tintOf } from "#client/palette.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { Quality } from "#client/render/quality.ts";
import { createEmitters, type Emitters } from "./emitters.ts";

export interface EffectKit {
  readonly emitters: Emitters;
  /** Scales a number of particles by the quality level; at least 1. */
  many(count: number): number;
}

export const createEffectKit = (scene: Phaser.Scene, quality: Quality): EffectKit => ({
  emitters: createEmitters(scene),
  many: (count) => Math.max(1, Math.round(count * quality.level.particles)),
});

/** Half the height of a light column: the frame is drawn about its middle, but stands on the ground. */
export const COLUMN_UP_PX = 62;

/** Tint of a hue mixed with white; `share` of white is 0 to 1. */
export const whiten = (hue: string, share: number): number => tintOf(mix(hue, "#ffffff", share));
