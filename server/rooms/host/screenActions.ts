/** Host actions on the replay that the room watches. */
import { OK, type RoomContext, refused } from "#server/rooms/context.ts";
import { momentOf, readScreening, type Screening } from "#shared/replay/screening.ts";
import { announce } from "./announce.ts";
import type { Handlers } from "./handler.ts";

/** The room shows the replay's last moment for so long: slower pages see it, too. */
const LAST_MOMENT_MS = 3_000;

export const SCREEN_ACTIONS = {
  screen(context, { id, lengthMs, atMs }, by) {
    const { state } = context.world;
    // Afterwards the match waits for its host: nobody knows when the replay ends.
    if (state.phase === "live" || state.phase === "countdown") state.paused = true;
    // It stands still until the host plays it: pages are loading, and friends may be on their way.
    write(context, { id, lengthMs, atMs: Math.min(atMs, lengthMs), rate: 1, isPlaying: false });
    return announce(context, by, "screen");
  },

  screenControl(context, { atMs, rate, isPlaying }) {
    const now = readScreening(context.world.state.screening);
    if (!now) return refused("notNow");
    write(context, { ...now, atMs: Math.min(atMs, now.lengthMs), rate, isPlaying });
    return OK;
  },

  screenEnd(context, _action, by) {
    const { state } = context.world;
    if (!state.screening) return refused("notNow");
    state.screening = "";
    return announce(context, by, "screenEnd");
  },
} satisfies Partial<Handlers>;

/** Call in every tick. Ends a replay that has played to its end. Returns whether the room watches one. */
export function watchesReplay({ world, nowMs }: Pick<RoomContext, "world" | "nowMs">): boolean {
  const { state } = world;
  const now = readScreening(state.screening);
  if (!now) return false;
  const hasEnded = now.isPlaying && momentOf(now, nowMs() - LAST_MOMENT_MS) >= now.lengthMs;
  if (hasEnded) state.screening = "";
  return !hasEnded;
}

function write(context: RoomContext, screening: Omit<Screening, "setAtMs">): void {
  const setAtMs = Math.round(context.nowMs());
  context.world.state.screening = JSON.stringify({ ...screening, setAtMs } satisfies Screening);
}
