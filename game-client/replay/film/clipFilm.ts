/** Carries out what the clip panel asks for: makes a video of a part of the replay, and tells of it. */
import type { Game } from "#client/game.ts";
import type { ReplaySession } from "#client/replay/replaySession.ts";
import { clipControls, video } from "#client/ui/replay/clipModel.ts";

/** Returns what ends it. */
export function offerVideos(session: ReplaySession, game: Pick<Game, "film">): () => void {
  let running: AbortController | undefined;
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
        video.value = now;
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
            video.value = { is: "ready", file };
          },
          (error: unknown) => {
            if (!signal.aborted) console.warn(error);
            video.value = { is: signal.aborted ? "none" : "failed" };
          },
        )
        .finally(() => {
          running = undefined;
        });
    },
  };
  return () => {
    cancel();
    clipControls.value = undefined;
    video.value = { is: "none" };
  };
}
