/** Makes a video of a part of a replay: steps replay and picture frame by frame, however long each takes to draw. */
import type { Game } from "#client/game.ts";
import type { ReplaySession } from "#client/replay/replaySession.ts";
import type { ClipRange } from "#client/ui/replay/clipModel.ts";
import { filmSize, paintFrame } from "./filmFrame.ts";
import { openRecorder } from "./recordVideo.ts";
import { FRAMES_PER_SEC, type VideoSink } from "./videoSink.ts";

const STEP_MS = 1000 / FRAMES_PER_SEC;
/** Before the first frame: effects that began earlier, and the camera's glide to the followed player. */
const LEAD_IN_MS = 600;

export interface FilmParts {
  readonly session: ReplaySession;
  readonly game: Pick<Game, "film">;
  readonly range: ClipRange;
  readonly signal: AbortSignal;
  /** Called before each frame. `share`: of the video, 0 to 1. */
  progress(share: number, sink: VideoSink): void;
  /** Called when the tab is hidden, and when it is shown again. */
  hidden(isHidden: boolean): void;
}

/** Afterwards the replay is where it was. Rejects with the signal's reason, or when the browser cannot make a video. */
export async function filmClip(parts: FilmParts): Promise<File> {
  const canvas = Object.assign(document.createElement("canvas"), filmSize());
  const sink = await openSink(canvas);
  try {
    await drawClip(parts, canvas, sink);
  } catch (error) {
    await sink.cancel();
    throw error;
  }
  const video = await sink.finish();
  const { head } = parts.session.info;
  const name = `fracas-${head.map}-${new Date(head.startedAt).toISOString().slice(0, 10)}.${sink.extension}`;
  return new File([video], name, { type: video.type });
}

async function openSink(canvas: HTMLCanvasElement): Promise<VideoSink> {
  const { openEncoder } = await import("./encodeVideo.ts");
  // A canvas streams only once it has a context.
  canvas.getContext("2d");
  return (await openEncoder(canvas)) ?? openRecorder(canvas);
}

async function drawClip(parts: FilmParts, canvas: HTMLCanvasElement, sink: VideoSink): Promise<void> {
  const { session, game, range, signal, progress, hidden } = parts;
  const { playhead, steps, room } = session;
  const before = { atMs: playhead.atMs, isPlaying: playhead.isPlaying };
  const count = Math.max(1, Math.round((range.toMs - range.fromMs) / STEP_MS));
  const leadIn = Math.round(Math.min(LEAD_IN_MS, range.fromMs) / STEP_MS);
  playhead.pause();
  await playhead.seek(range.fromMs - leadIn * STEP_MS);
  steps.step(STEP_MS);
  const film = game.film(canvas);
  try {
    for (let frame = 0 - leadIn; frame < count; frame++) {
      await shown(signal, hidden);
      await playhead.playTo(range.fromMs + frame * STEP_MS);
      film.draw(STEP_MS);
      if (frame < 0) continue;
      paintFrame(canvas, film.canvas, room.state);
      progress(frame / count, sink);
      await sink.add();
      await nextTask();
    }
  } finally {
    steps.step(undefined);
    film.end();
    await playhead.seek(before.atMs);
    if (before.isPlaying) await playhead.play();
  }
}

/** Resolves at once in a tab that is shown, else when it is shown again. Rejects with the signal's reason. */
async function shown(signal: AbortSignal, hidden: FilmParts["hidden"]): Promise<void> {
  signal.throwIfAborted();
  if (!document.hidden) return;
  hidden(true);
  await new Promise<void>((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  hidden(false);
  return shown(signal, hidden);
}

/** Lets the page handle input and draw. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
