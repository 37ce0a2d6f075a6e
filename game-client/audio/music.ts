/** Plays the menu music: schedules notes with WebAudio ahead of time, so that a busy page does not interrupt it. */
import { frequencyOf, type Note, notesAt, STEP_SEC } from "./score.ts";

export interface Music {
  /** Plays from the beginning as soon as the browser permits audio; does nothing if already playing. */
  start(): void;
  /** Fades out. */
  stop(): void;
  /** `volume` is 0 to 1. */
  setVolume(volume: number): void;
}

/** A piece that plays until it is stopped. */
export interface Player {
  stop(): void;
}

/** Notes are scheduled this far ahead. */
const AHEAD_SEC = 0.9;
const SCHEDULE_EVERY_MS = 250;
const FADE_IN_SEC = 2.5;
const FADE_OUT_SEC = 0.5;
const ECHO = { delaySec: STEP_SEC * 3, feedback: 0.38, share: 0.35 } as const;

interface Timbre {
  readonly shape: OscillatorType;
  readonly gain: number;
  readonly attackSec: number;
  readonly releaseSec: number;
  /** Cutoff of the low-pass filter. */
  readonly cutoffHz: number;
  /** Two oscillators, detuned by this much either way, widen a note; 0 uses one oscillator. */
  readonly detuneCents: number;
  readonly hasEcho: boolean;
}

const TIMBRES: Readonly<Record<Note["voice"], Timbre>> = {
  pad: {
    shape: "sawtooth",
    gain: 0.028,
    attackSec: 1.1,
    releaseSec: 1.6,
    cutoffHz: 620,
    detuneCents: 9,
    hasEcho: false,
  },
  bass: {
    shape: "triangle",
    gain: 0.17,
    attackSec: 0.02,
    releaseSec: 0.4,
    cutoffHz: 420,
    detuneCents: 0,
    hasEcho: false,
  },
  pluck: {
    shape: "triangle",
    gain: 0.07,
    attackSec: 0.006,
    releaseSec: 0.5,
    cutoffHz: 2100,
    detuneCents: 4,
    hasEcho: true,
  },
};

export function playPiece(context: AudioContext, out: AudioNode): Player {
  const dry = new GainNode(context, { gain: 0 });
  dry.connect(out);
  const echo = addEcho(context, dry);
  dry.gain.setTargetAtTime(1, context.currentTime, FADE_IN_SEC / 3);
  let step = 0;
  let nextSec = context.currentTime + 0.1;

  const schedule = () => {
    // A suspended page continues from now on instead of playing the notes that it missed.
    if (nextSec < context.currentTime) nextSec = context.currentTime + 0.05;
    for (; nextSec < context.currentTime + AHEAD_SEC; nextSec += STEP_SEC) {
      for (const note of notesAt(step)) playNote(context, note, nextSec, dry, echo);
      step++;
    }
  };
  schedule();
  const timer = setInterval(schedule, SCHEDULE_EVERY_MS);

  return {
    stop() {
      clearInterval(timer);
      dry.gain.setTargetAtTime(0, context.currentTime, FADE_OUT_SEC / 3);
      setTimeout(() => dry.disconnect(), FADE_OUT_SEC * 3000);
    },
  };
}

/** A feedback delay: returns the node into which the voices with echo go. */
function addEcho(context: AudioContext, out: AudioNode): AudioNode {
  const into = new GainNode(context, { gain: ECHO.share });
  const delay = new DelayNode(context, { delayTime: ECHO.delaySec, maxDelayTime: 2 });
  const feedback = new GainNode(context, { gain: ECHO.feedback });
  into.connect(delay).connect(out);
  delay.connect(feedback).connect(delay);
  return into;
}

function playNote(context: AudioContext, note: Note, atSec: number, dry: AudioNode, echo: AudioNode): void {
  const timbre = TIMBRES[note.voice];
  const holdSec = Math.max(note.steps * STEP_SEC, timbre.attackSec);
  const endSec = atSec + holdSec + timbre.releaseSec;
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, atSec);
  envelope.gain.linearRampToValueAtTime(timbre.gain, atSec + timbre.attackSec);
  envelope.gain.setTargetAtTime(0, atSec + holdSec, timbre.releaseSec / 4);
  const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: timbre.cutoffHz, Q: 0.5 });
  filter.connect(envelope).connect(dry);
  if (timbre.hasEcho) envelope.connect(echo);
  for (const cents of timbre.detuneCents ? [-timbre.detuneCents, timbre.detuneCents] : [0]) {
    const frequency = frequencyOf(note.semitone);
    const oscillator = new OscillatorNode(context, { type: timbre.shape, frequency, detune: cents });
    oscillator.connect(filter);
    oscillator.start(atSec);
    oscillator.stop(endSec);
    oscillator.onended = () => envelope.disconnect();
  }
}
