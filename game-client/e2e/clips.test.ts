/** Clips in a real page: a video that is rendered, saved and decoded again, and a link that is made in a fight. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { clock } from "#shared/figures/clock.ts";
import { replayAddress } from "#shared/replay/link.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { waitFrames } from "./devices.ts";
import { playUpright, SMALL_VIEWPORT, takePicture } from "./harness.ts";
import { hosting, hostRoom } from "./hosted.ts";
import { recordMatch } from "./recordedMatch.ts";
import { type PageOptions, PHONE, setStage } from "./stage.ts";

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
  const { name } = somebody();
  const url = stage.url + replayAddress({ id: info.head.match, atMs: 2_000, follow: name });
  const player = await stage.open({
    url,
    viewport: SMALL_VIEWPORT,
    isSharp: true,
    ...how,
    device: { acceptDownloads: true },
  });
  const { page } = player;
  await page.waitForFunction(() => window.fracas && window.fracas.drones().length > 0);
  await page.getByRole("button", { name: "Pause" }).click();
  return player;
}

/** A moment as the bar shows it while the replay stands still: "0:04.4". */
const tenthsOf = (ms: number) => `${clock(Math.floor(ms / 1000))}.${Math.floor((ms % 1000) / 100)}`;

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
  // Not by a script element, which the page's policy forbids.
  const source = await readFile(MEDIABUNNY, "utf8");
  await page.evaluate(`(() => { ${source}; globalThis.Mediabunny = Mediabunny; })()`);
  return page.evaluate(async (base64) => {
    const { Mediabunny } = globalThis as unknown as { Mediabunny: typeof import("mediabunny") };
    const { ALL_FORMATS, BufferSource, Input, VideoSampleSink } = Mediabunny;
    const video = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const input = new Input({ source: new BufferSource(video), formats: ALL_FORMATS });
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error("the file has no picture");
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

/** How much of a drone's colour there is, as a mean over a square of its size, 0 to 255. */
interface Found {
  /** At the drone's place in the replay's picture. */
  readonly wanted: number;
  /** At that place in each frame of the video; the most within some pixels. */
  readonly there: readonly number[];
  /** Anywhere in the first frame: the median. */
  readonly usual: number;
}

/** Looks for a drone by its colour: its outline is blurred as coarsely as the page draws. All pictures are of the page's size. */
const findIn = (page: Page, picture: string, frames: readonly string[], place: { x: number; y: number }) =>
  page.evaluate(
    async ([original, video, at]): Promise<Found> => {
      const [HALF_PX, REACH_PX, GRID_PX] = [8, 4, 10];
      type Colour = readonly [number, number, number];
      const open = async (url: string) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const { width, height } = image;
        const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        if (!context) throw new Error("no canvas");
        context.drawImage(image, 0, 0);
        /** The mean colour around a place, less its grey. */
        const colour = (x: number, y: number): Colour => {
          const sum = [0, 0, 0];
          const { data } = context.getImageData(
            Math.round(x) - HALF_PX,
            Math.round(y) - HALF_PX,
            2 * HALF_PX,
            2 * HALF_PX,
          );
          for (let index = 0; index < data.length; index += 4)
            for (let part = 0; part < 3; part++) sum[part] = (sum[part] ?? 0) + (data[index + part] ?? 0);
          const [r = 0, g = 0, b = 0] = sum.map((value) => (4 * value) / data.length);
          const grey = (r + g + b) / 3;
          return [r - grey, g - grey, b - grey];
        };
        return { width, height, colour };
      };
      const own = (await open(original)).colour(at.x, at.y);
      const wanted = Math.hypot(...own);
      /** The share of a colour that is the drone's. */
      const along = ([r, g, b]: Colour) => (r * own[0] + g * own[1] + b * own[2]) / wanted;
      const opened = await Promise.all(video.map(open));
      const there = opened.map(({ colour }) => {
        let most = 0;
        for (let dx = -REACH_PX; dx <= REACH_PX; dx++)
          for (let dy = -REACH_PX; dy <= REACH_PX; dy++)
            most = Math.max(most, along(colour(at.x + dx, at.y + dy)));
        return most;
      });
      const anywhere: number[] = [];
      for (const { width, height, colour } of opened.slice(0, 1))
        for (let x = 2 * GRID_PX; x < width - GRID_PX; x += GRID_PX)
          for (let y = 2 * GRID_PX; y < height - 4 * GRID_PX; y += GRID_PX)
            anywhere.push(along(colour(x, y)));
      anywhere.sort((a, b) => a - b);
      return { wanted, there, usual: anywhere[anywhere.length >> 1] ?? wanted };
    },
    [picture, frames, place] as const,
  );

describe("a video of a clip", () => {
  test("[E2E-CLIP-1] has the size, the length and the frames that it should, and shows the drones where the replay has them; the page is as before", async () => {
    const { page, errors } = await openReplay();
    await press(page, "Clip");
    await press(page, "Start here");
    // A jump shows the moment itself; a picture that plays is some patches behind.
    const from = (await momentAt(page, "Start")) + 100;
    await slider(page, "Start").fill(String(from));
    await slider(page, "End").fill(String(from + 2_000));
    for (const moment of [from + 100, from]) {
      await slider(page, "Start").fill(String(moment));
      await expect.poll(() => page.locator(".replay-time").textContent()).toContain(tenthsOf(moment));
    }
    // Without the interface, the camera has the whole view, as it has for the video.
    await slider(page, "Start").blur();
    await page.keyboard.press("h");
    await panel(page).waitFor({ state: "hidden" });
    await waitFrames(page);
    const box = await page.locator("canvas").first().boundingBox();
    const before = await page.evaluate(() => ({
      drones: (window.fracas?.drones() ?? []).map(({ hp, x, y }) => ({
        hp,
        place: window.fracas?.onScreen(x, y) ?? { x: 0, y: 0 },
      })),
    }));
    const picture = `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
    await page.keyboard.press("h");
    await press(page, "Make a video");
    const preview = panel(page).getByLabel("Preview of the video");
    await preview.waitFor();
    await expect
      .poll(() => preview.evaluate((it: HTMLVideoElement) => it.videoWidth))
      .toBe(SMALL_VIEWPORT.width);
    const { bytes, name } = await save(page);
    expect(name).toMatch(/^fracas-anvil-\d{4}-\d\d-\d\d\.(mp4|webm)$/);

    const { width, height, durationSec, times, light, first } = await decode(page, bytes);
    expect({ width, height }).toEqual(SMALL_VIEWPORT);
    expect(times).toHaveLength(60);
    expect(durationSec).toBeCloseTo(2, 1);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo(index / 30, 2);
    expect(Math.min(...light)).toBeGreaterThan(10);

    // The followed one may just be destroyed: of all that live, the most colourful. The video has a line at its foot.
    const places = before.drones
      .filter(({ hp, place: { x, y } }) => hp > 0 && x > 40 && x < 600 && y > 40 && y < 300)
      .map(({ place }) => place);
    const found = await Promise.all(places.map((place) => findIn(page, picture, first, place)));
    const [best] = found.sort((a, b) => b.wanted - a.wanted);
    if (!best) throw new Error("no drone is in sight");
    // The replay's pose lies between two patches, and so do the first frames.
    expect(Math.max(...best.there), JSON.stringify(found)).toBeGreaterThan(0.6 * best.wanted);
    expect(best.usual, JSON.stringify(found)).toBeLessThan(0.25 * best.wanted);

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

/** Finds the elements that lie over or under the button that makes a clip, and returns their classes. */
const overlapping = (page: Page) =>
  page.evaluate(() => {
    const boxOf = (element: Element) => element.getBoundingClientRect();
    const own = document.querySelector(".hud-last-seconds");
    if (!own) return ["no button"];
    const { left, right, top, bottom } = boxOf(own);
    return [
      ...document.querySelectorAll(".minimap, .scores, .feed, .match-head, .ping, .hud-buttons .button"),
    ]
      .filter((other) => !other.contains(own) && !own.contains(other))
      .filter((other) => {
        const box = boxOf(other);
        return box.left < right && box.right > left && box.top < bottom && box.bottom > top;
      })
      .map(({ className }) => String(className));
  });

describe("a clip of a fight", () => {
  test("[E2E-CLIP-4] a key copies a link that waits for the end of the match, and then plays its part again and again; the results offer it and the best moment", async () => {
    const refused: string[] = [];
    const noteRefused = (context: BrowserContext) =>
      context.on("response", (response) => {
        const status = response.status();
        if (status >= 400) refused.push(`${status} ${response.url()}`);
      });
    const ann = await stage.open({
      viewport: WIDE,
      prepare: async (context) => {
        noteRefused(context);
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

    const eve = await stage.open({
      url: link,
      viewport: WIDE,
      prepare: async (context) => noteRefused(context),
    });
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
    expect(refused).toEqual([]);
    expect([...ann.errors, ...eve.errors]).toEqual([]);
  });

  test("[E2E-CLIP-5] a phone has a button for it, which lies over nothing and is large enough for a thumb", async () => {
    const phone = await stage.open({
      viewport: { width: 844, height: 390 },
      device: PHONE,
      prepare: async (context) => {
        await hosting({ map: "anvil", bots: 2, botSkill: "easy" })(context);
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      },
    });
    await hostRoom(phone, "Ann");
    const { page } = phone;
    const button = page.getByRole("button", { name: "Clip of the last 15 s" });
    // A thumb follows the mouse that has hosted the room.
    await page.touchscreen.tap(420, 250);
    await button.waitFor();
    for (const [name, viewport] of [
      ["upright", { width: 390, height: 844 }],
      ["844", { width: 844, height: 390 }],
    ] as const) {
      await page.setViewportSize(viewport);
      if (name === "upright") await playUpright(page);
      const box = await button.boundingBox();
      expect(box?.width, name).toBeGreaterThanOrEqual(44);
      expect(box?.height, name).toBeGreaterThanOrEqual(44);
      expect(await overlapping(page), name).toEqual([]);
      await takePicture(page, `clip-touch-${name}`);
    }
    await button.tap();
    await page.getByText("Nothing to clip").waitFor();
    await page.getByRole("button", { name: "Start the match" }).tap();
    await page.waitForFunction(() => window.fracas?.match().phase === "live");
    await button.tap();
    await page.getByText("Clip made.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /\/replay\/[\da-f-]{36}\?from=/,
    );
    expect(phone.errors).toEqual([]);
  });
});
