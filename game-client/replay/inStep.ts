/** Keeps a page's playhead in step with the replay that its room watches. */
import { momentOf, type Rate, type Screening } from "#shared/replay/screening.ts";

/** A playhead that is further off jumps, ms at rate 1. */
const JUMP_MS = 500;
/** A playhead that is nearer keeps the rate: nobody sees the difference. */
const IN_STEP_MS = 40;
/** How much faster or slower a playhead plays that catches up: too little to be heard or seen. */
const CATCH_UP = 0.05;

export interface Head {
  readonly atMs: number;
  readonly isLoading: boolean;
}

export type Step =
  | { readonly do: "wait" }
  /** A playhead that is not to play pauses before it jumps: it would run on from there. */
  | { readonly do: "seek"; readonly isPlaying: boolean; readonly toMs: number }
  | { readonly do: "run"; readonly isPlaying: boolean; readonly rate: Rate; readonly pace: number };

/** `roomNowMs`: time of the room's clock, as the page estimates it. Call it again and again. */
export function inStep(screening: Screening, roomNowMs: number, { atMs, isLoading }: Head): Step {
  // A jump that another replaces would never arrive on a slow network.
  if (isLoading) return { do: "wait" };
  const { rate, lengthMs } = screening;
  const wantedMs = momentOf(screening, roomNowMs);
  const behindMs = wantedMs - atMs;
  // The faster the replay, the more the delay of a message shows.
  const scale = Math.max(1, rate);
  // While it stands still, all see the same patch.
  const mostMs = screening.isPlaying ? JUMP_MS * scale : 0;
  if (Math.abs(behindMs) > mostMs) return { do: "seek", isPlaying: screening.isPlaying, toMs: wantedMs };
  const isOff = Math.abs(behindMs) > IN_STEP_MS * scale;
  const pace = isOff ? 1 + Math.sign(behindMs) * CATCH_UP : 1;
  return { do: "run", isPlaying: screening.isPlaying && atMs < lengthMs, rate, pace };
}
