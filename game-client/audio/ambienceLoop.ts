/** Renders the ambience of a theme into a loop without a seam, and plays it. */
import type { ThemeName } from "#shared/arena/themes.ts";
import { type Random, seededRandom } from "#shared/sim/random.ts";
import {
  AMBIENCES,
  type AmbienceLayer,
  type GrainLayer,
  type HumLayer,
  type NoiseLayer,
} from "./ambience.ts";
import { gainTo } from "./loudness.ts";
import type { Player } from "./music.ts";
import { AMBIENCE_DB } from "./soundClasses.ts";

/** Enough for what ambience has, at a third of the cost. */
export const AMBIENCE_RATE = 16_000;
const LOOP_SEC = 8;
const SLICE_SAMPLES = 16_384;
/** The swell of noise is computed anew after this many samples. */
const SWELL_SAMPLES = 64;
/** The end of a layer of noise fades into its start over this time. */
const SEAM_SEC = 0.5;
const FADE_SEC = 1.5;

/** Mono samples at AMBIENCE_RATE, whose end joins their start. Yields to the page after each slice. */
export async function renderAmbience(theme: ThemeName): Promise<Float32Array<ArrayBuffer>> {
  const samples = new Float32Array(LOOP_SEC * AMBIENCE_RATE);
  const random = seededRandom(theme.length);
  for (const layer of AMBIENCES[theme]) {
    for (const _ of addLayer(samples, layer, random)) await new Promise((resolve) => setTimeout(resolve));
  }
  const gain = gainTo(AMBIENCE_DB, samples, AMBIENCE_RATE);
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) * gain;
  return samples;
}

export async function playAmbience(
  context: BaseAudioContext,
  out: AudioNode,
  theme: ThemeName,
): Promise<Player> {
  const samples = await renderAmbience(theme);
  const buffer = context.createBuffer(1, samples.length, AMBIENCE_RATE);
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const gain = new GainNode(context, { gain: 0 });
  source.connect(gain).connect(out);
  gain.gain.setTargetAtTime(1, context.currentTime, FADE_SEC / 3);
  source.start();
  return {
    stop() {
      gain.gain.setTargetAtTime(0, context.currentTime, FADE_SEC / 3);
      source.stop(context.currentTime + 2 * FADE_SEC);
      source.onended = () => gain.disconnect();
    },
  };
}

/** Adds a layer in slices, each of which takes a few ms. */
function addLayer(samples: Float32Array, layer: AmbienceLayer, random: Random): Iterable<void> {
  if (layer.kind === "noise") return addNoise(samples, layer, random);
  if (layer.kind === "hum") return addHum(samples, layer);
  return addGrains(samples, layer, random);
}

function* addNoise(samples: Float32Array, layer: NoiseLayer, random: Random): Iterable<void> {
  const { fromHz, toHz, level, swells, depth } = layer;
  const length = samples.length;
  const seam = SEAM_SEC * AMBIENCE_RATE;
  const lowShare = 1 - Math.exp((-2 * Math.PI * toHz) / AMBIENCE_RATE);
  const highShare = 1 - Math.exp((-2 * Math.PI * fromHz) / AMBIENCE_RATE);
  const phase = random.next() * 2 * Math.PI;
  let low = 0;
  let rest = 0;
  let swell = 1;
  for (let i = -seam; i < length; i++) {
    if (i % SLICE_SAMPLES === 0) yield;
    low += (random.next() * 2 - 1 - low) * lowShare;
    rest += (low - rest) * highShare;
    // The seconds before the start fade in under the end, and go on where the start begins.
    const place = (i + length) % length;
    const fade = i < 0 ? (i + seam) / seam : Math.min(1, (length - i) / seam);
    if (place % SWELL_SAMPLES === 0) {
      swell = level * (1 - depth * (0.5 + 0.5 * Math.cos((2 * Math.PI * swells * place) / length + phase)));
    }
    samples[place] = (samples[place] ?? 0) + (low - rest) * swell * (fade === 1 ? 1 : Math.sqrt(fade));
  }
}

function* addHum(samples: Float32Array, { hz, level }: HumLayer): Iterable<void> {
  for (const each of hz) {
    const step = (2 * Math.PI * each) / AMBIENCE_RATE;
    for (let i = 0; i < samples.length; i++) {
      samples[i] = (samples[i] ?? 0) + (Math.sin(i * step) * level) / hz.length;
    }
    yield;
  }
}

function* addGrains(samples: Float32Array, layer: GrainLayer, random: Random): Iterable<void> {
  const { perLoop, hz, pulses } = layer;
  for (let grain = 0; grain < perLoop; grain++) {
    // Apart from one another, yet not regular.
    const startSec = ((grain + random.next() * 0.8) / perLoop) * LOOP_SEC;
    const lowestHz = hz[0] + random.next() * (hz[1] - hz[0]);
    const level = layer.level * (0.5 + 0.5 * random.next());
    for (let pulse = 0; pulse < pulses.count; pulse++) {
      addGrain(samples, layer, startSec + pulse * pulses.apartSec, lowestHz, level);
    }
    yield;
  }
}

/** A grain that passes the end goes on at the start. */
function addGrain(
  samples: Float32Array,
  { partials, bend, attackSec, sec }: GrainLayer,
  startSec: number,
  lowestHz: number,
  level: number,
): void {
  const start = Math.floor(startSec * AMBIENCE_RATE);
  const count = Math.floor(sec * AMBIENCE_RATE);
  for (const [rank, partial] of partials.entries()) {
    let phase = 0;
    for (let i = 0; i < count; i++) {
      const share = i / count;
      phase += (2 * Math.PI * lowestHz * partial * (1 + (bend - 1) * share)) / AMBIENCE_RATE;
      const attack = Math.min(1, i / (attackSec * AMBIENCE_RATE));
      const envelope = attack * (1 - share) ** (2 + rank);
      const place = (start + i) % samples.length;
      samples[place] = (samples[place] ?? 0) + (Math.sin(phase) * envelope * level) / (1 + rank);
    }
  }
}
