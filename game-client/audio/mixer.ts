/** Mixes buffers for output: a bounded number of voices, a volume for each group, ducking, one limiter. */
import type { Placement } from "./placement.ts";
import type { SoundClass } from "./soundClasses.ts";
import type { VolumeGroup, Volumes } from "./volumes.ts";

const VOICES_MAX = 16;
/** Leaves the peaks of single sounds to pass below the limiter's threshold, which would undo their order. */
const MASTER_VOLUME = 0.5;
/** Random change of pitch either way, so that a salvo does not sound mechanical. */
const PITCH_SPREAD = 0.05;
/** Time constant of fades: too slow to click, too fast to notice. */
const FADE_SEC = 0.015;
/** Ducking lowers a bus to `gain` with these time constants, for `holdShare` of the sound that causes it. */
const DUCK = { gain: 0.4, downSec: 0.03, upSec: 0.25, holdShare: 0.7 } as const;

interface Voice {
  source: AudioBufferSourceNode;
  /** Loudness at the listener as a factor. */
  weight: number;
}

export interface Started {
  readonly buffer: AudioBuffer;
  readonly soundClass: SoundClass;
  readonly placement: Placement;
  /** Raises the pitch. */
  readonly semitones: number;
  /** Time until it starts, s. */
  readonly delaySec: number;
}

export interface Mixer {
  start(sound: Started): void;
  setMuted(muted: boolean): void;
  /** `volume` is 0 to 1. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** The inputs for what sounds all the time. */
  readonly music: AudioNode;
  readonly ambience: AudioNode;
}

export function createMixer(context: BaseAudioContext, initiallyMuted: boolean, volumes: Volumes): Mixer {
  const master = new GainNode(context, { gain: initiallyMuted ? 0 : MASTER_VOLUME });
  // Limits many explosions at once instead of distorting them.
  const limiter = new DynamicsCompressorNode(context, {
    threshold: -10,
    knee: 6,
    ratio: 16,
    attack: 0.002,
    release: 0.12,
  });
  master.connect(limiter).connect(context.destination);
  const background = new GainNode(context);
  background.connect(master);
  const group = (name: VolumeGroup, into: AudioNode) => {
    const node = new GainNode(context, { gain: loudness(volumes[name]) });
    node.connect(into);
    return node;
  };
  const groups = {
    effects: group("effects", master),
    announcer: group("announcer", master),
    interface: group("interface", master),
    music: group("music", background),
    ambience: group("ambience", background),
  } satisfies Record<VolumeGroup, GainNode>;
  const voices = new Set<Voice>();
  const fade = (node: GainNode, gain: number) =>
    node.gain.setTargetAtTime(gain, context.currentTime, FADE_SEC);

  return {
    music: groups.music,
    ambience: groups.ambience,
    start({ buffer, soundClass, placement: { volume, pan }, semitones, delaySec }) {
      const weight = volume * 10 ** (soundClass.db / 20);
      if (!freeVoice(voices, weight)) return;
      const atSec = context.currentTime + delaySec;
      // A pitch that means something stays exact.
      const spread = semitones === 0 ? 1 + (Math.random() * 2 - 1) * PITCH_SPREAD : 1;
      const playbackRate = spread * 2 ** (semitones / 12);
      const source = new AudioBufferSourceNode(context, { buffer, playbackRate });
      const gain = new GainNode(context, { gain: volume });
      source.connect(new StereoPannerNode(context, { pan })).connect(gain).connect(groups[soundClass.group]);
      const voice = { source, weight };
      voices.add(voice);
      source.onended = () => {
        voices.delete(voice);
        gain.disconnect();
      };
      source.start(atSec);
      // A class that the player has turned off ducks nothing.
      if (soundClass.ducks && groups[soundClass.group].gain.value > 0) {
        duck(background.gain, atSec, buffer.duration);
      }
    },
    setMuted: (muted) => fade(master, muted ? 0 : MASTER_VOLUME),
    setVolume: (name, volume) => fade(groups[name], loudness(volume)),
  };
}

/** Lowers `gain` at once and raises it again when most of a sound of this length has passed; a later sound prolongs it. */
function duck(gain: AudioParam, atSec: number, lengthSec: number): void {
  gain.cancelScheduledValues(atSec);
  gain.setTargetAtTime(DUCK.gain, atSec, DUCK.downSec);
  gain.setTargetAtTime(1, atSec + lengthSec * DUCK.holdShare, DUCK.upSec);
}

/** Slider position → gain; squared, because loudness is perceived logarithmically. */
export const loudness = (volume: number): number => Math.max(0, Math.min(1, volume)) ** 2;

/** If all voices are taken, stops the quietest for a louder sound. Returns whether a voice is free. */
function freeVoice(voices: Set<Voice>, weight: number): boolean {
  if (voices.size < VOICES_MAX) return true;
  let quietest: Voice | undefined;
  for (const voice of voices) if (!quietest || voice.weight < quietest.weight) quietest = voice;
  if (!quietest || quietest.weight > weight) return false;
  voices.delete(quietest);
  quietest.source.stop();
  return true;
}
