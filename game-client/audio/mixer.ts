/** Mixes buffers for output: a bounded number of voices, a volume for each group, one limiter. */
import type { Placement } from "./placement.ts";

const VOICES_MAX = 16;
const MASTER_VOLUME = 0.5;
/** Random change of pitch either way, so that a salvo does not sound mechanical. */
const PITCH_SPREAD = 0.05;
/** Time constant of fades: too slow to click, too fast to notice. */
const FADE_SEC = 0.015;

const VOLUME_GROUPS = ["effects", "music"] as const;
export type VolumeGroup = (typeof VOLUME_GROUPS)[number];
/** Each 0 to 1. */
export type Volumes = Readonly<Record<VolumeGroup, number>>;

interface Voice {
  source: AudioBufferSourceNode;
  volume: number;
}

export interface Mixer {
  start(buffer: AudioBuffer, placement: Placement): void;
  setMuted(muted: boolean): void;
  /** `volume` is 0 to 1. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** The input for music. */
  readonly music: AudioNode;
}

export function createMixer(context: AudioContext, initiallyMuted: boolean, volumes: Volumes): Mixer {
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
  const groups = {
    effects: new GainNode(context, { gain: loudness(volumes.effects) }),
    music: new GainNode(context, { gain: loudness(volumes.music) }),
  } satisfies Record<VolumeGroup, GainNode>;
  for (const group of Object.values(groups)) group.connect(master);
  const voices = new Set<Voice>();
  const fade = (node: GainNode, gain: number) =>
    node.gain.setTargetAtTime(gain, context.currentTime, FADE_SEC);

  return {
    music: groups.music,
    start(buffer, { volume, pan }) {
      if (!freeVoice(voices, volume)) return;
      const playbackRate = 1 + (Math.random() * 2 - 1) * PITCH_SPREAD;
      const source = new AudioBufferSourceNode(context, { buffer, playbackRate });
      const gain = new GainNode(context, { gain: volume });
      source.connect(new StereoPannerNode(context, { pan })).connect(gain).connect(groups.effects);
      const voice = { source, volume };
      voices.add(voice);
      source.onended = () => {
        voices.delete(voice);
        gain.disconnect();
      };
      source.start();
    },
    setMuted: (muted) => fade(master, muted ? 0 : MASTER_VOLUME),
    setVolume: (group, volume) => fade(groups[group], loudness(volume)),
  };
}

/** Slider position → gain; squared, because loudness is perceived logarithmically. */
export const loudness = (volume: number): number => Math.max(0, Math.min(1, volume)) ** 2;

/** If all voices are taken, stops the quietest for a louder sound. Returns whether a voice is free. */
function freeVoice(voices: Set<Voice>, volume: number): boolean {
  if (voices.size < VOICES_MAX) return true;
  let quietest: Voice | undefined;
  for (const voice of voices) if (!quietest || voice.volume < quietest.volume) quietest = voice;
  if (!quietest || quietest.volume > volume) return false;
  voices.delete(quietest);
  quietest.source.stop();
  return true;
}
