/** The music of a fight as a table: layers that come in as the fight grows, over the chords of the title. */
import type { Note, VoiceName } from "./instruments.ts";
import type { Piece } from "./music.ts";
import { BAR_STEPS, CHORDS } from "./score.ts";

/** The state of the fight that the music follows; fightMood.ts computes it. */
export interface Mood {
  /** 0 to 1. */
  readonly level: number;
  /** The end is near. */
  readonly isFinal: boolean;
  /** False silences every layer. */
  readonly isOn: boolean;
}

const BEATS_PER_MIN = 116;
const STEP_SEC = 60 / BEATS_PER_MIN / 4;
/** The end is played this much higher. */
const FINAL_SEMITONES = 2;

export const FIGHT_LAYERS = ["pulse", "bass", "percussion", "lead", "rise"] as const;
export type FightLayer = (typeof FIGHT_LAYERS)[number];

/** A layer comes in at `from` and is full at `full`, levels of the mood; undefined: only at the end. */
const RANGES: Readonly<Record<FightLayer, { readonly from: number; readonly full: number } | undefined>> = {
  pulse: { from: 0, full: 0.1 },
  bass: { from: 0.2, full: 0.35 },
  percussion: { from: 0.32, full: 0.55 },
  lead: { from: 0.55, full: 0.8 },
  rise: undefined,
};

/** One line a part and bar: "x" plays. */
interface Part {
  readonly voice: VoiceName;
  readonly steps: string;
  readonly holdSteps: number;
  /** Semitones above the chord's bass; undefined plays a fixed pitch. */
  readonly above?: number;
}

const PARTS: Readonly<Record<Exclude<FightLayer, "lead">, readonly Part[]>> = {
  pulse: [{ voice: "pulse", steps: "x.x.x.x.x.x.x.x.", holdSteps: 0.6, above: 12 }],
  bass: [{ voice: "growl", steps: "x..x..x.x..x.xx.", holdSteps: 0.9, above: 0 }],
  percussion: [
    { voice: "kick", steps: "x...x...x...x..x", holdSteps: 0.2 },
    { voice: "snare", steps: "....x.......x...", holdSteps: 0.1 },
    { voice: "hat", steps: "..x...x...x...x.", holdSteps: 0.1 },
  ],
  rise: [
    { voice: "hat", steps: "xx.xxx.xxx.xxx.x", holdSteps: 0.1 },
    { voice: "swell", steps: "x...............", holdSteps: BAR_STEPS, above: 24 },
    { voice: "swell", steps: "x...............", holdSteps: BAR_STEPS, above: 31 },
  ],
};
const DRUM_SEMITONE = -38;

/** Index of the chord's note that each step plays, an octave up; "." is a rest. One line a bar. */
export const LEADS: readonly string[] = [
  "0.2.3...2.3.1...",
  "3..2..1.0..1..2.",
  "0.2.3...3.2.1.2.",
  "2..3..2.1.0.1.3.",
];

/** Reads `mood` at each bar line. */
export function createFightPiece(mood: Mood): Piece<FightLayer> {
  let lift = 0;
  return {
    stepSec: STEP_SEC,
    barSteps: BAR_STEPS,
    fadeInSec: 1.5,
    gain: 0.95,
    layers: FIGHT_LAYERS,
    beginBar() {
      lift = mood.isFinal ? FINAL_SEMITONES : 0;
      return levelsOf(mood);
    },
    notesAt: (step, layer) => notesAt(step, layer, lift),
  };
}

/** The level of each layer, 0 to 1; none falls when the mood rises. */
export function levelsOf({ level, isFinal, isOn }: Mood): Record<FightLayer, number> {
  const levels = { pulse: 0, bass: 0, percussion: 0, lead: 0, rise: 0 };
  if (!isOn) return levels;
  for (const layer of FIGHT_LAYERS) {
    const range = RANGES[layer];
    const share = range ? (level - range.from) / (range.full - range.from) : Number(isFinal);
    // Tenths: a layer that hardly changes is not ramped at every bar.
    levels[layer] = Math.round(10 * Math.max(0, Math.min(1, share))) / 10;
  }
  return levels;
}

function notesAt(step: number, layer: FightLayer, lift: number): readonly Note[] {
  const bar = Math.floor(step / BAR_STEPS);
  const inBar = step % BAR_STEPS;
  const chord = CHORDS[bar % CHORDS.length];
  if (!chord) return [];
  if (layer === "lead") {
    const semitone = chord.pad[Number.parseInt(LEADS[bar % LEADS.length]?.[inBar] ?? "", 10)];
    if (semitone === undefined) return [];
    return [{ voice: "lead", semitone: semitone + 12 + lift, holdSec: STEP_SEC }];
  }
  const notes: Note[] = [];
  for (const { voice, steps, holdSteps, above } of PARTS[layer]) {
    if (steps[inBar] !== "x") continue;
    const semitone = above === undefined ? DRUM_SEMITONE : chord.bass + above + lift;
    notes.push({ voice, semitone, holdSec: holdSteps * STEP_SEC });
  }
  return notes;
}
