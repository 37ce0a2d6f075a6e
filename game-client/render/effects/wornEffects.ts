/** Effects that players wear: a trail behind the drone, and what its explosion adds. Both are shades of the drone's own hue. */
import { teamHue, tintOf } from "#client/palette.ts";
import { mix } from "#client/render/paint/colour.ts";
import type { Look } from "#shared/career/looks.ts";
import { type EffectKit, whiten } from "./effectKit.ts";
import type { Emitters } from "./emitters.ts";

export type WornTrail = Exclude<Look["trail"], "plain">;
export type WornDeath = Exclude<Look["death"], "plain">;

export interface WornEffects {
  /** Interval of a trail's steps, ms. */
  wornTrailMs(trail: WornTrail): number;
  /** Emits one step of a trail behind a drone with the heading `facing`, radians. */
  wornTrail(trail: WornTrail, x: number, y: number, facing: number, team: number): void;
  /** Adds to the explosion, which every drone has alike. */
  wornDeath(death: WornDeath, x: number, y: number, team: number): void;
}

interface TrailLook {
  readonly kind: keyof Emitters;
  readonly everyMs: number;
  /** Particles leave up to this far beside the middle, world px. */
  readonly asidePx: number;
  /** Share of white in the drone's hue. */
  readonly white: number;
  readonly size?: number;
  /** Radians to either side of straight back; without it they fly anywhere. */
  readonly spread?: number;
  readonly speed?: number;
}

/** At full speed each is shorter than the trail of a dash, which is 250 px: that one means something. */
const TRAILS: Readonly<Record<WornTrail, TrailLook>> = {
  sparks: { kind: "sparks", everyMs: 34, asidePx: 6, white: 0.45, spread: 0.7, speed: 0.45, size: 0.9 },
  ribbon: { kind: "streak", everyMs: 26, asidePx: 0, white: 0.15, spread: 0, speed: 0.4, size: 1.35 },
  bubbles: { kind: "bubble", everyMs: 60, asidePx: 11, white: 0.35 },
  embers: { kind: "glint", everyMs: 44, asidePx: 9, white: 0.2, spread: 1.1, speed: 0.6, size: 1.5 },
  pixels: { kind: "pixel", everyMs: 48, asidePx: 10, white: 0.1 },
  comet: { kind: "tail", everyMs: 24, asidePx: 0, white: 0.05 },
};

const BEHIND_PX = 21;
const ROCKETS = 4;
const ROCKET_PX = 52;
const around = (px: number) => (Math.random() * 2 - 1) * px;
const darken = (team: number) => tintOf(mix(teamHue(team), "#0b0c24", 0.35));

export function createWornEffects(kit: EffectKit): WornEffects {
  const deaths = deathsOf(kit);
  return {
    wornTrailMs: (trail) => (TRAILS[trail].everyMs * 100) / kit.many(100),
    wornTrail(trail, x, y, facing, team) {
      const { kind, everyMs: _, asidePx, white, ...motion } = TRAILS[trail];
      const aim = facing + Math.PI;
      const aside = around(asidePx);
      kit.emitters[kind].burst(1, {
        ...motion,
        x: x + Math.cos(aim) * BEHIND_PX - Math.sin(aim) * aside,
        y: y + Math.sin(aim) * BEHIND_PX + Math.cos(aim) * aside,
        ...(motion.spread !== undefined && { aim }),
        tint: whiten(teamHue(team), white),
      });
    },
    wornDeath: (death, x, y, team) => deaths[death](x, y, team),
  };
}

type Death = (x: number, y: number, team: number) => void;

const deathsOf = ({ emitters, many }: EffectKit): Readonly<Record<WornDeath, Death>> => ({
  confetti(x, y, team) {
    const hue = teamHue(team);
    for (const tint of [tintOf(hue), whiten(hue, 0.5), whiten(hue, 0.85), darken(team)])
      emitters.flake.burst(many(8), { x, y, tint });
  },
  implosion(x, y, team) {
    const hue = teamHue(team);
    for (const size of [0.7, 1.1, 1.6]) emitters.closing.burst(1, { x, y, tint: whiten(hue, 0.3), size });
    emitters.tail.burst(1, { x, y, tint: whiten(hue, 0.1), size: 4 });
  },
  fireworks(x, y, team) {
    const hue = teamHue(team);
    for (let rocket = 0; rocket < ROCKETS; rocket++) {
      const angle = ((rocket + Math.random() * 0.6) / ROCKETS) * Math.PI * 2;
      const place = { x: x + Math.cos(angle) * ROCKET_PX, y: y + Math.sin(angle) * ROCKET_PX };
      const tint = whiten(hue, rocket % 2 === 0 ? 0.25 : 0.7);
      emitters.glint.burst(many(14), { ...place, tint, speed: 1.7, size: 1.5 });
      emitters.ripple.burst(1, { ...place, tint, size: 0.5 });
    }
  },
  shards(x, y, team) {
    emitters.debris.burst(many(12), { x, y, tint: darken(team), speed: 1.5, size: 1.7 });
    emitters.streak.burst(many(14), { x, y, tint: whiten(teamHue(team), 0.3), speed: 9, size: 1.3 });
  },
  ghost(x, y, team) {
    const tint = whiten(teamHue(team), 0.6);
    const up = { aim: -Math.PI / 2, spread: 0.22, tint };
    for (let step = 0; step < 5; step++)
      emitters.bubble.burst(many(3), { ...up, x: x + around(14), y: y - step * 9, speed: 3, size: 2.4 });
    emitters.tail.burst(1, { ...up, x, y: y - 20, size: 3 });
  },
});
