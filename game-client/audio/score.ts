/** The menu music as a table: four chords, and the notes that each step plays over them. */
import type { Note } from "./instruments.ts";
import type { Piece } from "./music.ts";

/** Quarter notes per minute; slow, as background music. */
const BEATS_PER_MIN = 76;
const STEPS_PER_BEAT = 4;
export const STEP_SEC = 60 / BEATS_PER_MIN / STEPS_PER_BEAT;
/** Steps of one bar, which has one chord. */
export const BAR_STEPS = 16;

export interface Chord {
  /** Notes are in semitones from A4 (440 Hz). */
  readonly bass: number;
  readonly pad: readonly number[];
}

/** A minor, F, C and G with added ninths, repeated without an end. */
export const CHORDS: readonly Chord[] = [
  { bass: -36, pad: [-12, -5, -2, 3] },
  { bass: -40, pad: [-16, -9, -5, 3] },
  { bass: -33, pad: [-14, -9, -5, 2] },
  { bass: -38, pad: [-14, -10, -7, 0] },
];

/** Index of the pad's note that each step plucks, an octave up; "." is a rest. One line a bar, four lines a turn. */
export const PLUCKS: readonly string[] = [
  "0..1..2...3...1.",
  "..2..1..3.....0.",
  "0..2..3...1..2..",
  "..3...1.0...2...",
];

/** Steps of a bar on which the bass plays. */
const BASS_STEPS: readonly number[] = [0, 6, 10];
/** The plucks pause in every fourth turn. */
const REST_TURN = 4;

/** The notes that begin on a step, counted from the start of the piece. */
export function notesAt(step: number): Note[] {
  const bar = Math.floor(step / BAR_STEPS);
  const inBar = step % BAR_STEPS;
  const chord = CHORDS[bar % CHORDS.length];
  if (!chord) return [];
  const notes: Note[] = [];
  if (inBar === 0) {
    for (const semitone of chord.pad) notes.push({ voice: "pad", semitone, holdSec: BAR_STEPS * STEP_SEC });
  }
  if (BASS_STEPS.includes(inBar)) notes.push({ voice: "bass", semitone: chord.bass, holdSec: 4 * STEP_SEC });
  const turn = Math.floor(bar / CHORDS.length);
  const pluck = Number.parseInt(PLUCKS[(bar + turn) % PLUCKS.length]?.[inBar] ?? "", 10);
  const semitone = chord.pad[pluck];
  if (semitone !== undefined && turn % REST_TURN !== REST_TURN - 1) {
    notes.push({ voice: "pluck", semitone: semitone + 12, holdSec: 3 * STEP_SEC });
  }
  return notes;
}

const ALL = { all: 1 } as const;

export const TITLE_PIECE: Piece<"all"> = {
  stepSec: STEP_SEC,
  barSteps: BAR_STEPS,
  fadeInSec: 2.5,
  gain: 1,
  layers: ["all"],
  beginBar: () => ALL,
  notesAt,
};
