/** What events look like: flashes, sparks, smoke and rings, from pools that never grow past a bound. */
import type Phaser from "phaser";
import { teamHue, tintOf } from "#client/palette.ts";
import { mix } from "./colour.ts";
import { createEmitters, type Emitters } from "./emitters.ts";
import type { Quality } from "./quality.ts";

/** All places in world px; `aim` in radians is where the shot flew. */
export interface Effects {
  /** `x`,`y` is the muzzle, not the drone's centre. */
  muzzle(x: number, y: number, aim: number, team: number): void;
  wallImpact(x: number, y: number, aim: number, team: number): void;
  /** `team` is the shooter's. */
  hit(x: number, y: number, aim: number, team: number): void;
  /** `team` is that of the drone that blew up. */
  explode(x: number, y: number, team: number): void;
  spawn(x: number, y: number, team: number): void;
}

const WHITE = 0xffffff;
/** Smoke, lit a little by what burns in it. */
const smokeOf = (team: number) => tintOf(mix(teamHue(team), "#6f74ad", 0.72));
/** Particles are drawn about the middle of their frame; these move flame and beam to where they start. */
const MUZZLE_AHEAD_PX = 15;
const COLUMN_UP_PX = 62;
const whiten = (team: number, share: number) => tintOf(mix(teamHue(team), "#ffffff", share));

export function createEffects(scene: Phaser.Scene, quality: Quality): Effects {
  const emitters = createEmitters(scene);
  const many = (count: number) => Math.max(1, Math.round(count * quality.level.particles));
  return {
    muzzle: (x, y, aim, team) => {
      const tint = whiten(team, 0.55);
      const ahead = { x: x + Math.cos(aim) * MUZZLE_AHEAD_PX, y: y + Math.sin(aim) * MUZZLE_AHEAD_PX };
      emitters.muzzle.burst(1, { ...ahead, aim, tint });
      emitters.flash.burst(1, { x, y, tint: tintOf(teamHue(team)), size: 0.7 });
    },
    wallImpact: (x, y, aim, team) => {
      const tint = whiten(team, 0.4);
      emitters.flash.burst(1, { x, y, tint, size: 0.8 });
      emitters.sparks.burst(many(7), { x, y, aim: aim + Math.PI, spread: 1.1, tint });
      emitters.smoke.burst(many(1), {
        x,
        y,
        aim: aim + Math.PI,
        spread: 0.8,
        tint: smokeOf(team),
        speed: 0.2,
        size: 0.45,
      });
    },
    hit: (x, y, aim, team) => {
      emitters.flash.burst(1, { x, y, tint: WHITE, size: 1 });
      emitters.sparks.burst(many(8), { x, y, aim: aim + Math.PI, spread: 1.3, tint: whiten(team, 0.6) });
      emitters.sparks.burst(many(4), { x, y, aim, spread: 0.5, tint: whiten(team, 0.2), speed: 1.2 });
    },
    explode: (x, y, team) => explode(emitters, many, x, y, team),
    spawn: (x, y, team) => {
      const tint = tintOf(teamHue(team));
      emitters.closing.burst(1, { x, y, tint });
      emitters.column.burst(1, { x, y: y - COLUMN_UP_PX, tint: whiten(team, 0.25) });
      emitters.flash.burst(1, { x, y, tint, size: 1.8 });
      emitters.sparks.burst(many(10), { x, y, tint: whiten(team, 0.4), speed: 0.5 });
    },
  };
}

function explode(
  emitters: Emitters,
  many: (count: number) => number,
  x: number,
  y: number,
  team: number,
): void {
  const tint = tintOf(teamHue(team));
  emitters.scorch.burst(1, { x, y, tint: WHITE });
  emitters.smoke.burst(many(16), { x, y, tint: smokeOf(team) });
  emitters.debris.burst(many(9), { x, y, tint });
  emitters.flash.burst(1, { x, y, tint: WHITE, size: 2.6 });
  emitters.blaze.burst(1, { x, y, tint });
  emitters.ripple.burst(1, { x, y, tint: whiten(team, 0.25), size: 2.1 });
  emitters.sparks.burst(many(32), { x, y, tint: whiten(team, 0.5), speed: 1.7 });
}
