/** Plays the replay that the screen names, in the part of the page that is fetched for it, for as long as it is the screen. */
import { effect, untracked } from "@preact/signals";
import type { Game } from "#client/game.ts";
import { screen } from "#client/ui/state/model.ts";

/** `left` is called when another screen follows a replay. */
export function followReplays(endpoint: string, load: () => Promise<Game>, left: () => void): void {
  let end: (() => void) | undefined;
  effect(() => {
    const now = screen.value;
    const wasShown = end !== undefined;
    end?.();
    end = undefined;
    if (now.kind !== "replay") return wasShown ? untracked(left) : undefined;
    let isOver = false;
    end = () => {
      isOver = true;
    };
    // If this part does not load, the page says so (vite:preloadError).
    void import("./replayScreen.ts").then(({ showReplay }) => {
      if (!isOver) end = showReplay(now.link, endpoint, load);
    });
  });
}
