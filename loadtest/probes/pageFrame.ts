/** Can an ordinary laptop draw a full view 60 times a second? Judged by the JavaScript of a frame, and by its garbage. */
import { median, percentile } from "#shared/figures/stats.ts";
import { allocatedBytes } from "./allocation.ts";
import { CALIBRATION_MS, calibrate } from "./calibration.ts";
import { CROWD, countInView, isCrowded, settle, withCrowd } from "./crowdedPage.ts";
import { type Probe, wait } from "./lab.ts";
import { scriptMsOfFrames } from "./scriptTime.ts";

/** JavaScript of a frame in calibrations. */
const MEDIAN_MAX = 1;

export const pageFrame: Probe = {
  claim: `JavaScript per frame with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `median at most ${MEDIAN_MAX} × a calibration (${CALIBRATION_MS} ms on the reference machine)`,
  run: (lab) =>
    withCrowd(lab, async (page, browser) => {
      await settle();
      const before = await calibrate(page);
      const counter = countInView(page);
      const frames = await scriptMsOfFrames(browser, page, 20_000);
      const seen = await counter.stop();
      const calibrationMs = (before + (await calibrate(page))) / 2;
      const ratio = median(frames) / calibrationMs;
      return {
        measured:
          `median ${median(frames).toFixed(2)} ms, 95th percentile ${percentile(frames, 0.95).toFixed(2)} ms of ` +
          `${frames.length} frames, ${ratio.toFixed(2)} × the calibration of ${calibrationMs.toFixed(2)} ms; ` +
          `in view at the median ${seen.drones} drones and ${seen.shots} projectiles`,
        holds: isCrowded(seen),
        isInTime: ratio <= MEDIAN_MAX,
      };
    }),
};

const ALLOCATED_MAX_KB = 450;
const FRAMES_PER_SEC = 60;

export const pageGarbage: Probe = {
  claim: `what a frame allocates, decoded patches included, with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `at most ${ALLOCATED_MAX_KB} kB (${(ALLOCATED_MAX_KB * FRAMES_PER_SEC) / 1000} MB/s at ${FRAMES_PER_SEC} frames a second)`,
  run: (lab) =>
    withCrowd(lab, async (page) => {
      await settle();
      const { bytes, frames, sec } = await allocatedBytes(page, () => wait(8000));
      const perFrameKb = bytes / frames / 1000;
      return {
        measured: `${perFrameKb.toFixed(0)} kB a frame, ${(bytes / sec / 1e6).toFixed(1)} MB/s at ${(frames / sec).toFixed(0)} frames a second`,
        holds: true,
        isInTime: perFrameKb <= ALLOCATED_MAX_KB,
      };
    }),
};
