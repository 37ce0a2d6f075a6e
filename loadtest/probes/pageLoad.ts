/** How soon does a player steer who opens the page for the first time? Judged on a line of 10 Mbit/s with an empty cache. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openPage } from "#client/e2e/harness.ts";
import { median } from "#shared/figures/stats.ts";
import { calibrate, slowdownOf } from "./calibration.ts";
import type { Lab, Probe } from "./lab.ts";

const LINE = { rttMs: 40, bytesPerSec: 10_000_000 / 8 } as const;
const LINE_TEXT = `${(LINE.bytesPerSec * 8) / 1e6} Mbit/s with a round trip of ${LINE.rttMs} ms`;
const STEERING_MAX_MS = 2000;
/** The page's files until the player steers, as they are sent: compressed. */
const BYTES_MAX = 550_000;
const WINDOW = { width: 640, height: 360 } as const;

/** What a loading page notes. Times are in ms since the navigation began. */
interface Loading {
  playAtMs: number;
  steeringAtMs: number;
}

interface LoadedFile {
  readonly name: string;
  /** As sent, with headers. */
  readonly bytes: number;
  readonly untilMs: number;
}

export const pageLoad: Probe = {
  claim: `opening the page with an empty cache on ${LINE_TEXT}, and pressing Play at once`,
  bound: `steers within ${STEERING_MAX_MS / 1000} s (later on a machine slower than the reference), with at most ${BYTES_MAX / 1000} kB`,
  async run(lab, isThorough) {
    await lab.seatAllBut(1);
    const browser = await lab.browser();
    const first = await loadOnce(lab, browser);
    const loads = [first];
    while (loads.length < (isThorough ? 5 : 1)) loads.push(await loadOnce(lab, browser));
    if (isThorough) printFiles(first.files);
    const playMs = median(loads.map(({ playAtMs }) => playAtMs));
    const steeringMs = median(loads.map(({ steeringAtMs }) => steeringAtMs));
    const calibrationMs = median(loads.map((load) => load.calibrationMs));
    const slowdown = slowdownOf(calibrationMs);
    const kbBefore = kbOf(first.files.filter(({ untilMs }) => untilMs <= first.playAtMs));
    const kb = kbOf(first.files);
    return {
      measured:
        `Play after ${playMs.toFixed(0)} ms and ${kbBefore.toFixed(0)} kB, steers after ${steeringMs.toFixed(0)} ms ` +
        `and ${kb.toFixed(0)} kB; calibration ${calibrationMs.toFixed(2)} ms`,
      holds: kb <= BYTES_MAX / 1000,
      isInTime: steeringMs <= STEERING_MAX_MS * slowdown,
    };
  },
};

const kbOf = (files: readonly LoadedFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;

function printFiles(files: readonly LoadedFile[]): void {
  for (const { name, bytes, untilMs } of files) {
    console.log(`${untilMs.toFixed(0).padStart(7)} ms ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${name}`);
  }
}

interface Measured extends Loading {
  readonly files: readonly LoadedFile[];
  readonly calibrationMs: number;
}

/** In a context of its own, and so with an empty cache. */
async function loadOnce(lab: Lab, browser: Browser): Promise<Measured> {
  const { url } = await lab.network({ rttMs: LINE.rttMs });
  const player = await openPage(browser, "about:blank", WINDOW, {}, (context) =>
    context.addInitScript(playAtOnce),
  );
  const { page } = player;
  try {
    await limitLine(page.context(), page);
    await page.goto(url);
    await page.waitForFunction(
      () => (window as unknown as { loading?: Partial<Loading> }).loading?.steeringAtMs,
    );
    const loading = await page.evaluate(() => (window as unknown as { loading: Loading }).loading);
    const files = await page.evaluate((untilMs) => {
      const entries = [
        ...performance.getEntriesByType("navigation"),
        ...performance.getEntriesByType("resource"),
      ] as PerformanceResourceTiming[];
      return entries
        .filter(({ responseEnd }) => responseEnd <= untilMs)
        .map(({ name, transferSize, responseEnd }) => ({
          name: name.replace(location.origin, ""),
          bytes: transferSize,
          untilMs: responseEnd,
        }));
    }, loading.steeringAtMs);
    return { ...loading, files, calibrationMs: await calibrate(page) };
  } finally {
    await page.context().close();
  }
}

/** Chromium limits all connections of the page together; the network in front of the server adds the round trip. */
async function limitLine(context: BrowserContext, page: Page): Promise<void> {
  const devTools = await context.newCDPSession(page);
  await devTools.send("Network.enable");
  await devTools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: LINE.bytesPerSec,
    uploadThroughput: LINE.bytesPerSec,
  });
}

/** Runs in the page: gives a name and presses Play as soon as there is a button, then holds a key until the own drone moves. */
function playAtOnce(): void {
  const loading: Partial<Loading> = {};
  (window as unknown as { loading: Partial<Loading> }).loading = loading;
  let startX: number | undefined;
  const look = () => {
    const own = window.fracas?.ownDrone();
    if (loading.playAtMs === undefined) pressPlay();
    else if (own && startX === undefined) {
      startX = own.x;
      dispatchEvent(new KeyboardEvent("keydown", { code: "KeyD", key: "d", bubbles: true }));
    } else if (own && own.x !== startX) {
      loading.steeringAtMs = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  const pressPlay = () => {
    const input = document.querySelector<HTMLInputElement>("main input");
    const button = document.querySelector<HTMLButtonElement>("main button[type=submit], main .play");
    if (!input || !button) return;
    loading.playAtMs = performance.now();
    input.value = "Ann";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => button.click());
  };
  requestAnimationFrame(look);
}
