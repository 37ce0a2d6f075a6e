/** Draws events as flashes, sparks, smoke and rings from particle pools of bounded size. */
import type Phaser from "phaser";
import type { Quality } from "#client/render/quality.ts";
import { type CombatEffects, createCombatEffects } from "./combatEffects.ts";
import { createDroneEffects, type DroneEffects } from "./droneEffects.ts";
import { createEffectKit } from "./effectKit.ts";
import { createFieldEffects, type FieldEffects } from "./fieldEffects.ts";
import { createWornEffects, type WornEffects } from "./wornEffects.ts";

/** Places are in world px; `aim`, the direction of the shot's flight, in radians. */
export type Effects = CombatEffects & DroneEffects & FieldEffects & WornEffects & EffectTime;

interface EffectTime {
  /** `rate`: how many ms pass for the effects in one. */
  pass(rate: number): void;
  /** Ends all effects. */
  clear(): void;
}

export function createEffects(scene: Phaser.Scene, quality: Quality): Effects {
  const kit = createEffectKit(scene, quality);
  const emitters = Object.values(kit.emitters);
  return {
    ...createCombatEffects(kit),
    ...createDroneEffects(kit),
    ...createFieldEffects(kit),
    ...createWornEffects(kit),
    pass(rate) {
      for (const emitter of emitters) emitter.rate = rate;
    },
    clear() {
      for (const emitter of emitters) emitter.clear();
    },
  };
}
