/** Plays pieces of music in layers: schedules notes with WebAudio ahead of time, so that a busy page does not interrupt them. */
import { type Note, playNote } from "./instruments.ts";

export interface Music {
  /** Plays from the beginning as soon as the browser permits audio; does nothing if already playing. */
  start(): void;
  /** Fades out. */
  stop(): void;
}

/** Something that plays until it is stopped. */
export interface Player {
  /** Fades out. */
  stop(): void;
}

export interface Piece<Layer extends string = string> {
  readonly stepSec: number;
  readonly barSteps: number;
  readonly fadeInSec: number;
  /** Multiplies the level of the whole piece. */
  readonly gain: number;
  readonly layers: readonly Layer[];
  /** Asked when a bar is scheduled: the level of each layer in it, 0 to 1. A silent layer plays no notes. */
  beginBar(): Readonly<Record<Layer, number>>;
  /** The notes of a layer that begin on a step, counted from the start of the piece. */
  notesAt(step: number, layer: Layer): readonly Note[];
}

/** Notes are scheduled this far ahead. */
const AHEAD_SEC = 0.9;
const SCHEDULE_EVERY_MS = 250;
const FADE_OUT_SEC = 0.5;
/** Time constant with which a layer takes its new level at the bar line. */
const LAYER_SEC = 0.35;
const ECHO = { delaySteps: 3, feedback: 0.38, share: 0.35 } as const;

/** A layer's output: `dry`, and the input of its echo. */
interface Stem {
  readonly dry: GainNode;
  readonly echo: AudioNode;
  level: number;
}

export function playPiece<Layer extends string>(
  context: BaseAudioContext,
  out: AudioNode,
  piece: Piece<Layer>,
): Player {
  const { stepSec, barSteps, layers } = piece;
  const whole = new GainNode(context, { gain: 0 });
  whole.connect(out);
  whole.gain.setTargetAtTime(piece.gain, context.currentTime, piece.fadeInSec / 3);
  const stems = new Map(layers.map((layer) => [layer, createStem(context, whole, stepSec)]));
  let step = 0;
  let nextSec = context.currentTime + 0.1;

  const playStep = () => {
    if (step % barSteps === 0) setLevels(stems, piece.beginBar(), nextSec);
    for (const [layer, { dry, echo, level }] of stems) {
      if (level === 0) continue;
      for (const note of piece.notesAt(step, layer)) playNote(context, note, nextSec, dry, echo);
    }
    step++;
  };
  const schedule = () => {
    // A suspended page continues from now on instead of playing the notes that it missed.
    if (nextSec < context.currentTime) nextSec = context.currentTime + 0.05;
    for (; nextSec < context.currentTime + AHEAD_SEC; nextSec += stepSec) playStep();
  };
  schedule();
  const timer = setInterval(schedule, SCHEDULE_EVERY_MS);

  return {
    stop() {
      clearInterval(timer);
      whole.gain.cancelScheduledValues(context.currentTime);
      whole.gain.setTargetAtTime(0, context.currentTime, FADE_OUT_SEC / 3);
      setTimeout(() => whole.disconnect(), FADE_OUT_SEC * 3000);
    },
  };
}

function setLevels<Layer extends string>(
  stems: ReadonlyMap<Layer, Stem>,
  levels: Readonly<Record<Layer, number>>,
  atSec: number,
): void {
  for (const [layer, stem] of stems) {
    if (stem.level === levels[layer]) continue;
    stem.level = levels[layer];
    stem.dry.gain.setTargetAtTime(stem.level, atSec, LAYER_SEC);
  }
}

/** A silent layer, with a feedback delay. */
function createStem(context: BaseAudioContext, out: AudioNode, stepSec: number): Stem {
  const dry = new GainNode(context, { gain: 0 });
  dry.connect(out);
  const echo = new GainNode(context, { gain: ECHO.share });
  const delay = new DelayNode(context, { delayTime: ECHO.delaySteps * stepSec, maxDelayTime: 2 });
  const feedback = new GainNode(context, { gain: ECHO.feedback });
  echo.connect(delay).connect(dry);
  delay.connect(feedback).connect(delay);
  return { dry, echo, level: 0 };
}
