/** Effects of shots: muzzle flashes, impacts, bursts and explosions. */
import { HEAT_HUE, teamHue, tintOf } from "#client/palette.ts";
import { mix } from "#client/render/paint/colour.ts";
import { type MuzzleTint, WEAPON_LOOKS } from "#client/weaponLooks.ts";
import { lobOf, type WeaponName } from "#shared/tuning.ts";
import type { EffectKit } from "./effectKit.ts";

export interface CombatEffects {
  /** The flash at the barrel; `x`,`y` is the muzzle, not the drone's centre. */
  muzzle(weapon: WeaponName, x: number, y: number, aim: number, team: number): void;
  wallImpact(x: number, y: number, aim: number, team: number): void;
  /** A shot goes out in mid-air at the end of its range. */
  fizzle(x: number, y: number, aim: number, team: number): void;
  /** `team` is the shooter's. */
  hit(x: number, y: number, aim: number, team: number): void;
  /** A shell bursts; the rings show its splash. */
  burst(weapon: WeaponName, x: number, y: number, team: number): void;
  /** A puff of the smoke that a shell trails. */
  shellTrail(x: number, y: number, team: number): void;
  /** Glints along a rail's beam, over `lengthPx` from `x`,`y`. */
  railWake(x: number, y: number, aim: number, lengthPx: number, team: number): void;
  /** `team` is the destroyed drone's. */
  explode(x: number, y: number, team: number): void;
}

const WHITE = 0xffffff;
const HEAT = tintOf(HEAT_HUE);
const HEAT_PALE = tintOf(mix(HEAT_HUE, "#ffffff", 0.5));
/** Grey smoke, lit a little in the team's hue. */
const smokeOf = (team: number) => tintOf(mix(teamHue(team), "#6f74ad", 0.72));
const whiten = (team: number, share: number) => tintOf(mix(teamHue(team), "#ffffff", share));
const tintFor = (tint: MuzzleTint, team: number): number =>
  tint === "heat" ? HEAT : tint === "paleHeat" ? HEAT_PALE : whiten(team, tint);
/** From the muzzle to the middle of a flame of size 1: particles are drawn about their frame's middle. */
const MUZZLE_AHEAD_PX = 15;
const RIPPLE_PX = 55;
const WAKE_GAP_PX = 46;

export function createCombatEffects({ emitters, many }: EffectKit): CombatEffects {
  const flame = (x: number, y: number, aim: number, tint: number, size: number) => {
    const aheadPx = MUZZLE_AHEAD_PX * size;
    const ahead = { x: x + Math.cos(aim) * aheadPx, y: y + Math.sin(aim) * aheadPx };
    emitters.muzzle.burst(1, { ...ahead, aim, tint, size });
  };
  return {
    muzzle(weapon, x, y, aim, team) {
      const { flameTint, flames, flash, ripple, sparks, smoke } = WEAPON_LOOKS[weapon].muzzle;
      const tint = tintFor(flameTint, team);
      for (const { size, turnRad = 0 } of flames) flame(x, y, aim + turnRad, tint, size);
      emitters.flash.burst(1, { x, y, tint: tintFor(flash.tint, team), size: flash.size });
      if (ripple) emitters.ripple.burst(1, { x, y, tint: tintFor(ripple.tint, team), size: ripple.size });
      if (sparks) emitters.sparks.burst(many(sparks.count), { ...sparks, x, y, aim, tint: HEAT_PALE });
      if (smoke) emitters.wisp.burst(many(smoke.count), { ...smoke, x, y, aim, tint: smokeOf(team) });
    },
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
    burst(weapon, x, y, team) {
      const splashPx = lobOf(weapon)?.splashPx ?? 0;
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
