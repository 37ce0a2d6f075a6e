import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loudnessDb } from "./loudness.ts";
import { placeSound } from "./placement.ts";
import { renderSound } from "./soundBank.ts";
import { AMBIENCE_DB, CLASS_OF, SOUND_CLASSES, type SoundClassName } from "./soundClasses.ts";
import { SOUNDS, type SoundName } from "./sounds.ts";

const RATE = 44_100;
const sine = (hz: number, amplitude: number, sec: number) =>
  Float32Array.from({ length: RATE * sec }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / RATE));

describe("loudness", () => {
  it("[LOUD-1] a long full-scale sine of 997 Hz measures −3 dB, as in BS.1770 without its offset of −0.69", () => {
    expect(loudnessDb(sine(997, 1, 2), RATE)).toBeCloseTo(-3.01 + 0.69, 1);
    expect(loudnessDb(sine(997, 0.1, 2), RATE)).toBeCloseTo(-23.01 + 0.69, 1);
  });

  it("[LOUD-2] short and deep sounds measure lower than long and high ones, and silence lowest", () => {
    expect(loudnessDb(sine(997, 1, 0.02), RATE)).toBeLessThan(loudnessDb(sine(997, 1, 0.5), RATE) - 6);
    expect(loudnessDb(sine(40, 1, 1), RATE)).toBeLessThan(loudnessDb(sine(997, 1, 1), RATE) - 2);
    expect(loudnessDb(new Float32Array(100), RATE)).toBe(-120);
  });
});

describe("the sounds by their meaning", () => {
  const measured = new Map<SoundName, { db: number; peak: number }>();
  const names = Object.keys(SOUNDS) as SoundName[];

  beforeAll(async () => {
    // ZzFX creates one on import.
    vi.stubGlobal(
      "AudioContext",
      class {
        readonly state = "closed";
      },
    );
    for (const name of names) {
      const { samples, sampleRate } = await renderSound(name);
      const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
      measured.set(name, { db: loudnessDb(samples, sampleRate), peak });
    }
  });
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  /** The measured loudness of all sounds of a class, with the gain of the mix. */
  const loudnessIn = (wanted: SoundClassName) =>
    names.filter((name) => CLASS_OF[name] === wanted).map((name) => measured.get(name)?.db ?? Number.NaN);

  it("[LOUD-3] each sound as it is mixed has the loudness of its class, and clips nowhere", () => {
    for (const name of names) {
      expect(measured.get(name)?.db, name).toBeCloseTo(SOUND_CLASSES[CLASS_OF[name]].db, 1);
      expect(measured.get(name)?.peak, name).toBeLessThan(1);
    }
  });

  it("[LOUD-4] loudness falls with meaning: every sound of a class is above every sound of the next", () => {
    const order = Object.keys(SOUND_CLASSES) as SoundClassName[];
    for (const [place, name] of order.entries()) {
      const next = order[place + 1];
      const quieter = next ? loudnessIn(next) : [AMBIENCE_DB];
      expect(loudnessIn(name).length, name).toBeGreaterThan(0);
      expect(Math.min(...loudnessIn(name)), name).toBeGreaterThan(Math.max(...quieter));
    }
  });

  it("[LOUD-5] own kill and hit confirm are above being hit, which is above own shots, and those above all others'", () => {
    const db = (name: SoundName) => measured.get(name)?.db ?? Number.NaN;
    expect(db("kill")).toBeGreaterThan(db("hitConfirm") + 1);
    expect(db("hitConfirm")).toBeGreaterThan(db("hit") + 1);
    expect(db("hit")).toBeGreaterThan(db("rail") + 1);
    expect(db("rail")).toBeGreaterThan(db("railFar") + 1);
    const far = placeSound({ dx: 500, dy: 0 })?.volume ?? 0;
    expect(db("explode") + 20 * Math.log10(far)).toBeLessThan(db("fireFar") - 5);
  });
});
