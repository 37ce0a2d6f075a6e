/** What only a real page can show: frames, a click, a refresh, a tab that sleeps. */
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "#client/e2e/chromium.ts";
import { openPage, play, waitForFight } from "#client/e2e/harness.ts";
import { BAD_DAY, type Lab, type Probe, wait } from "./lab.ts";

/** Runs with a page that plays over this network; no error on its console is forgiven. */
async function withPage<Result>(
  lab: Lab,
  conditions: Parameters<Lab["network"]>[0],
  use: (page: Page, browser: Browser) => Promise<Result>,
): Promise<Result> {
  await lab.placeBystanders(3);
  const browser = await launchChromium();
  try {
    const player = await openPage(browser, (await lab.network(conditions)).url);
    await play(player, "Ann");
    const result = await use(player.page, browser);
    if (player.errors.length > 0) throw new Error(`on the page's console: ${player.errors.join("; ")}`);
    return result;
  } finally {
    await browser.close();
  }
}

export const ownShot: Probe = {
  claim: "own shot leaves the barrel at 250 ± 50 ms",
  bound: "within one rendered frame of the click",
  run: (lab, thorough) =>
    withPage(lab, BAD_DAY, async (page) => {
      const clicks = thorough ? 20 : 5;
      await page.mouse.move(500, 100);
      const frames: number[] = [];
      for (let i = 0; i < clicks; i++) {
        await page.waitForFunction(() => window.fracas?.ownShots() === 0 && window.fracas.canFire());
        // Counted in the page: from the press to the first frame whose drawing shows the shot.
        await page.evaluate(() => {
          const seen = window as unknown as { framesToShot?: number };
          delete seen.framesToShot;
          window.addEventListener(
            "pointerdown",
            () => {
              let frame = 0;
              const look = () => {
                frame++;
                if ((window.fracas?.ownShots() ?? 0) > 0) seen.framesToShot = frame;
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            },
            { once: true },
          );
        });
        await page.mouse.down();
        await page.mouse.up();
        const shown = await page.waitForFunction(
          () => (window as unknown as { framesToShot?: number }).framesToShot,
        );
        frames.push((await shown.jsonValue()) ?? Number.POSITIVE_INFINITY);
      }
      const worst = Math.max(...frames);
      return {
        measured: `${worst} frame${worst === 1 ? "" : "s"} at worst, ${clicks} clicks`,
        holds: worst <= 1,
      };
    }),
};

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
      const same = before !== undefined && before.id === after?.id && before.score === after.score;
      return { measured: same ? "the same" : "ANOTHER", holds: same };
    }),
};

/** What a browser does to a tab behind another, and when it comes back: it says so, and frames stop, or go on. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate((isHidden) => {
    const tab = window as unknown as {
      realFrames?: typeof requestAnimationFrame;
      waiting?: FrameRequestCallback[];
    };
    tab.realFrames ??= window.requestAnimationFrame.bind(window);
    const waiting = tab.waiting ?? [];
    tab.waiting = isHidden ? waiting : [];
    window.requestAnimationFrame = isHidden ? (callback) => waiting.push(callback) : tab.realFrames;
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
    if (!isHidden) for (const callback of waiting) window.requestAnimationFrame(callback);
  }, hidden);

export const sleepingTab: Probe = {
  claim: "a tab that was hidden for 5 s, a key held",
  bound: "keeps its seat, stands still, and is in step within 1 s of coming back",
  run: (lab, thorough) =>
    withPage(lab, { rttMs: 40 }, async (page) => {
      const id = (await page.evaluate(() => window.fracas?.ownDrone()?.id)) ?? "";
      const drone = lab.drone(id);
      await page.keyboard.down("KeyD");
      await setHidden(page, true);
      await wait(1000);
      const { x } = drone;
      await wait(4000);
      const driftedPx = Math.abs(drone.x - x);
      await setHidden(page, false);
      const wokeAt = performance.now();
      await page.keyboard.up("KeyD");
      await page.waitForFunction(
        (own) => window.fracas?.ownDrone()?.id === own && window.fracas?.isInStep(),
        id,
      );
      const ms = performance.now() - wokeAt;
      const kept = lab.drone(id) === drone;
      return {
        measured: `in step after ${ms.toFixed(0)} ms, moved ${driftedPx.toFixed(0)} px meanwhile`,
        // A page that is drawn without a GPU, beside a whole suite, takes its time.
        holds: kept && driftedPx < 1 && ms <= (thorough ? 1000 : 5000),
      };
    }),
};
