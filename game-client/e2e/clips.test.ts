/** Clips in a real page: a video that is rendered, saved and decoded again, and a link that is made in a fight. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { replayAddress } from "#shared/replay/link.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { waitFrames } from "./devices.ts";
import { SMALL_VIEWPORT, takePicture } from "./harness.ts";
import { hosting, hostRoom } from "./hosted.ts";
import { recordMatch } from "./recordedMatch.ts";
import { type PageOptions, setStage } from "./stage.ts";

const DATA_DIR = temporaryFolder("data");
const stage = setStage({ DATA_DIR });
const WIDE = { width: 1280, height: 720 } as const;
/** The bundle that makes `Mediabunny` a global. */
const MEDIABUNNY = createRequire(import.meta.url)
  .resolve("mediabunny")
  .replace(/mediabunny[^/]*$/, "mediabunny.min.cjs");

let info: ReplayInfo;
beforeAll(async () => {
  info = await recordMatch(stage.url, DATA_DIR);
}, 120_000);

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const panel = (page: Page) => page.getByRole("region", { name: "Clip" });
const slider = (page: Page, name: "Start" | "End") => panel(page).getByRole("slider", { name });
const momentAt = (page: Page, name: "Start" | "End") => slider(page, name).inputValue().then(Number);

/** A player with some kills: somebody whom the picture can follow. */
const somebody = () => {
  const killers = info.marks.flatMap((mark) => (mark.is === "kill" ? [mark.by] : []));
  const person = info.people.find(({ seat }) => killers.includes(seat));
  if (!person) throw new Error("nobody has destroyed anybody");
  return person;
};

/** Opens the replay a little after its beginning, and pauses it. */
async function openReplay(how: PageOptions = {}) {
  const { seat, name } = somebody();
  const url = stage.url + replayAddress({ id: info.head.match, atMs: 2_000, follow: name });
  const player = await stage.open({
    url,
    viewport: SMALL_VIEWPORT,
    isSharp: true,
    ...how,
    device: { bypassCSP: true, acceptDownloads: true },
  });
  const { page } = player;
  await page.waitForFunction(() => window.fracas && window.fracas.drones().length > 0);
  await page.getByRole("button", { name: "Pause" }).click();
  return { ...player, seat };
}

/** Chooses the next two seconds. */
async function chooseTwoSeconds(page: Page): Promise<void> {
  await press(page, "Clip");
  await press(page, "Start here");
  const from = await momentAt(page, "Start");
  await slider(page, "End").fill(String(from + 2_000));
  expect(await momentAt(page, "End")).toBe(from + 2_000);
}

async function save(page: Page): Promise<{ bytes: Buffer; name: string }> {
  await panel(page).getByRole("button", { name: "Save" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Save")]);
  const path = join(DATA_DIR, download.suggestedFilename());
  await download.saveAs(path);
  return { bytes: await readFile(path), name: download.suggestedFilename() };
}

/** A video, decoded. */
interface Sampled {
  readonly width: number;
  readonly height: number;
  readonly durationSec: number;
  readonly times: readonly number[];
  /** Mean lightness of each frame, 0 to 255. */
  readonly light: readonly number[];
  /** The first frames as PNGs. */
  readonly first: readonly string[];
}

/** Decodes a video in the page, by the browser's own decoder. */
async function decode(page: Page, bytes: Buffer): Promise<Sampled> {
  await page.addScriptTag({ path: MEDIABUNNY });
  return page.evaluate(async (base64) => {
    // biome-ignore lint/suspicious/noExplicitAny: the bundle's global
    const { ALL_FORMATS, BlobSource, Input, VideoSampleSink } = (globalThis as any).Mediabunny;
    const blob = await (await fetch(`data:video/any;base64,${base64}`)).blob();
    const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
    const track = await input.getPrimaryVideoTrack();
    const [times, light]: [number[], number[]] = [[], []];
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    const first: string[] = [];
    for await (const sample of new VideoSampleSink(track).samples()) {
      canvas.width = sample.displayWidth;
      canvas.height = sample.displayHeight;
      sample.draw(context, 0, 0);
      times.push(sample.timestamp);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (let at = 0; at < data.length; at += 400)
        sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
      light.push(sum / 3 / (data.length / 400));
      if (first.length < 4) first.push(canvas.toDataURL("image/png"));
      sample.close();
    }
    const durationSec = await input.computeDuration();
    return { width: canvas.width, height: canvas.height, durationSec, times, light, first };
  }, bytes.toString("base64"));
}

/**
 * How well what a picture shows at a place is found in another one, at the place and elsewhere: mean distances of colours,
 * 0 to 255. Both are of the page's size.
 */
const findIn = (page: Page, picture: string, frame: string, place: { x: number; y: number }) =>
  page.evaluate(
    async ([a, b, at]) => {
      const [HALF_PX, REACH_PX, GRID_PX, AWAY_PX] = [8, 6, 10, 25];
      const open = async (url: string) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext("2d");
        if (!context) throw new Error("no canvas");
        context.drawImage(bitmap, 0, 0);
        const cut = (x: number, y: number) =>
          context.getImageData(Math.round(x) - HALF_PX, Math.round(y) - HALF_PX, 2 * HALF_PX, 2 * HALF_PX)
            .data;
        return { width, height, cut };
      };
      const { cut } = await open(a);
      const other = await open(b);
      const wanted = cut(at.x, at.y);
      const distance = (x: number, y: number) => {
        const found = other.cut(x, y);
        return (
          wanted.reduce((sum, value, index) => sum + Math.abs(value - (found[index] ?? 0)), 0) / wanted.length
        );
      };
      let [there, elsewhere] = [255, 255];
      for (let dx = -REACH_PX; dx <= REACH_PX; dx++)
        for (let dy = -REACH_PX; dy <= REACH_PX; dy++)
          there = Math.min(there, distance(at.x + dx, at.y + dy));
      for (let x = 2 * GRID_PX; x < other.width - GRID_PX; x += GRID_PX)
        for (let y = 2 * GRID_PX; y < other.height - 4 * GRID_PX; y += GRID_PX)
          if (Math.hypot(x - at.x, y - at.y) > AWAY_PX) elsewhere = Math.min(elsewhere, distance(x, y));
      return { there, elsewhere };
    },
    [picture, frame, place] as const,
  );

describe("a video of a clip", () => {
  test("[E2E-CLIP-1] has the size, the length and the frames that it should, and shows the drones where the replay has them; the page is as before", async () => {
    const { page, errors, seat } = await openReplay();
    await press(page, "Clip");
    await press(page, "Start here");
    // A jump shows the moment itself; a picture that plays is some patches behind.
    const from = (await momentAt(page, "Start")) + 100;
    await slider(page, "Start").fill(String(from));
    await slider(page, "End").fill(String(from + 2_000));
    await slider(page, "Start").fill(String(from + 100));
    await slider(page, "Start").fill(String(from));
    await waitFrames(page);
    const box = await page.locator("canvas").first().boundingBox();
    const before = await page.evaluate(() => ({
      drones: (window.fracas?.drones() ?? []).map(({ id, hp, x, y }) => ({
        id,
        hp,
        place: window.fracas?.onScreen(x, y) ?? { x: 0, y: 0 },
      })),
    }));
    await press(page, "Clip");
    const picture = `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
    await press(page, "Clip");
    await press(page, "Make a video");
    const { bytes, name } = await save(page);
    expect(name).toMatch(/^fracas-anvil-\d{4}-\d\d-\d\d\.(mp4|webm)$/);

    const { width, height, durationSec, times, light, first } = await decode(page, bytes);
    expect({ width, height }).toEqual(SMALL_VIEWPORT);
    expect(times).toHaveLength(60);
    expect(durationSec).toBeCloseTo(2, 1);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo(index / 30, 2);
    expect(Math.min(...light)).toBeGreaterThan(10);

    // The followed one may just be destroyed: then any that lives, and that nothing of the page covers.
    const isSeen = ({ hp, place: { x, y } }: (typeof before.drones)[number]) =>
      hp > 0 && x > 40 && x < 440 && y > 80 && y < 250;
    const own = before.drones
      .filter(isSeen)
      .sort((a, b) => Number(b.id === seat) - Number(a.id === seat))[0]?.place;
    if (!own) throw new Error("no drone is in sight");
    // Interpolation draws a moment some patches later: one of the first frames is the picture of the jump.
    const found = await Promise.all(first.map((frame) => findIn(page, picture, frame, own)));
    const best = Math.min(...found.map(({ there }) => there));
    expect(best, JSON.stringify(found)).toBeLessThan(Math.min(...found.map(({ elsewhere }) => elsewhere)));

    // A slow machine may draw it more coarsely by now.
    expect(await page.locator("canvas").first().boundingBox()).toEqual(box);
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    expect(errors).toEqual([]);
  });

  test("[E2E-CLIP-2] can be stopped half-way: the panel, the picture and the moment are what they were", async () => {
    const { page, errors } = await openReplay();
    await chooseTwoSeconds(page);
    const timeline = page.getByRole("slider", { name: "Timeline" });
    const moment = await page.evaluate(() => window.fracas?.drones());
    await press(page, "Make a video");
    await press(page, "Cancel");
    await panel(page).getByRole("button", { name: "Make a video" }).waitFor();
    await expect.poll(() => page.evaluate(() => window.fracas?.drones())).toEqual(moment);
    expect(await timeline.count()).toBe(1);
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    expect(errors).toEqual([]);
  });

  test("[E2E-CLIP-3] is recorded in real time by a browser that encodes no frames", async () => {
    const { page } = await openReplay({
      prepare: (context) =>
        context.addInitScript(() => {
          Reflect.deleteProperty(window, "VideoEncoder");
        }),
    });
    await chooseTwoSeconds(page);
    await press(page, "Make a video");
    const { bytes } = await save(page);
    const { times, light } = await decode(page, bytes);
    expect(times.length).toBeGreaterThan(10);
    expect(Math.max(...light)).toBeGreaterThan(10);
  });
});

describe("a clip of a fight", () => {
  test("[E2E-CLIP-4] a key copies a link that waits for the end of the match, and then plays its part again and again; the results offer it and the best moment", async () => {
    const ann = await stage.open({
      viewport: WIDE,
      prepare: async (context) => {
        await hosting({ map: "anvil", bots: 5, botSkill: "hard", players: 8, scoreLimit: 100 })(context);
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      },
    });
    await hostRoom(ann, "Ann");
    const { page } = ann;
    await page.keyboard.press("KeyG");
    await page.getByText("Nothing to clip").waitFor();
    await press(page, "Start the match");
    await page.waitForFunction(() => window.fracas?.match().phase === "live");
    await page.waitForFunction(() => (window.fracas?.drones() ?? []).some(({ score }) => score > 1));
    await page.keyboard.press("KeyG");
    await page.getByText("Clip made.").waitFor();
    await takePicture(page, "clip-made-1280");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/\/replay\/[\da-f-]{36}\?from=[\d.]+&to=[\d.]+&follow=Ann$/);

    const eve = await stage.open({ url: link, viewport: WIDE });
    await eve.page.getByText("This match is still going on.").waitFor();
    await takePicture(eve.page, "clip-goes-on-1280");
    await press(page, "Room");
    await page.getByRole("tab", { name: "Match" }).click();
    // The second press confirms.
    for (let presses = 0; presses < 2; presses++) await press(page, "End");
    await page.keyboard.press("Escape");
    await page.getByText("Best moment").waitFor();
    await page.getByText(/Clip at \d:\d\d/).waitFor();
    await takePicture(page, "clip-results-1280");
    await page.setViewportSize({ width: 844, height: 390 });
    await takePicture(page, "clip-results-844");
    await eve.page.waitForFunction(() => window.fracas && window.fracas.drones().length > 0);
    // The part begins again: the playhead goes back.
    const timeline = () =>
      eve.page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuenow").then(Number);
    let highest = 0;
    await expect
      .poll(
        async () => {
          const now = await timeline();
          const wentBack = now < highest - 1;
          highest = Math.max(highest, now);
          return wentBack;
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBe(true);
    const { searchParams } = new URL(link);
    expect(highest).toBeLessThanOrEqual(Math.ceil(Number(searchParams.get("to"))));
    expect(eve.errors.filter((text) => !/425|404/.test(text))).toEqual([]);
    expect(ann.errors.filter((text) => !/425|404/.test(text))).toEqual([]);
  });
});
