/** A match in a few figures, as a room tells it to the front for shared/protocol/live.ts. */
import type { LiveKill, LiveMatch } from "#shared/protocol/live.ts";

/** The match at one tick of the room. Clocks are ticks, so that two summaries are equal unless the match differs. */
export interface LiveSummary extends Omit<LiveMatch, "code" | "leftMs" | "kills"> {
  readonly tick: number;
  readonly phaseEndsTick: number;
  readonly kills: readonly KillAt[];
}

export interface KillAt extends Omit<LiveKill, "agoMs"> {
  readonly tick: number;
}

export type LiveAnswer =
  /** Nothing is old enough yet to be told. */
  | { readonly is: "early" }
  /** Only those in the room may know. */
  | { readonly is: "closed"; readonly why: "password" | "noSpectators" }
  | { readonly is: "open"; readonly summary: LiveSummary };
