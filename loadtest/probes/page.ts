/** What only a real page can show: frames, a click, a refresh, a tab in the background. */
import type { Page } from "playwright-core";
import { openPage, play, waitForFight } from "#client/e2e/harness.ts";
import { BAD_DAY, type Lab, type Probe, wait } from "./lab.ts";

/** Plays in a page over this network. Throws if the page logs any error. */
async function withPage<Result>(
  lab: Lab,
  conditions: Parameters<Lab["network"]>[0],
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  await lab.seatAllBut(1);
  const player = await openPage(await lab.browser(), (await lab.network(conditions)).url);
  try {
    await play(player, "Ann");
    const result = await use(player.page);
    if (player.errors.length > 0) throw new Error(`on the page's console: ${player.errors.join("; ")}`);
    return result;
  } finally {
    await player.page.context().close();
  }
}

export const ownShot: Probe = {
  claim: "own shot leaves the barrel at 250 ± 50 ms",
  bound: "within one rendered frame of the click",
  run: (lab, isThorough) =>
    withPage(lab, BAD_DAY, async (page) => {
      const clicks = isThorough ? 20 : 4;
      await page.mouse.move(500, 100);
      const frames: number[] = [];
      for (let i = 0; i < clicks; i++) frames.push(await framesToShot(page));
      const worst = Math.max(...frames);
      return {
        measured: `${worst} frame${worst === 1 ? "" : "s"} at worst, ${clicks} clicks`,
        holds: worst <= 1,
      };
    }),
};

/** Clicks once, and counts in the page the frames from the press to the first one that shows the shot. */
async function framesToShot(page: Page): Promise<number> {
  await page.waitForFunction(() => window.fracas?.ownShots() === 0 && window.fracas.canFire());
  await page.evaluate(() => {
    const seen = window as unknown as { framesToShot?: number };
    delete seen.framesToShot;
    const countFrames = () => {
      let frame = 0;
      const look = () => {
        frame++;
        if ((window.fracas?.ownShots() ?? 0) > 0) seen.framesToShot = frame;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    window.addEventListener("pointerdown", countFrames, { once: true });
  });
  await page.mouse.down();
  await page.mouse.up();
  const shown = await page.waitForFunction(
    () => (window as unknown as { framesToShot?: number }).framesToShot,
  );
  return (await shown.jsonValue()) ?? Number.POSITIVE_INFINITY;
}

export const refresh: Probe = {
  claim: "refresh of the page",
  bound: "same drone, same score",
  run: (lab) =>
    withPage(lab, { rttMs: 40 }, async (page) => {
      const own = () => page.evaluate(() => window.fracas?.ownDrone());
      const before = await own();
      await page.reload();
      await waitForFight(page);
      const after = await own();
      const isSame = before !== undefined && before.id === after?.id && before.score === after.score;
      return { measured: isSame ? "the same" : "ANOTHER", holds: isSame };
    }),
};

/** Does what a browser does to a background tab: sets document.hidden, and suspends or resumes animation frames. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((hidden) => {
    const tab = window as unknown as {
      realFrames?: typeof requestAnimationFrame;
      waiting?: FrameRequestCallback[];
    };
    tab.realFrames ??= window.requestAnimationFrame.bind(window);
    const waiting = tab.waiting ?? [];
    tab.waiting = hidden ? waiting : [];
    window.requestAnimationFrame = hidden ? (callback) => waiting.push(callback) : tab.realFrames;
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
    if (!hidden) for (const callback of waiting) window.requestAnimationFrame(callback);
  }, isHidden);

const IN_STEP_MAX_MS = 1000;

export const sleepingTab: Probe = {
  claim: "a tab that was hidden for 5 s with a key held",
  bound: "keeps its seat, stands still, and is in step within 1 s of its return",
  run: (lab, isThorough) =>
    withPage(lab, { rttMs: 40 }, async (page) => {
      const id = (await page.evaluate(() => window.fracas?.ownDrone()?.id)) ?? "";
      const drone = lab.drone(id);
      await page.keyboard.down("KeyD");
      await setHidden(page, true);
      await wait(1000);
      const { x } = drone;
      await wait(isThorough ? 4000 : 1000);
      const driftedPx = Math.abs(drone.x - x);
      await setHidden(page, false);
      const wokeAtMs = performance.now();
      await page.keyboard.up("KeyD");
      await page.waitForFunction(
        (own) => window.fracas?.ownDrone()?.id === own && window.fracas?.isInStep(),
        id,
      );
      const inStepMs = performance.now() - wokeAtMs;
      return {
        measured: `in step after ${inStepMs.toFixed(0)} ms, moved ${driftedPx.toFixed(0)} px meanwhile`,
        holds: lab.drone(id) === drone && driftedPx < 1,
        isInTime: inStepMs <= IN_STEP_MAX_MS,
      };
    }),
};
