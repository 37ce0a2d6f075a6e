/** The instruments of the music, played with WebAudio nodes that are scheduled ahead. */

export interface Timbre {
  readonly shape: OscillatorType | "noise";
  readonly gain: number;
  readonly attackSec: number;
  readonly releaseSec: number;
  /** Low-pass, unless noise is cut from below. */
  readonly filter: { readonly type: "lowpass" | "highpass" | "bandpass"; readonly hz: number };
  /** Two oscillators, detuned by this much either way, widen a note; 0 uses one oscillator. */
  readonly detuneCents: number;
  /** A drum starts this much higher and falls to its pitch. */
  readonly fallCents?: number;
  readonly hasEcho: boolean;
}

const FALL_SEC = 0.07;
const NOISE_SEC = 1;

const lowpass = (hz: number) => ({ type: "lowpass", hz }) as const;

export const TIMBRES = {
  // The title.
  pad: {
    shape: "sawtooth",
    gain: 0.028,
    attackSec: 1.1,
    releaseSec: 1.6,
    filter: lowpass(620),
    detuneCents: 9,
    hasEcho: false,
  },
  bass: {
    shape: "triangle",
    gain: 0.17,
    attackSec: 0.02,
    releaseSec: 0.4,
    filter: lowpass(420),
    detuneCents: 0,
    hasEcho: false,
  },
  pluck: {
    shape: "triangle",
    gain: 0.07,
    attackSec: 0.006,
    releaseSec: 0.5,
    filter: lowpass(2100),
    detuneCents: 4,
    hasEcho: true,
  },
  // The fight.
  pulse: {
    shape: "triangle",
    gain: 0.12,
    attackSec: 0.005,
    releaseSec: 0.16,
    filter: lowpass(700),
    detuneCents: 0,
    hasEcho: false,
  },
  growl: {
    shape: "sawtooth",
    gain: 0.08,
    attackSec: 0.008,
    releaseSec: 0.18,
    filter: lowpass(360),
    detuneCents: 7,
    hasEcho: false,
  },
  lead: {
    shape: "square",
    gain: 0.026,
    attackSec: 0.006,
    releaseSec: 0.3,
    filter: lowpass(1900),
    detuneCents: 6,
    hasEcho: true,
  },
  swell: {
    shape: "sawtooth",
    gain: 0.042,
    attackSec: 0.9,
    releaseSec: 0.6,
    filter: lowpass(1200),
    detuneCents: 11,
    hasEcho: false,
  },
  kick: {
    shape: "sine",
    gain: 0.26,
    attackSec: 0.003,
    releaseSec: 0.16,
    filter: lowpass(900),
    detuneCents: 0,
    fallCents: 2400,
    hasEcho: false,
  },
  snare: {
    shape: "noise",
    gain: 0.07,
    attackSec: 0.002,
    releaseSec: 0.15,
    filter: { type: "bandpass", hz: 1800 },
    detuneCents: 0,
    hasEcho: false,
  },
  hat: {
    shape: "noise",
    gain: 0.028,
    attackSec: 0.001,
    releaseSec: 0.045,
    filter: { type: "highpass", hz: 7000 },
    detuneCents: 0,
    hasEcho: false,
  },
} as const satisfies Record<string, Timbre>;

export type VoiceName = keyof typeof TIMBRES;

/** Pitch in semitones from A4, for instruments that have one. */
export interface Note {
  readonly voice: VoiceName;
  readonly semitone: number;
  readonly holdSec: number;
}

/** Hz. */
export const frequencyOf = (semitone: number): number => 440 * 2 ** (semitone / 12);

export function playNote(
  context: BaseAudioContext,
  note: Note,
  atSec: number,
  dry: AudioNode,
  echo: AudioNode,
): void {
  const timbre: Timbre = TIMBRES[note.voice];
  const holdSec = Math.max(note.holdSec, timbre.attackSec);
  const endSec = atSec + holdSec + timbre.releaseSec;
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, atSec);
  envelope.gain.linearRampToValueAtTime(timbre.gain, atSec + timbre.attackSec);
  envelope.gain.setTargetAtTime(0, atSec + holdSec, timbre.releaseSec / 4);
  const { type, hz } = timbre.filter;
  const filter = new BiquadFilterNode(context, { type, frequency: hz, Q: 0.5 });
  filter.connect(envelope).connect(dry);
  if (timbre.hasEcho) envelope.connect(echo);
  for (const cents of timbre.detuneCents ? [-timbre.detuneCents, timbre.detuneCents] : [0]) {
    const source = sourceOf(context, timbre, note.semitone, cents, atSec);
    source.connect(filter);
    source.start(atSec);
    source.stop(endSec);
    source.onended = () => envelope.disconnect();
  }
}

function sourceOf(
  context: BaseAudioContext,
  { shape, fallCents }: Timbre,
  semitone: number,
  detune: number,
  atSec: number,
): AudioScheduledSourceNode {
  if (shape === "noise") return new AudioBufferSourceNode(context, { buffer: noiseOf(context), loop: true });
  const oscillator = new OscillatorNode(context, { type: shape, frequency: frequencyOf(semitone), detune });
  if (fallCents !== undefined) {
    oscillator.detune.setValueAtTime(fallCents, atSec);
    oscillator.detune.linearRampToValueAtTime(0, atSec + FALL_SEC);
  }
  return oscillator;
}

const noises = new WeakMap<BaseAudioContext, AudioBuffer>();

function noiseOf(context: BaseAudioContext): AudioBuffer {
  let noise = noises.get(context);
  if (!noise) {
    noise = context.createBuffer(1, NOISE_SEC * context.sampleRate, context.sampleRate);
    const samples = noise.getChannelData(0);
    for (let i = 0; i < samples.length; i++) samples[i] = Math.random() * 2 - 1;
    noises.set(context, noise);
  }
  return noise;
}
