/** Shots and what they do: muzzle flashes by weapon, impacts, bursts and explosions. */
import { HEAT_HUE, teamHue, tintOf } from "#client/palette.ts";
import { mix } from "#client/render/paint/colour.ts";
import { PROJECTILES, type WeaponName } from "#shared/tuning.ts";
import type { EffectKit } from "./effectKit.ts";

export interface CombatEffects {
  /** `x`,`y` is the muzzle, not the drone's centre. */
  muzzle(weapon: WeaponName, x: number, y: number, aim: number, team: number): void;
  wallImpact(x: number, y: number, aim: number, team: number): void;
  /** A shot has flown its range, and goes out in mid-air. */
  fizzle(x: number, y: number, aim: number, team: number): void;
  /** `team` is the shooter's. */
  hit(x: number, y: number, aim: number, team: number): void;
  /** A shell has landed. */
  burst(x: number, y: number, team: number): void;
  /** The smoke that a shell leaves as it flies. */
  shellTrail(x: number, y: number, team: number): void;
  /** Along a rail's way, `lengthPx` from `x`,`y`. */
  railWake(x: number, y: number, aim: number, lengthPx: number, team: number): void;
  /** `team` is that of the drone that blew up. */
  explode(x: number, y: number, team: number): void;
}

const WHITE = 0xffffff;
const HEAT = tintOf(HEAT_HUE);
const HEAT_PALE = tintOf(mix(HEAT_HUE, "#ffffff", 0.5));
/** Smoke, lit a little by what burns in it. */
const smokeOf = (team: number) => tintOf(mix(teamHue(team), "#6f74ad", 0.72));
const whiten = (team: number, share: number) => tintOf(mix(teamHue(team), "#ffffff", share));
/** Particles are drawn about the middle of their frame; this moves a flame to where it starts. */
const MUZZLE_AHEAD_PX = 15;
const RIPPLE_PX = 55;
const WAKE_GAP_PX = 46;

export function createCombatEffects({ emitters, many }: EffectKit): CombatEffects {
  const flame = (x: number, y: number, aim: number, tint: number, size: number) => {
    const aheadPx = MUZZLE_AHEAD_PX * size;
    const ahead = { x: x + Math.cos(aim) * aheadPx, y: y + Math.sin(aim) * aheadPx };
    emitters.muzzle.burst(1, { ...ahead, aim, tint, size });
  };
  const muzzles: Record<WeaponName, (x: number, y: number, aim: number, team: number) => void> = {
    blaster(x, y, aim, team) {
      flame(x, y, aim, whiten(team, 0.55), 1);
      emitters.flash.burst(1, { x, y, tint: tintOf(teamHue(team)), size: 0.7 });
    },
    scatter(x, y, aim, team) {
      for (const [turn, size] of [
        [-0.3, 1.2],
        [0.3, 1.2],
        [0, 1.6],
      ] as const)
        flame(x, y, aim + turn, HEAT_PALE, size);
      emitters.flash.burst(1, { x, y, tint: HEAT, size: 1.5 });
      emitters.sparks.burst(many(6), { x, y, aim, spread: 0.5, tint: HEAT_PALE, speed: 1.1 });
      emitters.wisp.burst(many(2), { x, y, aim, spread: 0.5, tint: smokeOf(team), speed: 3 });
    },
    rail(x, y, aim, team) {
      flame(x, y, aim, WHITE, 1.7);
      emitters.flash.burst(1, { x, y, tint: whiten(team, 0.5), size: 1.5 });
      emitters.ripple.burst(1, { x, y, tint: whiten(team, 0.4), size: 0.55 });
    },
    mortar(x, y, aim, team) {
      flame(x, y, aim, HEAT_PALE, 1.1);
      emitters.flash.burst(1, { x, y, tint: HEAT, size: 1.2 });
      emitters.wisp.burst(many(6), { x, y, aim, spread: 0.7, tint: smokeOf(team), speed: 3.5, size: 1.3 });
    },
  };
  return {
    muzzle: (weapon, x, y, aim, team) => muzzles[weapon](x, y, aim, team),
    wallImpact(x, y, aim, team) {
      const tint = whiten(team, 0.4);
      const back = aim + Math.PI;
      emitters.flash.burst(1, { x, y, tint, size: 0.8 });
      emitters.sparks.burst(many(7), { x, y, aim: back, spread: 1.1, tint });
      const smoke = { aim: back, spread: 0.8, tint: smokeOf(team), speed: 0.2, size: 0.45 };
      emitters.smoke.burst(many(1), { x, y, ...smoke });
    },
    fizzle(x, y, aim, team) {
      emitters.flash.burst(1, { x, y, tint: whiten(team, 0.3), size: 0.45 });
      emitters.sparks.burst(many(2), { x, y, aim, spread: 0.6, tint: whiten(team, 0.4), speed: 0.5 });
    },
    hit(x, y, aim, team) {
      emitters.flash.burst(1, { x, y, tint: WHITE, size: 1 });
      emitters.sparks.burst(many(8), { x, y, aim: aim + Math.PI, spread: 1.3, tint: whiten(team, 0.6) });
      emitters.sparks.burst(many(4), { x, y, aim, spread: 0.5, tint: whiten(team, 0.2), speed: 1.2 });
    },
    burst(x, y, team) {
      const splashPx = PROJECTILES.mortar.lob?.splashPx ?? 0;
      emitters.scorch.burst(1, { x, y, tint: WHITE, size: 1.5 });
      emitters.smoke.burst(many(11), { x, y, tint: smokeOf(team), speed: 0.8 });
      emitters.fire.burst(many(12), { x, y, tint: HEAT });
      emitters.flash.burst(1, { x, y, tint: WHITE, size: 3 });
      emitters.blaze.burst(1, { x, y, tint: HEAT, size: 0.9 });
      emitters.ripple.burst(1, { x, y, tint: whiten(team, 0.35), size: splashPx / RIPPLE_PX });
      emitters.ripple.burst(1, { x, y, tint: HEAT_PALE, size: (0.6 * splashPx) / RIPPLE_PX });
      emitters.sparks.burst(many(22), { x, y, tint: HEAT_PALE, speed: 1.5 });
    },
    shellTrail: (x, y, team) => emitters.wisp.burst(1, { x, y, tint: smokeOf(team) }),
    railWake(x, y, aim, lengthPx, team) {
      const grains = many(Math.min(24, lengthPx / WAKE_GAP_PX));
      const tint = whiten(team, 0.35);
      for (let grain = 0; grain < grains; grain++) {
        const gonePx = ((grain + Math.random()) / grains) * lengthPx;
        const place = { x: x + Math.cos(aim) * gonePx, y: y + Math.sin(aim) * gonePx };
        emitters.glint.burst(1, { ...place, tint, aim: aim + Math.PI / 2, spread: Math.PI, size: 1.2 });
      }
    },
    explode(x, y, team) {
      const tint = tintOf(teamHue(team));
      emitters.scorch.burst(1, { x, y, tint: WHITE });
      emitters.smoke.burst(many(16), { x, y, tint: smokeOf(team) });
      emitters.debris.burst(many(9), { x, y, tint });
      emitters.flash.burst(1, { x, y, tint: WHITE, size: 2.6 });
      emitters.blaze.burst(1, { x, y, tint });
      emitters.ripple.burst(1, { x, y, tint: whiten(team, 0.25), size: 2.1 });
      emitters.sparks.burst(many(32), { x, y, tint: whiten(team, 0.5), speed: 1.7 });
    },
  };
}
