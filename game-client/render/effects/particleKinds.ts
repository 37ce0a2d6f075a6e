/** The table of what every kind of particle is like: size, speed, life and light. */
import { LAYER } from "#client/render/layers.ts";

type Ease = (t: number) => number;
const easeOut: Ease = (t) => 1 - (1 - t) ** 3;
const straight: Ease = (t) => t;

export interface ParticleKind {
  readonly frame: string;
  readonly depth: number;
  readonly glows: boolean;
  readonly lifeMs: readonly [number, number];
  /** px/s at birth. */
  readonly speed: readonly [number, number];
  /** Share of its speed that a particle keeps over a second. */
  readonly kept: number;
  /** Width at birth and at death, as a factor of the frame in world px. */
  readonly width: readonly [number, number];
  /** The same for the height; without it, as the width. */
  readonly height?: readonly [number, number];
  readonly growth: Ease;
  readonly alpha: number;
  /** How the opacity falls: 1 straight, above 1 early, below 1 late. */
  readonly fading: number;
  readonly turn: "with motion" | "any" | "none";
  readonly most: number;
}

const add = { glows: true, depth: LAYER.spark };
const still = { speed: [0, 0], kept: 1, turn: "none", growth: easeOut } as const;

export const PARTICLE_KINDS = {
  scorch: {
    ...still,
    frame: "scorch",
    depth: LAYER.scorch,
    glows: false,
    lifeMs: [9000, 9000],
    width: [1.05, 1.15],
    alpha: 0.9,
    fading: 0.7,
    turn: "any",
    most: 24,
  },
  smoke: {
    frame: "smoke",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [600, 1000],
    speed: [110, 330],
    kept: 0.02,
    width: [0.5, 1.5],
    growth: easeOut,
    alpha: 0.7,
    fading: 1.2,
    turn: "any",
    most: 120,
  },
  debris: {
    frame: "debris",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [450, 900],
    speed: [120, 420],
    kept: 0.06,
    width: [1, 0.45],
    growth: straight,
    alpha: 1,
    fading: 0.4,
    turn: "any",
    most: 80,
  },
  blaze: {
    ...still,
    ...add,
    frame: "glow",
    lifeMs: [420, 420],
    width: [3.6, 5],
    alpha: 1,
    fading: 1.7,
    most: 16,
  },
  flash: {
    ...still,
    ...add,
    frame: "glow",
    lifeMs: [110, 140],
    width: [1.5, 0.7],
    alpha: 1,
    fading: 0.8,
    most: 60,
  },
  ripple: {
    ...still,
    ...add,
    frame: "ring",
    lifeMs: [380, 380],
    width: [0.12, 1.15],
    alpha: 0.9,
    fading: 1.4,
    most: 40,
  },
  closing: {
    ...still,
    ...add,
    frame: "ring",
    lifeMs: [420, 420],
    width: [1.7, 0.5],
    alpha: 0.9,
    fading: 0.5,
    most: 16,
  },
  column: {
    ...still,
    ...add,
    frame: "column",
    lifeMs: [520, 520],
    width: [1.3, 0.12],
    height: [1, 1],
    alpha: 0.95,
    fading: 0.7,
    most: 16,
  },
  muzzle: {
    ...still,
    ...add,
    frame: "muzzle",
    lifeMs: [60, 80],
    width: [0.95, 0.6],
    height: [0.75, 0.35],
    alpha: 1,
    fading: 0.8,
    turn: "with motion",
    most: 60,
  },
  sparks: {
    ...add,
    frame: "spark",
    lifeMs: [160, 520],
    speed: [80, 430],
    kept: 0.05,
    width: [0.85, 0.3],
    height: [0.72, 0.5],
    growth: straight,
    alpha: 1,
    fading: 0.9,
    turn: "with motion",
    most: 420,
  },
  /** A puff that stays about where it was left. */
  wisp: {
    frame: "smoke",
    depth: LAYER.smoke,
    glows: false,
    lifeMs: [380, 620],
    speed: [4, 26],
    kept: 0.2,
    width: [0.2, 0.55],
    growth: easeOut,
    alpha: 0.42,
    fading: 1.1,
    turn: "any",
    most: 90,
  },
  fire: {
    ...add,
    frame: "glow",
    lifeMs: [220, 480],
    speed: [60, 300],
    kept: 0.03,
    width: [1.25, 0.35],
    growth: straight,
    alpha: 0.9,
    fading: 0.8,
    turn: "none",
    most: 70,
  },
  /** What a fast drone leaves behind. */
  streak: {
    ...add,
    depth: LAYER.thruster,
    frame: "spark",
    lifeMs: [260, 380],
    speed: [20, 60],
    kept: 0.3,
    width: [2.1, 0.5],
    height: [0.8, 0.4],
    growth: straight,
    alpha: 0.75,
    fading: 1,
    turn: "with motion",
    most: 140,
  },
  /** A grain of light that rises and is gone. */
  glint: {
    ...add,
    frame: "glow",
    lifeMs: [320, 700],
    speed: [18, 95],
    kept: 0.12,
    width: [0.24, 0.05],
    growth: straight,
    alpha: 1,
    fading: 0.8,
    turn: "none",
    most: 160,
  },
} as const satisfies Record<string, ParticleKind>;
