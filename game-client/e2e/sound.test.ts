/** Sound in the browser: how loud the music is, and that a fight plays music and ambience. */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import { AMBIENCE_DB, SOUND_CLASSES } from "#client/audio/soundClasses.ts";
import type * as RenderMusic from "#client/testing/renderMusic.ts";
import { play, takePicture } from "./harness.ts";
import { setStage } from "./stage.ts";

declare global {
  interface Window {
    music: typeof RenderMusic;
    /** The kinds of the audio nodes that the page has started. */
    started: { loops: number; oscillators: number };
  }
}

const stage = setStage();
const ENTRY = fileURLToPath(new URL("../testing/renderMusic.ts", import.meta.url));

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, lib: { entry: ENTRY, formats: ["iife"], name: "music" } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && "output" in first ? first.output[0] : undefined;
  if (!chunk) throw new Error("vite has built nothing");
  return `${chunk.code}; window.music = music;`;
}

/** Counts the sources that the page starts. */
const countSources = () => {
  window.started = { loops: 0, oscillators: 0 };
  const { start: startBuffer } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    // The noise of drums is a second long.
    if (this.loop && (this.buffer?.duration ?? 0) > 1) window.started.loops++;
    startBuffer.apply(this, when);
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    window.started.oscillators++;
    start.apply(this, when);
  };
};

describe("sound", () => {
  test("[LOUD-7] the fight's music grows with the fight and at the end, and stays under being hit, as the title's does", async () => {
    const { page } = await stage.open();
    await page.evaluate(await bundle());
    const fight = (level: number, isFinal = false) =>
      page.evaluate((mood) => window.music.measureFight(mood, 12), { level, isFinal, isOn: true });
    const rising = [await fight(0.15), await fight(0.5), await fight(0.8), await fight(0.8, true)];
    const title = await page.evaluate(() => window.music.measureTitle(12));
    console.log("music, dB:", rising.map(({ db }) => db.toFixed(1)).join(" "), "title", title.db.toFixed(1));
    for (const [place, { db, peak }] of rising.entries()) {
      expect(peak).toBeLessThan(1);
      expect(db).toBeLessThan(SOUND_CLASSES.harm.db);
      expect(db).toBeGreaterThan(rising[place - 1]?.db ?? AMBIENCE_DB);
    }
    expect(title.db).toBeLessThan(SOUND_CLASSES.harm.db);
  });

  test("[LOUD-8] the order of meaning survives the mixer's limiter", async () => {
    const { page } = await stage.open();
    await page.evaluate(await bundle());
    const names = ["kill", "hitConfirm", "hit", "rail", "railFar", "explode", "click"] as const;
    const heard: number[] = [];
    for (const name of names)
      heard.push(await page.evaluate((sound) => window.music.measureMixed(sound), name));
    console.log("mixed, dB:", names.map((name, place) => `${name} ${heard[place]?.toFixed(1)}`).join(", "));
    for (const [place, db] of heard.entries()) {
      expect(db, names[place]).toBeLessThan((heard[place - 1] ?? 0) - 0.5);
    }
  });

  test("[SOUND-25] a fight plays music and the place's ambience without an error, and muting stops both", async () => {
    const player = await stage.open({ prepare: (context) => context.addInitScript(countSources) });
    const { page } = player;
    await play(player, "Ann");
    const hasStarted = (page: Page, oscillators: number, loops: number) =>
      page.waitForFunction(
        ([more, loop]) => window.started.oscillators > more && window.started.loops >= loop,
        [oscillators, loops] as const,
      );
    const before = await page.evaluate(() => window.started.oscillators);
    await hasStarted(page, before, 1);
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Sound" }).click();
    const sliders = page.getByRole("dialog").getByRole("slider");
    expect(await sliders.count()).toBe(5);
    await takePicture(page, "settings-sound");
    await page.getByRole("switch", { name: "Mute everything" }).click();
    const { loops } = await page.evaluate(() => window.started);
    await page.getByRole("switch", { name: "Mute everything" }).click();
    await hasStarted(page, await page.evaluate(() => window.started.oscillators), loops + 1);
    expect(player.errors).toEqual([]);
  });
});
