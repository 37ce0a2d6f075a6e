/** Does a phone draw a full view often enough? Its stand-in is this machine at a quarter of its speed. */
import { median } from "#loadtest/lib/stats.ts";
import { countFrames, readFrames } from "./allocation.ts";
import { CALIBRATION_MS, calibrate } from "./calibration.ts";
import { CROWD, countInView, isCrowded, withCrowd } from "./crowdedPage.ts";
import { type Probe, wait } from "./lab.ts";
import { scriptMsOfFrames } from "./scriptTime.ts";

const SLOWER = 4;
const FRAMES_PER_SEC_MIN = 30;
/** The page steps its quality down after each 60 late frames, twice. */
const QUALITY_CHOSEN_MS = 6000;

export const pagePhone: Probe = {
  claim: `frames a second at a ${SLOWER}th of the processor, at the quality that the page chooses, with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `at least ${FRAMES_PER_SEC_MIN} (fewer on a machine slower than the reference)`,
  run: (lab) =>
    withCrowd(lab, async (page, browser) => {
      const devTools = await page.context().newCDPSession(page);
      await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      await page.evaluate(countFrames);
      await wait(QUALITY_CHOSEN_MS);
      const counter = countInView(page);
      const before = await page.evaluate(readFrames);
      const scripts = await scriptMsOfFrames(browser, page, 10_000);
      const after = await page.evaluate(readFrames);
      const seen = await counter.stop();
      const calibrationMs = await calibrate(page);
      const perSec = ((after.frames - before.frames) * 1000) / (after.atMs - before.atMs);
      const slowdown = Math.max(1, calibrationMs / (SLOWER * CALIBRATION_MS));
      return {
        measured: `${perSec.toFixed(1)} frames a second, JavaScript ${median(scripts).toFixed(1)} ms a frame, calibration ${calibrationMs.toFixed(1)} ms`,
        holds: isCrowded(seen),
        isInTime: perSec >= FRAMES_PER_SEC_MIN / slowdown,
      };
    }),
};
