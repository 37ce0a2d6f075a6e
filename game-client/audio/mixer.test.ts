import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeContext, type FakeNode, fakeAudio } from "#client/testing/fakeAudio.ts";
import { createMixer, type Mixer } from "./mixer.ts";
import { AT_LISTENER } from "./placement.ts";
import { SOUND_CLASSES, type SoundClassName } from "./soundClasses.ts";

const VOLUMES = { effects: 1, announcer: 1, interface: 1, music: 1, ambience: 1 };
const LENGTH_SEC = 0.5;

describe("the mixer", () => {
  let fake: FakeContext;
  let mixer: Mixer;
  let buffer: AudioBuffer;

  beforeEach(() => {
    const audio = fakeAudio();
    fake = audio.fake;
    mixer = createMixer(audio.context, false, VOLUMES);
    buffer = audio.context.createBuffer(1, LENGTH_SEC * 8_000, 8_000);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const start = (
    name: SoundClassName,
    how: { delaySec?: number; semitones?: number; volume?: number } = {},
  ) =>
    mixer.start({
      buffer,
      soundClass: SOUND_CLASSES[name],
      placement: { ...AT_LISTENER, volume: how.volume ?? 1 },
      semitones: how.semitones ?? 0,
      delaySec: how.delaySec ?? 0,
    });
  /** Through which music and ambience go. */
  const background = () => (mixer.music as unknown as FakeNode).output;
  const sources = () => fake.of("AudioBufferSourceNode");

  it("[SOUND-1] music and ambience duck for an own kill from its start, and rise before its end has passed", () => {
    expect((mixer.ambience as unknown as FakeNode).output).toBe(background());
    fake.currentTime = 10;
    start("ownKill", { delaySec: 0.2 });
    const [cancel, down, up] = background()?.gain.scheduled ?? [];
    expect(cancel).toMatchObject({ how: "cancel", atSec: 10.2 });
    expect(down).toMatchObject({ how: "target", atSec: 10.2 });
    expect(down?.value).toBeLessThan(0.5);
    expect(up).toMatchObject({ how: "target", value: 1 });
    expect(up?.atSec).toBeGreaterThan(10.2);
    expect(up?.atSec).toBeLessThan(10.2 + LENGTH_SEC);
  });

  it("[SOUND-2] shots and clicks duck nothing, nor does an announcement that the player has turned off", () => {
    start("ownShot");
    start("interface");
    const audio = fakeAudio();
    mixer = createMixer(audio.context, false, { ...VOLUMES, announcer: 0 });
    start("announcement");
    expect(background()?.gain.scheduled).toEqual([]);
  });

  it("[SOUND-3] with all voices taken, a more important sound replaces the least important, and a lesser is left out", () => {
    for (let voice = 0; voice < 16; voice++) start("otherShot", { volume: voice === 3 ? 0.1 : 0.5 });
    start("otherShot", { volume: 0.05 });
    expect(sources()).toHaveLength(16);
    start("ownKill");
    expect(sources()).toHaveLength(17);
    expect(sources().filter(({ stoppedAtSec }) => stoppedAtSec !== undefined)).toEqual([sources()[3]]);
  });

  it("[SOUND-4] a pitch that means something is exact", () => {
    start("ownFeat", { semitones: 12 });
    expect(sources()[0]?.options.playbackRate).toBe(2);
  });
});
