/** The sound of each place, as a table: quiet loops of noise, hums and grains, which ambienceLoop.ts renders. */
import type { ThemeName } from "#shared/arena/themes.ts";

/** Noise between two frequencies, which swells `swells` times a loop by `depth`, 0 to 1. */
export interface NoiseLayer {
  readonly kind: "noise";
  readonly fromHz: number;
  readonly toHz: number;
  readonly level: number;
  readonly swells: number;
  readonly depth: number;
}

/** Steady tones. They close with the loop if their frequencies are multiples of 0.125 Hz. */
export interface HumLayer {
  readonly kind: "hum";
  readonly hz: readonly number[];
  readonly level: number;
}

/** Short tones at random moments, `perLoop` of them, each a group of `pulses`. */
export interface GrainLayer {
  readonly kind: "grains";
  readonly perLoop: number;
  readonly level: number;
  /** Between these. */
  readonly hz: readonly [number, number];
  /** Its frequencies as factors of the lowest. */
  readonly partials: readonly number[];
  /** Factor of the frequency at its end. */
  readonly bend: number;
  readonly attackSec: number;
  readonly sec: number;
  readonly pulses: { readonly count: number; readonly apartSec: number };
}

export type AmbienceLayer = NoiseLayer | HumLayer | GrainLayer;

const ONCE = { count: 1, apartSec: 0 } as const;

export const AMBIENCES: Readonly<Record<ThemeName, readonly AmbienceLayer[]>> = {
  /** Molten metal: a rumble, bubbles, a hiss that comes and goes. */
  foundry: [
    { kind: "noise", fromHz: 30, toHz: 150, level: 1, swells: 3, depth: 0.4 },
    { kind: "noise", fromHz: 2500, toHz: 6000, level: 0.05, swells: 2, depth: 0.95 },
    {
      kind: "grains",
      perLoop: 14,
      level: 0.2,
      hz: [70, 150],
      partials: [1],
      bend: 2.2,
      attackSec: 0.02,
      sec: 0.16,
      pulses: ONCE,
    },
  ],
  /** An orchard at dusk: wind in leaves, crickets. */
  orchard: [
    { kind: "noise", fromHz: 180, toHz: 900, level: 0.5, swells: 2, depth: 0.8 },
    { kind: "noise", fromHz: 3000, toHz: 7000, level: 0.12, swells: 3, depth: 0.9 },
    {
      kind: "grains",
      perLoop: 11,
      level: 0.05,
      hz: [3900, 4500],
      partials: [1],
      bend: 1,
      attackSec: 0.012,
      sec: 0.05,
      pulses: { count: 4, apartSec: 0.07 },
    },
  ],
  /** Water: two sets of waves, drips. */
  causeway: [
    { kind: "noise", fromHz: 120, toHz: 500, level: 0.8, swells: 3, depth: 0.7 },
    { kind: "noise", fromHz: 700, toHz: 2600, level: 0.2, swells: 4, depth: 0.9 },
    {
      kind: "grains",
      perLoop: 7,
      level: 0.08,
      hz: [700, 1300],
      partials: [1],
      bend: 1.8,
      attackSec: 0.004,
      sec: 0.09,
      pulses: { count: 2, apartSec: 0.13 },
    },
  ],
  /** A dark hall of machines: mains hum, far clanks. */
  anvil: [
    { kind: "hum", hz: [50, 100, 100.25, 150], level: 0.35 },
    { kind: "noise", fromHz: 60, toHz: 320, level: 0.3, swells: 1, depth: 0.5 },
    {
      kind: "grains",
      perLoop: 4,
      level: 0.12,
      hz: [300, 620],
      partials: [1, 2.76, 5.4, 8.93],
      bend: 1,
      attackSec: 0.002,
      sec: 0.8,
      pulses: { count: 2, apartSec: 0.31 },
    },
  ],
  /** A city at night: traffic that passes, a hum, a far horn. */
  city: [
    { kind: "noise", fromHz: 50, toHz: 260, level: 0.8, swells: 1, depth: 0.4 },
    { kind: "noise", fromHz: 300, toHz: 1400, level: 0.22, swells: 3, depth: 0.95 },
    { kind: "hum", hz: [60, 120, 120.25], level: 0.14 },
    {
      kind: "grains",
      perLoop: 2,
      level: 0.05,
      hz: [330, 350],
      partials: [1, 1.26],
      bend: 0.985,
      attackSec: 0.06,
      sec: 0.7,
      pulses: ONCE,
    },
  ],
};
