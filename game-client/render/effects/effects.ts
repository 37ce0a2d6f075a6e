/** What events look like: flashes, sparks, smoke and rings, from pools that never grow past a bound. */
import type Phaser from "phaser";
import type { Quality } from "#client/render/quality.ts";
import { type CombatEffects, createCombatEffects } from "./combatEffects.ts";
import { createDroneEffects, type DroneEffects } from "./droneEffects.ts";
import { createEmitters, type Emitters } from "./emitters.ts";
import { createFieldEffects, type FieldEffects } from "./fieldEffects.ts";

/** All places in world px; `aim` in radians is where the shot flew. */
export type Effects = CombatEffects & DroneEffects & FieldEffects;

/** What every effect is made with. */
export interface EffectKit {
  readonly emitters: Emitters;
  /** So many particles, or fewer while the quality is stepped down. */
  many(count: number): number;
}

export function createEffects(scene: Phaser.Scene, quality: Quality): Effects {
  const kit: EffectKit = {
    emitters: createEmitters(scene),
    many: (count) => Math.max(1, Math.round(count * quality.level.particles)),
  };
  return { ...createCombatEffects(kit), ...createDroneEffects(kit), ...createFieldEffects(kit) };
}
