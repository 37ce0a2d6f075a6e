/** Could a phone draw a full view often enough? Its stand-in is this machine at a quarter of its speed. */
import { median, percentile } from "#shared/figures/stats.ts";
import { countFrames, readFrames } from "./allocation.ts";
import { calibrate, slowdownOf } from "./calibration.ts";
import { CROWD, countInView, isCrowded, settle, withCrowd } from "./crowdedPage.ts";
import { type Probe, wait } from "./lab.ts";
import { MAIN_THREAD, scriptMsOfFrames } from "./scriptTime.ts";

const SLOWER = 4;
const FRAMES_PER_SEC = 30;
const FRAME_MAX_MS = 1000 / FRAMES_PER_SEC;
/** The page steps its quality down after each 60 late frames, twice. */
const QUALITY_CHOSEN_MS = 6000;

/**
 * Judged by the main thread's time for a frame. The frames themselves, which are reported, are fewer than a phone's: without
 * a GPU Chromium draws on the processor, and the page waits for it.
 */
export const pagePhone: Probe = {
  claim: `a frame at a ${SLOWER}th of the processor, at the quality that the page chooses, with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `JavaScript, layout and painting take at most ${FRAME_MAX_MS.toFixed(0)} ms at the median (${FRAMES_PER_SEC} frames a second; longer on a machine slower than the reference)`,
  run: (lab) =>
    withCrowd(lab, async (page, browser) => {
      await settle();
      const calibrationMs = await calibrate(page);
      const devTools = await page.context().newCDPSession(page);
      await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      await page.evaluate(countFrames);
      await wait(QUALITY_CHOSEN_MS);
      const counter = countInView(page);
      const before = await page.evaluate(readFrames);
      const busy = await scriptMsOfFrames(browser, page, 10_000, MAIN_THREAD);
      const after = await page.evaluate(readFrames);
      const seen = await counter.stop();
      const perSec = ((after.frames - before.frames) * 1000) / (after.atMs - before.atMs);
      const slowdown = slowdownOf(calibrationMs);
      return {
        measured:
          `median ${median(busy).toFixed(1)} ms, 95th percentile ${percentile(busy, 0.95).toFixed(1)} ms; ` +
          `${perSec.toFixed(1)} frames a second without a GPU, calibration ${calibrationMs.toFixed(2)} ms`,
        holds: isCrowded(seen),
        isInTime: median(busy) <= FRAME_MAX_MS * slowdown,
      };
    }),
};
