/** Effects of a drone's own state: spawn, dash, haste, overcharge and shield. */
import { HEAT_HUE, PICKUP_HUES, teamHue, tintOf } from "#client/palette.ts";
import { COLUMN_UP_PX, type EffectKit, whiten } from "./effectKit.ts";

export interface DroneEffects {
  spawn(x: number, y: number, team: number): void;
  /** A dash starts; `heading` is its direction in radians. */
  dash(x: number, y: number, heading: number, team: number): void;
  /** Emits one streak behind a drone with haste. */
  hasteStreak(x: number, y: number, heading: number): void;
  /** Emits one spark of an overcharged drone. */
  heatSpark(x: number, y: number): void;
  shieldHit(x: number, y: number): void;
  shieldBreak(x: number, y: number): void;
}

const SHIELD = whiten(PICKUP_HUES.shield, 0.35);
const HASTE = whiten(PICKUP_HUES.haste, 0.2);
const HEAT = whiten(HEAT_HUE, 0.35);
const BEHIND_PX = 20;

/** Random offset of at most `px` to either side. */
const around = (px: number) => (Math.random() * 2 - 1) * px;

export function createDroneEffects({ emitters, many }: EffectKit): DroneEffects {
  return {
    spawn(x, y, team) {
      const hue = teamHue(team);
      const tint = tintOf(hue);
      emitters.closing.burst(1, { x, y, tint });
      emitters.column.burst(1, { x, y: y - COLUMN_UP_PX, tint: whiten(hue, 0.25) });
      emitters.flash.burst(1, { x, y, tint, size: 1.8 });
      emitters.sparks.burst(many(10), { x, y, tint: whiten(hue, 0.4), speed: 0.5 });
    },
    dash(x, y, heading, team) {
      const hue = teamHue(team);
      const aim = heading + Math.PI;
      const behind = { x: x + Math.cos(aim) * BEHIND_PX, y: y + Math.sin(aim) * BEHIND_PX };
      emitters.ripple.burst(1, { ...behind, tint: whiten(hue, 0.4), size: 0.8 });
      emitters.sparks.burst(many(9), { ...behind, aim, spread: 0.55, tint: whiten(hue, 0.5) });
      emitters.wisp.burst(many(3), { ...behind, aim, spread: 0.6, tint: whiten(hue, 0.1), speed: 4 });
    },
    hasteStreak(x, y, heading) {
      const side = around(16);
      const aim = heading + Math.PI;
      emitters.streak.burst(1, {
        x: x + Math.cos(aim) * BEHIND_PX - Math.sin(aim) * side,
        y: y + Math.sin(aim) * BEHIND_PX + Math.cos(aim) * side,
        aim,
        tint: HASTE,
      });
    },
    heatSpark(x, y) {
      emitters.glint.burst(1, { x: x + around(12), y: y + around(12), tint: HEAT, size: 1.3 });
    },
    shieldHit(x, y) {
      emitters.ripple.burst(1, { x, y, tint: SHIELD, size: 0.8 });
    },
    shieldBreak(x, y) {
      emitters.ripple.burst(1, { x, y, tint: SHIELD, size: 1.3 });
      emitters.flash.burst(1, { x, y, tint: SHIELD, size: 1.6 });
      emitters.debris.burst(many(8), { x, y, tint: SHIELD, speed: 0.8, size: 0.8 });
      emitters.sparks.burst(many(8), { x, y, tint: SHIELD });
    },
  };
}
