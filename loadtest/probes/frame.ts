/** Can an ordinary laptop draw a full view 60 times a second? Judged by the CPU time of JavaScript per frame. */
import type { Page } from "playwright-core";
import { openPage, play, takePicture } from "#client/e2e/harness.ts";
import { median, percentile } from "#loadtest/lib/stats.ts";
import { CALIBRATION_MS, calibrate } from "./calibration.ts";
import { gatherCrowd } from "./crowd.ts";
import { type Finding, type Probe, wait } from "./lab.ts";
import { scriptMsOfFrames } from "./scriptTime.ts";

const CROWD = { drones: 60, shots: 60 } as const;
/** More than CROWD, because some are out of view or destroyed for a moment. */
const GATHERED = { drones: 64, shots: 84 } as const;
/** The bound on the reference machine (a virtual machine with two cores of an AMD EPYC), on which `calibrate` takes CALIBRATION_MS. */
const MEDIAN_MAX_MS = 5;
/** The size of the window does not change what is in view, and a small one has 60 frames a second without a GPU. */
const WINDOW = { width: 320, height: 180 } as const;

export const frame: Probe = {
  claim: `JavaScript per frame with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `median at most ${MEDIAN_MAX_MS / CALIBRATION_MS} × a calibration (${CALIBRATION_MS} ms on the reference machine)`,
  async run(lab, isThorough) {
    await lab.placeBystanders(3);
    const browser = await lab.browser();
    const player = await openPage(browser, lab.server.url, WINDOW);
    const { page } = player;
    let disperse = () => {};
    try {
      await play(player, "Ann");
      const own = await page.evaluate(() => window.fracas?.ownDrone()?.id ?? "");
      disperse = gatherCrowd(lab.arena, lab.stateOf(own), lab.drone(own), GATHERED);
      await page.waitForFunction((least) => {
        const seen = window.fracas?.inView();
        return seen && seen.drones >= least.drones && seen.shots >= least.shots;
      }, CROWD);
      if (!isThorough) return await countOnly(page);
      // By then V8 has compiled what a frame runs.
      await wait(3000);
      const counter = countInView(page);
      const frames = await scriptMsOfFrames(browser, page, 20_000);
      const { drones, shots } = await counter.stop();
      await takePicture(page, "probe-frame");
      return judge(frames, await calibrate(page), { drones, shots });
    } finally {
      disperse();
      await page.context().close();
    }
  },
};

const isCrowded = ({ drones, shots }: InView) => drones >= CROWD.drones && shots >= CROWD.shots;

interface InView {
  drones: number;
  shots: number;
}

/** The crowd is in view and is drawn: that holds on a machine of any speed. */
async function countOnly(page: Page): Promise<Finding> {
  const counter = countInView(page);
  await wait(1500);
  const seen = await counter.stop();
  return {
    measured: `in view at the median ${seen.drones} drones and ${seen.shots} projectiles`,
    holds: isCrowded(seen),
  };
}

function judge(frames: readonly number[], calibrationMs: number, seen: InView): Finding {
  const ratio = median(frames) / calibrationMs;
  return {
    measured:
      `median ${median(frames).toFixed(2)} ms, 95th percentile ${percentile(frames, 0.95).toFixed(2)} ms of ` +
      `${frames.length} frames, ${ratio.toFixed(2)} × the calibration of ${calibrationMs.toFixed(2)} ms; ` +
      `in view at the median ${seen.drones} drones and ${seen.shots} projectiles`,
    holds: isCrowded(seen),
    isInTime: ratio < MEDIAN_MAX_MS / CALIBRATION_MS,
  };
}

/** Looks twice a second until `stop`, which resolves with the medians. */
function countInView(page: Page): { stop(): Promise<InView> } {
  const looks: InView[] = [];
  const look = async () => {
    const seen = await page.evaluate(() => window.fracas?.inView());
    if (seen) looks.push(seen);
  };
  const timer = setInterval(() => void look().catch(() => {}), 500);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return {
        drones: median(looks.map((seen) => seen.drones)),
        shots: median(looks.map((seen) => seen.shots)),
      };
    },
  };
}
