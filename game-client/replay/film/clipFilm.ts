/** Carries out what the clip panel asks for: makes a video of a part of the replay, and tells of it. */
import type { Game } from "#client/game.ts";
import type { ReplaySession } from "#client/replay/replaySession.ts";
import { clipControls, type Video, video } from "#client/ui/replay/clipModel.ts";

/** Returns what ends it. */
export function offerVideos(session: ReplaySession, game: Pick<Game, "film">): () => void {
  let running: AbortController | undefined;
  let isOver = false;
  const show = (now: Video) => {
    if (!isOver) video.value = now;
  };
  const cancel = () => running?.abort();
  clipControls.value = {
    cancel,
    make(range) {
      if (running) return;
      running = new AbortController();
      const { signal } = running;
      const making = { is: "making", share: 0, isHidden: false, isRealTime: false } as const;
      let now: typeof video.value & { is: "making" } = making;
      const tell = (change: Partial<typeof now>) => {
        now = { ...now, ...change };
        show(now);
      };
      tell({});
      void import("./filmClip.ts")
        .then(({ filmClip }) =>
          filmClip({
            session,
            game,
            range,
            signal,
            progress: (share, { isRealTime }) => tell({ share, isRealTime }),
            hidden: (isHidden) => tell({ isHidden }),
          }),
        )
        .then(
          (file) => {
            show(signal.aborted ? { is: "none" } : { is: "ready", file });
          },
          (error: unknown) => {
            if (!signal.aborted) console.warn(error);
            show({ is: signal.aborted ? "none" : "failed" });
          },
        )
        .finally(() => {
          running = undefined;
        });
    },
  };
  return () => {
    isOver = true;
    cancel();
    clipControls.value = undefined;
    video.value = { is: "none" };
  };
}
