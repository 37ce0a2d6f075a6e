import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeContext, fakeAudio } from "#client/testing/fakeAudio.ts";
import { createAudio, type GameAudio } from "./player.ts";

describe("the page's audio", () => {
  let contexts: FakeContext[];
  let audio: GameAudio;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearInterval", "clearTimeout"] });
    fakeAudio();
    contexts = [];
    vi.stubGlobal(
      "AudioContext",
      class extends FakeContext {
        constructor() {
          super();
          contexts.push(this);
        }
        close(): Promise<void> {
          return Promise.resolve();
        }
      },
    );
    audio = createAudio();
    audio.setMuted(false);
    audio.unlock();
    audio.arena.enter("orchard");
    audio.arena.follow({ level: 1, isFinal: true, isOn: true });
  });
  afterEach(() => {
    audio.arena.leave();
    audio.setMuted(false);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const oscillators = () => contexts[0]?.of("OscillatorNode").length ?? 0;
  const loops = () => contexts[0]?.of("AudioBufferSourceNode").filter(({ options }) => options.loop) ?? [];
  const stoppedLoops = () => loops().filter(({ stoppedAtSec }) => stoppedAtSec !== undefined).length;
  /** Lets time pass for the schedulers until `isSo`. */
  const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 20_000 });
  /** Longer than a bar and what is scheduled ahead. */
  const letTimePass = async () => {
    for (let turn = 0; turn < 16; turn++) {
      for (const context of contexts) context.currentTime += 0.25;
      await vi.advanceTimersByTimeAsync(250);
    }
  };

  it("[SOUND-11] plays music in the fight, and schedules none while muted or with music at 0", async () => {
    await until(() => oscillators() > 0);
    for (const silence of [() => audio.setVolume("music", 0), () => audio.setMuted(true)]) {
      silence();
      const before = oscillators();
      await letTimePass();
      expect(oscillators()).toBe(before);
      audio.setVolume("music", 0.5);
      audio.setMuted(false);
      await until(() => oscillators() > before);
    }
  });

  it("[SOUND-12] plays the place's ambience until the player leaves", async () => {
    await until(() => loops().some(({ options }) => (options.buffer as AudioBuffer).duration > 1));
    audio.arena.leave();
    await until(() => stoppedLoops() > 0);
  });
});
