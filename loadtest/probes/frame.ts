/** Whether an ordinary laptop can draw a full view 60 times a second: by what JavaScript takes of a frame. */
import type { Page } from "playwright-core";
import { launchChromium } from "#client/e2e/chromium.ts";
import { openPage, play, takePicture } from "#client/e2e/harness.ts";
import { gatherCrowd } from "./crowd.ts";
import { type Probe, wait } from "./lab.ts";
import { scriptMsOfFrames } from "./scriptTime.ts";

const CROWD = { drones: 60, shots: 60 } as const;
/** More are there, for some are out of view, or out, for a moment. */
const GATHERED = { drones: 64, shots: 84 } as const;
const MEDIAN_MAX_MS = 5;
/** What of the world is in view does not follow from the window: without a GPU, a small one has 60 frames a second. */
const WINDOW = { width: 320, height: 180 } as const;

export const frame: Probe = {
  claim: `JavaScript a frame with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `under ${MEDIAN_MAX_MS} ms at the median`,
  async run(lab, thorough) {
    await lab.placeBystanders(3);
    const browser = await launchChromium();
    try {
      const player = await openPage(browser, lab.server.url, WINDOW);
      const { page } = player;
      await play(player, "Ann");
      const own = await page.evaluate(() => window.fracas?.ownDrone()?.id ?? "");
      const disperse = gatherCrowd(lab.arena, lab.stateOf(own), lab.drone(own), GATHERED);
      try {
        await page.waitForFunction((least) => {
          const seen = window.fracas?.inView();
          return seen && seen.drones >= least.drones && seen.shots >= least.shots;
        }, CROWD);
        // What is compiled as it is first used is not what a frame takes.
        await wait(3000);
        const looks = countInView(page);
        const frames = await scriptMsOfFrames(browser, page, thorough ? 20_000 : 5000);
        const { drones, shots } = await looks.stop();
        if (thorough) await takePicture(page, "probe-frame");
        const median = shareOf(frames, 0.5);
        return {
          measured:
            `median ${median.toFixed(2)} ms, 95th percentile ${shareOf(frames, 0.95).toFixed(2)} ms of ` +
            `${frames.length} frames; in view at the median ${drones} drones and ${shots} projectiles`,
          holds: median < MEDIAN_MAX_MS && drones >= CROWD.drones && shots >= CROWD.shots,
        };
      } finally {
        disperse();
      }
    } finally {
      await browser.close();
    }
  },
};

/** Looks twice a second, until it is stopped; then tells the medians. */
function countInView(page: Page): { stop(): Promise<{ drones: number; shots: number }> } {
  const looks: { drones: number; shots: number }[] = [];
  const look = async () => {
    const seen = await page.evaluate(() => window.fracas?.inView());
    if (seen) looks.push(seen);
  };
  const timer = setInterval(() => void look().catch(() => {}), 500);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      const middle = (what: "drones" | "shots") =>
        shareOf(
          looks.map((seen) => seen[what]),
          0.5,
        );
      return { drones: middle("drones"), shots: middle("shots") };
    },
  };
}

/** The value that this share of all does not exceed. */
function shareOf(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}
