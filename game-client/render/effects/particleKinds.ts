/** The table of particle kinds: size, speed, lifetime and light of each. */
import { LAYER } from "#client/render/layers.ts";

type Ease = (t: number) => number;
const easeOut: Ease = (t) => 1 - (1 - t) ** 3;
const linear: Ease = (t) => t;

export interface ParticleKind {
  readonly frame: string;
  readonly depth: number;
  readonly glows: boolean;
  /** Flashes up bright: the player's brightness of flashes dims it. */
  readonly isFlash?: boolean;
  readonly lifeMs: readonly [number, number];
  /** px/s at birth. */
  readonly speed: readonly [number, number];
  /** Share of its speed that a particle keeps over a second, 0 to 1. */
  readonly speedKept: number;
  /** Width at birth and at death, as a factor of the frame in world px. */
  readonly width: readonly [number, number];
  /** Height at birth and at death; by default the same as the width. */
  readonly height?: readonly [number, number];
  readonly growth: Ease;
  readonly alpha: number;
  /** Exponent of the fall in opacity: 1 is linear, above 1 falls early, below 1 late. */
  readonly fading: number;
  readonly turn: "with motion" | "any" | "none";
  /** Largest number of particles alive at once. */
  readonly aliveMax: number;
}

const glowing = { glows: true, depth: LAYER.spark };
const motionless = { speed: [0, 0], speedKept: 1, turn: "none", growth: easeOut } as const;

export const PARTICLE_KINDS = {
  scorch: {
    ...motionless,
    frame: "scorch",
    depth: LAYER.scorch,
    glows: false,
    lifeMs: [9000, 9000],
    width: [1.05, 1.15],
    alpha: 0.9,
    fading: 0.7,
    turn: "any",
    aliveMax: 24,
  },
  smoke: {
    frame: "smoke",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [600, 1000],
    speed: [110, 330],
    speedKept: 0.02,
    width: [0.5, 1.5],
    growth: easeOut,
    alpha: 0.7,
    fading: 1.2,
    turn: "any",
    aliveMax: 120,
  },
  debris: {
    frame: "debris",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [450, 900],
    speed: [120, 420],
    speedKept: 0.06,
    width: [1, 0.45],
    growth: linear,
    alpha: 1,
    fading: 0.4,
    turn: "any",
    aliveMax: 80,
  },
  blaze: {
    ...motionless,
    ...glowing,
    isFlash: true,
    frame: "glow",
    lifeMs: [420, 420],
    width: [3.6, 5],
    alpha: 1,
    fading: 1.7,
    aliveMax: 16,
  },
  flash: {
    ...motionless,
    ...glowing,
    isFlash: true,
    frame: "glow",
    lifeMs: [110, 140],
    width: [1.5, 0.7],
    alpha: 1,
    fading: 0.8,
    aliveMax: 60,
  },
  ripple: {
    ...motionless,
    ...glowing,
    frame: "ring",
    lifeMs: [380, 380],
    width: [0.12, 1.15],
    alpha: 0.9,
    fading: 1.4,
    aliveMax: 40,
  },
  closing: {
    ...motionless,
    ...glowing,
    frame: "ring",
    lifeMs: [420, 420],
    width: [1.7, 0.5],
    alpha: 0.9,
    fading: 0.5,
    aliveMax: 16,
  },
  column: {
    ...motionless,
    ...glowing,
    isFlash: true,
    frame: "column",
    lifeMs: [520, 520],
    width: [1.3, 0.12],
    height: [1, 1],
    alpha: 0.95,
    fading: 0.7,
    aliveMax: 16,
  },
  muzzle: {
    ...motionless,
    ...glowing,
    isFlash: true,
    frame: "muzzle",
    lifeMs: [60, 80],
    width: [0.95, 0.6],
    height: [0.75, 0.35],
    alpha: 1,
    fading: 0.8,
    turn: "with motion",
    aliveMax: 60,
  },
  sparks: {
    ...glowing,
    frame: "spark",
    lifeMs: [160, 520],
    speed: [80, 430],
    speedKept: 0.05,
    width: [0.85, 0.3],
    height: [0.72, 0.5],
    growth: linear,
    alpha: 1,
    fading: 0.9,
    turn: "with motion",
    aliveMax: 420,
  },
  /** A puff of smoke that hardly moves. */
  wisp: {
    frame: "smoke",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [380, 620],
    speed: [4, 26],
    speedKept: 0.2,
    width: [0.2, 0.55],
    growth: easeOut,
    alpha: 0.42,
    fading: 1.1,
    turn: "any",
    aliveMax: 90,
  },
  fire: {
    ...glowing,
    isFlash: true,
    frame: "glow",
    lifeMs: [220, 480],
    speed: [60, 300],
    speedKept: 0.03,
    width: [1.25, 0.35],
    growth: linear,
    alpha: 0.9,
    fading: 0.8,
    turn: "none",
    aliveMax: 70,
  },
  /** The trail of a drone with haste. */
  streak: {
    ...glowing,
    depth: LAYER.thruster,
    frame: "spark",
    lifeMs: [260, 380],
    speed: [20, 60],
    speedKept: 0.3,
    width: [2.1, 0.5],
    height: [0.8, 0.4],
    growth: linear,
    alpha: 0.75,
    fading: 1,
    turn: "with motion",
    aliveMax: 140,
  },
  /** A bubble of a worn trail. */
  bubble: {
    ...glowing,
    depth: LAYER.thruster,
    frame: "ring",
    lifeMs: [360, 620],
    speed: [8, 34],
    speedKept: 0.3,
    width: [0.06, 0.17],
    growth: easeOut,
    alpha: 0.8,
    fading: 0.8,
    turn: "none",
    aliveMax: 120,
  },
  /** A square of a worn trail or explosion. */
  pixel: {
    frame: "blank",
    depth: LAYER.shadow,
    glows: false,
    lifeMs: [320, 560],
    speed: [4, 22],
    speedKept: 0.3,
    width: [1.9, 0.6],
    growth: linear,
    alpha: 0.95,
    fading: 0.5,
    turn: "none",
    aliveMax: 160,
  },
  /** The soft tail of a worn trail. */
  tail: {
    ...glowing,
    depth: LAYER.thruster,
    frame: "glow",
    lifeMs: [420, 420],
    speed: [0, 0],
    speedKept: 1,
    width: [0.72, 0.1],
    growth: linear,
    alpha: 0.5,
    fading: 0.8,
    turn: "none",
    aliveMax: 200,
  },
  /** A piece of paper or of armour that flies on after an explosion. */
  flake: {
    frame: "debris",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [600, 1100],
    speed: [90, 380],
    speedKept: 0.04,
    width: [0.8, 0.5],
    growth: linear,
    alpha: 1,
    fading: 0.3,
    turn: "any",
    aliveMax: 120,
  },
  /** A small grain of light. */
  glint: {
    ...glowing,
    frame: "glow",
    lifeMs: [320, 700],
    speed: [18, 95],
    speedKept: 0.12,
    width: [0.24, 0.05],
    growth: linear,
    alpha: 1,
    fading: 0.8,
    turn: "none",
    aliveMax: 160,
  },
} as const satisfies Record<string, ParticleKind>;
