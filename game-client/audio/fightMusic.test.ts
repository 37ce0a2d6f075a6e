import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeContext, type FakeNode, fakeAudio } from "#client/testing/fakeAudio.ts";
import { createFightPiece, FIGHT_LAYERS, LEADS, levelsOf } from "./fightScore.ts";
import { frequencyOf } from "./instruments.ts";
import { type Player, playPiece } from "./music.ts";
import { BAR_STEPS, CHORDS } from "./score.ts";

const CALM = { level: 0.15, isFinal: false, isOn: true };

describe("the layers of the fight's music", () => {
  it("[SOUND-5] come in one after another as the fight grows, none falls on the way, and all play at the end", () => {
    let before = levelsOf({ ...CALM, level: 0 });
    const entered: string[] = [];
    for (let level = 0; level <= 1; level += 0.01) {
      const levels = levelsOf({ ...CALM, level });
      for (const layer of FIGHT_LAYERS) {
        expect(levels[layer]).toBeGreaterThanOrEqual(before[layer]);
        if (levels[layer] > 0 && !entered.includes(layer)) entered.push(layer);
      }
      before = levels;
    }
    expect(entered).toEqual(["pulse", "bass", "percussion", "lead"]);
    const final = levelsOf({ level: 0.8, isFinal: true, isOn: true });
    expect(Object.values(final)).toEqual(FIGHT_LAYERS.map(() => 1));
    expect(Object.values(levelsOf({ ...CALM, isOn: false })).some(Boolean)).toBe(false);
  });

  it("[SOUND-6] play notes within 25 to 2000 Hz, the end two semitones higher than the fight", () => {
    const mood = { ...CALM };
    const piece = createFightPiece(mood);
    const notes = () => {
      piece.beginBar();
      const steps = Array.from({ length: BAR_STEPS * CHORDS.length }, (_, step) => step);
      return steps.flatMap((step) => FIGHT_LAYERS.flatMap((layer) => piece.notesAt(step, layer)));
    };
    const usual = notes();
    mood.isFinal = true;
    const final = notes();
    for (const { semitone } of usual) {
      expect(frequencyOf(semitone)).toBeGreaterThan(25);
      expect(frequencyOf(semitone)).toBeLessThan(2000);
    }
    const leads = (of: typeof usual) =>
      of.filter(({ voice }) => voice === "lead").map(({ semitone }) => semitone);
    expect(leads(final)).toEqual(leads(usual).map((semitone) => semitone + 2));
    for (const line of LEADS) expect(line).toMatch(new RegExp(`^[0-3.]{${BAR_STEPS}}$`));
  });
});

describe("a piece in layers", () => {
  let fake: FakeContext;
  let context: AudioContext;
  let player: Player;
  let mood: { level: number; isFinal: boolean; isOn: boolean };
  let piece: ReturnType<typeof createFightPiece>;

  beforeEach(() => {
    vi.useFakeTimers();
    ({ context, fake } = fakeAudio());
    mood = { ...CALM };
    piece = createFightPiece(mood);
  });
  afterEach(() => {
    player.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const play = () => {
    player = playPiece(context, fake.destination as unknown as AudioNode, piece);
  };
  const pass = (sec: number) => {
    for (let passed = 0; passed < sec; passed += 0.25) {
      fake.currentTime += 0.25;
      vi.advanceTimersByTime(250);
    }
  };
  /** Gains directly below the whole piece's gain, one a layer, in the layers' order. */
  const stems = (): FakeNode[] => {
    const whole = fake.of("GainNode")[0];
    return fake.of("GainNode").filter(({ output }) => output === whole);
  };
  const sources = () => [...fake.of("OscillatorNode"), ...fake.of("AudioBufferSourceNode")];

  it("[SOUND-7] changes its layers only at bar lines", () => {
    play();
    const barSec = piece.stepSec * BAR_STEPS;
    pass(0.5 * barSec);
    mood.level = 0.9;
    pass(2 * barSec);
    mood.isFinal = true;
    pass(2 * barSec);
    const changes = stems().flatMap(({ gain }) => gain.scheduled.filter(({ how }) => how === "target"));
    expect(changes.length).toBeGreaterThanOrEqual(FIGHT_LAYERS.length);
    for (const { atSec } of changes) {
      const bars = (atSec - 0.1) / barSec;
      expect(bars).toBeCloseTo(Math.round(bars), 6);
    }
  });

  it("[SOUND-8] schedules every note ahead of its time, and none for a silent layer", () => {
    play();
    pass(4);
    const calm = sources().length;
    expect(fake.of("AudioBufferSourceNode")).toHaveLength(0);
    for (const { startedAtSec = 0 } of sources()) expect(startedAtSec).toBeLessThan(fake.currentTime + 0.9);
    mood.level = 1;
    pass(4);
    expect(fake.of("AudioBufferSourceNode").length).toBeGreaterThan(4);
    expect(sources().length - calm).toBeGreaterThan(calm);
    mood.isOn = false;
    pass(4);
    const silenced = sources().length;
    pass(4);
    expect(sources()).toHaveLength(silenced);
  });

  it("[SOUND-9] schedules nothing after it was stopped, and catches up on no notes after the page slept", () => {
    play();
    pass(1);
    const before = sources().length;
    fake.currentTime += 3_600;
    vi.advanceTimersByTime(250);
    expect(sources().length - before).toBeLessThan(20);
    player.stop();
    const stopped = sources().length;
    pass(3);
    expect(sources()).toHaveLength(stopped);
  });
});
