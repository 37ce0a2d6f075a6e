/** What a frame asks of the GPU: calls of WebGL, counted in the page. They are the same on every machine. */
import type { Page } from "playwright-core";
import { mean, median, percentile } from "#shared/figures/stats.ts";
import { CROWD, countInView, type InView, isCrowded, withCrowd } from "./crowdedPage.ts";
import type { Probe } from "./lab.ts";

const DRAWS_MAX = 20;
/** The vertices of all that is drawn. */
const BUFFERED_MAX_KB = 250;
/** A drone that comes into view brings the texture of its name, before which Phaser uploads an empty one. */
const UPLOADS_PER_NEWCOMER = 2;
/** Bounds all other textures: a steady picture needs none. */
const UPLOADS_MAX_PER_FRAME = 0.2;
/** The parts of the arena outside the view are painted one by one when a fight begins: this many frames without one end it. */
const QUIET_FRAMES = 60;
/** The probe counts frames, because a slow machine has few of them in a fixed time. */
const FRAMES = { quick: 80, thorough: 400 } as const;
const FRAMES_WITHIN_MS = 120_000;

interface FrameCalls {
  draws: number;
  uploads: number;
  /** One for each part of the arena, and for each new name. */
  mipmaps: number;
  /** Drones that the frame before did not show. */
  newcomers: number;
  bufferedBytes: number;
}

export const pageDrawing: Probe = {
  claim: `draw calls and uploads per frame with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `at most ${DRAWS_MAX} draw calls (95th percentile), ${BUFFERED_MAX_KB} kB of vertices and ${UPLOADS_MAX_PER_FRAME} textures (mean, besides the names that come into view), none at the median`,
  run: (lab, isThorough) =>
    withCrowd(
      lab,
      async (page) => {
        await arenaPainted(page);
        const { seen, frames } = await countCalls(page, FRAMES[isThorough ? "thorough" : "quick"]);
        const draws = percentile(
          frames.map((frame) => frame.draws),
          0.95,
        );
        const uploads = frames.map((frame) => frame.uploads);
        const meanUploads = mean(
          frames.map((frame) => Math.max(0, frame.uploads - UPLOADS_PER_NEWCOMER * frame.newcomers)),
        );
        const bufferedKb = median(frames.map(({ bufferedBytes }) => bufferedBytes)) / 1000;
        return {
          measured: `${draws} draw calls, ${bufferedKb.toFixed(0)} kB of vertices, ${meanUploads.toFixed(2)} textures (median ${median(uploads)}) in ${frames.length} frames; in view ${seen.drones} drones, ${seen.shots} shots`,
          holds:
            isCrowded(seen) &&
            frames.length > 0 &&
            draws <= DRAWS_MAX &&
            bufferedKb <= BUFFERED_MAX_KB &&
            median(uploads) === 0 &&
            meanUploads <= UPLOADS_MAX_PER_FRAME,
        };
      },
      (context) => context.addInitScript(noteCalls),
    ),
};

type Counted = Window & { glFrames?: FrameCalls[] };

/** Counts the calls of at least the next `least` frames, and what is in view meanwhile. */
async function countCalls(page: Page, least: number): Promise<{ seen: InView; frames: FrameCalls[] }> {
  await page.evaluate(() => (window as Counted).glFrames?.splice(0));
  const counter = countInView(page);
  await page.waitForFunction((count) => ((window as Counted).glFrames?.length ?? 0) >= count, least, {
    timeout: FRAMES_WITHIN_MS,
  });
  const frames = await page.evaluate(() => (window as Counted).glFrames ?? []);
  return { seen: await counter.stop(), frames };
}

const arenaPainted = (page: Page) =>
  page.waitForFunction(
    (quiet) => {
      const last = (window as Counted).glFrames?.slice(-quiet) ?? [];
      return last.length === quiet && last.every(({ mipmaps }) => mipmaps === 0);
    },
    QUIET_FRAMES,
    { timeout: FRAMES_WITHIN_MS },
  );

/** Runs in the page before its scripts, and so before the game's own callback in each frame: notes the frame's calls. */
function noteCalls(): void {
  const frames: FrameCalls[] = [];
  (window as Counted).glFrames = frames;
  let shown = new Set<string>();
  const open = (): FrameCalls => {
    const earlier = shown;
    shown = new Set(window.fracas?.drones().map(({ id }) => id));
    const newcomers = [...shown].filter((id) => !earlier.has(id)).length;
    return { draws: 0, uploads: 0, mipmaps: 0, newcomers, bufferedBytes: 0 };
  };
  let frame = open();
  const next = () => {
    frames.push(frame);
    frame = open();
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  const gl = WebGLRenderingContext.prototype;
  const before = (name: keyof WebGLRenderingContext, note: (args: unknown[]) => void) => {
    const real = gl[name] as (...args: unknown[]) => unknown;
    Object.assign(gl, {
      [name](...args: unknown[]) {
        note(args);
        return real.apply(this, args);
      },
    });
  };
  for (const name of ["drawElements", "drawArrays"] as const) before(name, () => frame.draws++);
  for (const name of ["texImage2D", "texSubImage2D"] as const) before(name, () => frame.uploads++);
  for (const name of ["bufferData", "bufferSubData"] as const) {
    before(name, (args) => {
      frame.bufferedBytes += args.reduce<number>(
        (sum, arg) => sum + (ArrayBuffer.isView(arg) ? arg.byteLength : 0),
        0,
      );
    });
  }
  // Only textures whose sides are powers of two have mipmaps: the parts of the arena, and the empty one of a new name.
  before("generateMipmap", () => frame.mipmaps++);
}
