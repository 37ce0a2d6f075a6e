/** The signals of a replay's page. game-client/replay writes them; components only read, and call the controls. */
import { signal } from "@preact/signals";
import type { Rate } from "#client/replay/playhead.ts";
import type { ReplayLink } from "#shared/replay/link.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";

/** "gone": there is none; "lost": a part of it could not be fetched. */
export type WhyNoReplay = "gone" | "newer" | "damaged" | "lost" | "cannotShow";

export type ReplayView =
  | { readonly is: "loading" }
  /** The match still goes on. */
  | { readonly is: "goesOn" }
  | { readonly is: "failed"; readonly why: WhyNoReplay; readonly link: ReplayLink }
  | { readonly is: "open"; readonly info: ReplayInfo; readonly link: ReplayLink };

export interface PlayheadView {
  /** Since the replay's beginning. */
  readonly atMs: number;
  readonly lengthMs: number;
  readonly rate: Rate;
  readonly isPlaying: boolean;
  readonly isLoading: boolean;
}

export interface ReplayControls {
  /** Plays, or pauses. */
  toggle(): void;
  pause(): void;
  seek(toMs: number): void;
  setRate(rate: Rate): void;
  /** One patch forward or back. */
  step(by: 1 | -1): void;
}

export const replay = signal<ReplayView>({ is: "loading" });
export const AT_START: PlayheadView = { atMs: 0, lengthMs: 0, rate: 1, isPlaying: false, isLoading: true };
export const playhead = signal(AT_START);
/** Undefined until the replay is open. */
export const controls = signal<ReplayControls | undefined>(undefined);
