/** What a frame asks of the GPU: calls of WebGL, counted in the page. They are the same on every machine. */
import type { Page } from "playwright-core";
import { median, percentile } from "#loadtest/lib/stats.ts";
import { CROWD, countInView, isCrowded, withCrowd } from "./crowdedPage.ts";
import { type Probe, wait } from "./lab.ts";

const DRAWS_MAX = 20;
/** The vertices of all that is drawn. */
const BUFFERED_MAX_KB = 250;
/** A drone that comes into view brings the texture of its name; a steady picture needs none. */
const UPLOADS_MAX_PER_FRAME = 0.2;
/** The parts of the arena outside the view are painted one by one when a fight begins. */
const PAINTED_WITHIN_MS = 60_000;

interface FrameCalls {
  draws: number;
  uploads: number;
  bufferedBytes: number;
}

export const pageDrawing: Probe = {
  claim: `draw calls and uploads per frame with ${CROWD.drones} drones and ${CROWD.shots} projectiles in view`,
  bound: `at most ${DRAWS_MAX} draw calls (95th percentile), ${BUFFERED_MAX_KB} kB of vertices and ${UPLOADS_MAX_PER_FRAME} textures (mean), none at the median`,
  run: (lab, isThorough) =>
    withCrowd(
      lab,
      async (page) => {
        await arenaPainted(page);
        await page.evaluate(() => (window as Counted).glFrames?.splice(0));
        const counter = countInView(page);
        await wait(isThorough ? 8000 : 1500);
        const seen = await counter.stop();
        const frames = await page.evaluate(() => (window as Counted).glFrames ?? []);
        const draws = percentile(
          frames.map((frame) => frame.draws),
          0.95,
        );
        const uploads = frames.map((frame) => frame.uploads);
        const meanUploads = uploads.reduce((sum, count) => sum + count, 0) / frames.length;
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

type Counted = Window & { glFrames?: FrameCalls[] };

/** Resolves after a second without an upload as large as a part of the arena. */
const arenaPainted = (page: Page) =>
  page.waitForFunction(
    () => performance.now() - ((window as { lastMipmapAtMs?: number }).lastMipmapAtMs ?? 0) > 1000,
    undefined,
    { timeout: PAINTED_WITHIN_MS },
  );

/** Runs in the page before its scripts: counts the calls of each frame. */
function countCalls(): void {
  const page = window as Counted & { lastMipmapAtMs?: number };
  const frames: FrameCalls[] = [];
  page.glFrames = frames;
  let frame: FrameCalls = { draws: 0, uploads: 0, bufferedBytes: 0 };
  const close = () => {
    frames.push(frame);
    frame = { draws: 0, uploads: 0, bufferedBytes: 0 };
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
  // Only textures whose sides are powers of two have mipmaps: the parts of the arena, but no names.
  before("generateMipmap", () => {
    page.lastMipmapAtMs = performance.now();
  });
}
