/** From buffers to the loudspeaker: a few voices, one volume, one limiter. */
import type { Placement } from "./placement.ts";

const VOICES_MAX = 12;
const MASTER_VOLUME = 0.5;
/** Up or down by this much, so that a salvo does not sound like a machine. */
const PITCH_SPREAD = 0.05;
/** Slow enough not to click, fast enough to feel instant. */
const MUTE_SEC = 0.015;

interface Voice {
  source: AudioBufferSourceNode;
  volume: number;
}

export interface Mixer {
  start(buffer: AudioBuffer, placement: Placement): void;
  setMuted(muted: boolean): void;
}

export function createMixer(context: AudioContext, initiallyMuted: boolean): Mixer {
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
  const voices = new Set<Voice>();

  return {
    start(buffer, { volume, pan }) {
      if (!makeRoom(voices, volume)) return;
      const playbackRate = 1 + (Math.random() * 2 - 1) * PITCH_SPREAD;
      const source = new AudioBufferSourceNode(context, { buffer, playbackRate });
      const gain = new GainNode(context, { gain: volume });
      source.connect(new StereoPannerNode(context, { pan })).connect(gain).connect(master);
      const voice = { source, volume };
      voices.add(voice);
      source.onended = () => {
        voices.delete(voice);
        gain.disconnect();
      };
      source.start();
    },
    setMuted(muted) {
      master.gain.setTargetAtTime(muted ? 0 : MASTER_VOLUME, context.currentTime, MUTE_SEC);
    },
  };
}

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
