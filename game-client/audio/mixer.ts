/** From buffers to the loudspeaker: a few voices, a volume for each group, one limiter. */
import type { Placement } from "./placement.ts";

const VOICES_MAX = 16;
const MASTER_VOLUME = 0.5;
/** Up or down by this much, so that a salvo does not sound like a machine. */
const PITCH_SPREAD = 0.05;
/** Slow enough not to click, fast enough to feel instant. */
const FADE_SEC = 0.015;

export const VOLUME_GROUPS = ["effects", "music"] as const;
export type VolumeGroup = (typeof VOLUME_GROUPS)[number];
/** 0 … 1 each. */
export type Volumes = Readonly<Record<VolumeGroup, number>>;

interface Voice {
  source: AudioBufferSourceNode;
  volume: number;
}

export interface Mixer {
  start(buffer: AudioBuffer, placement: Placement): void;
  setMuted(muted: boolean): void;
  /** 0 … 1. */
  setVolume(group: VolumeGroup, volume: number): void;
  /** Where the music goes in. */
  readonly music: AudioNode;
}

export function createMixer(context: AudioContext, initiallyMuted: boolean, volumes: Volumes): Mixer {
  const master = new GainNode(context, { gain: initiallyMuted ? 0 : MASTER_VOLUME });
  // Many explosions at once are made quieter, never distorted.
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
      if (!makeRoom(voices, volume)) return;
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

/** A slider's middle should sound half as loud: the ear hears in decades. */
export const loudness = (volume: number): number => Math.max(0, Math.min(1, volume)) ** 2;

/** When all voices are taken, the quietest gives way to a louder sound. */
function makeRoom(voices: Set<Voice>, volume: number): boolean {
  if (voices.size < VOICES_MAX) return true;
  let quietest: Voice | undefined;
  for (const voice of voices) if (!quietest || voice.volume < quietest.volume) quietest = voice;
  if (!quietest || quietest.volume > volume) return false;
  voices.delete(quietest);
  quietest.source.stop();
  return true;
}
