/** What a frame asks of the GPU: calls of WebGL, counted in the page. They are the same on every machine. */
import type { Page } from "playwright-core";
import { median, percentile } from "#loadtest/lib/stats.ts";
import { CROWD, countInView, type InView, isCrowded, withCrowd } from "./crowdedPage.ts";
import type { Probe } from "./lab.ts";

const DRAWS_MAX = 20;
/** The vertices of all that is drawn. */
const BUFFERED_MAX_KB = 250;
/** A drone brings its name into view: Phaser uploads an empty texture first. */
const UPLOADS_PER_NEWCOMER = 2;
/** Of all others. */
const UPLOADS_MAX_PER_FRAME = 0.2;
/** The parts of the arena outside the view are painted one by one when a fight begins: this many frames without one end it. */
const QUIET_FRAMES = 60;
const PAINTED_WITHIN_MS = 120_000;
/** Counted in frames: in a fixed time, a slow machine would have few to judge the mean by. */
const MEASURED_FRAMES = { quick: 80, thorough: 400 };

interface FrameCalls {
  draws: number;
  uploads: number;
  /** Parts of the arena, and new names. */
  parts: number;
  /** Drones that the frame before did not show. */
  newcomers: number;
  /** Changes with the quality. */
  canvasWidth: number;
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
        let [seen, frames] = await countFrames(page, isThorough);
        // A page with late frames steps its quality down or up, three times at most, and draws all names anew.
        while (hasStepped(frames)) [seen, frames] = await countFrames(page, isThorough);
        const draws = percentile(
          frames.map((frame) => frame.draws),
          0.95,
        );
        const uploads = frames.map((frame) => frame.uploads);
        const newcomers = sumOf(frames.map((frame) => frame.newcomers));
        const meanUploads = Math.max(0, sumOf(uploads) - UPLOADS_PER_NEWCOMER * newcomers) / frames.length;
        const bufferedKb = median(frames.map(({ bufferedBytes }) => bufferedBytes)) / 1000;
        return {
          measured: `${draws} draw calls, ${bufferedKb.toFixed(0)} kB of vertices, ${meanUploads.toFixed(2)} textures in ${frames.length} frames`,
          holds:
            isCrowded(seen) &&
            frames.length > 0 &&
            draws <= DRAWS_MAX &&
            bufferedKb <= BUFFERED_MAX_KB &&
            median(uploads) === 0 &&
            meanUploads <= UPLOADS_MAX_PER_FRAME,
        };
      },
      (context) => context.addInitScript(countCalls),
    ),
};

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

type Counted = Window & { glFrames?: FrameCalls[] };

/** What is in view in the next frames, and their calls. */
async function countFrames(page: Page, isThorough: boolean): Promise<[InView, FrameCalls[]]> {
  await page.evaluate(() => (window as Counted).glFrames?.splice(0));
  const counter = countInView(page);
  await framesCounted(page, MEASURED_FRAMES[isThorough ? "thorough" : "quick"]);
  const frames = await page.evaluate(() => (window as Counted).glFrames ?? []);
  return [await counter.stop(), frames];
}

const hasStepped = (frames: readonly FrameCalls[]) =>
  frames.some(({ canvasWidth }) => canvasWidth !== frames[0]?.canvasWidth);

const framesCounted = (page: Page, count: number) =>
  page.waitForFunction((least) => ((window as Counted).glFrames?.length ?? 0) >= least, count, {
    timeout: PAINTED_WITHIN_MS,
  });

const arenaPainted = (page: Page) =>
  page.waitForFunction(
    (quiet) => {
      const last = (window as Counted).glFrames?.slice(-quiet) ?? [];
      return last.length === quiet && last.every(({ parts }) => parts === 0);
    },
    QUIET_FRAMES,
    { timeout: PAINTED_WITHIN_MS },
  );

/** Runs in the page before its scripts: counts the calls of each frame. */
function countCalls(): void {
  const frames: FrameCalls[] = [];
  (window as Counted).glFrames = frames;
  const none = () => ({ draws: 0, uploads: 0, parts: 0, newcomers: 0, canvasWidth: 0, bufferedBytes: 0 });
  let frame: FrameCalls = none();
  let shown = new Set<string>();
  const close = () => {
    const earlier = shown;
    shown = new Set(window.fracas?.drones().map(({ id }) => id));
    frame.newcomers = [...shown].filter((id) => !earlier.has(id)).length;
    frame.canvasWidth = document.querySelector("canvas")?.width ?? 0;
    frames.push(frame);
    frame = none();
    requestAnimationFrame(close);
  };
  requestAnimationFrame(close);
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
  before("generateMipmap", () => frame.parts++);
}
