/** The part of a replay that the viewer has chosen, and the video that is made of it. */
import { signal } from "@preact/signals";
import { CLIP_KEY_MS, CLIP_MAX_MS, CLIP_MIN_MS, lastPart } from "#shared/replay/link.ts";

/** Ms since the replay's beginning. */
export interface ClipRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export type Video =
  | { readonly is: "none" }
  /** `share`: 0 to 1. */
  | {
      readonly is: "making";
      readonly share: number;
      readonly isHidden: boolean;
      readonly isRealTime: boolean;
    }
  | { readonly is: "ready"; readonly file: File }
  | { readonly is: "failed" };

/** game-client/replay carries them out. */
export interface ClipControls {
  make(range: ClipRange): void;
  cancel(): void;
}

/** The replay plays it again and again. Undefined: the whole replay plays. */
export const clipRange = signal<ClipRange | undefined>(undefined);
export const clipOpen = signal(false);
export const video = signal<Video>({ is: "none" });
/** Undefined until a replay is open. */
export const clipControls = signal<ClipControls | undefined>(undefined);

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** Inside of a replay, and as long as a clip may be. Undefined if nothing of it is in the replay. */
export function within({ fromMs, toMs }: ClipRange, lengthMs: number): ClipRange | undefined {
  const [from, to] = [clamp(fromMs, 0, lengthMs), clamp(toMs, 0, lengthMs)];
  return from < to ? { fromMs: from, toMs: Math.min(to, from + CLIP_MAX_MS) } : undefined;
}

/** Links have tenths of a second. A clip holds the moment at which it was cut. */
const GRID_MS = 100;

/** The other end follows where the clip would become too long or too short. */
export function withStart({ toMs }: ClipRange, atMs: number, lengthMs: number): ClipRange {
  const fromMs = clamp(Math.floor(atMs / GRID_MS) * GRID_MS, 0, Math.max(0, lengthMs - CLIP_MIN_MS));
  return { fromMs, toMs: Math.min(lengthMs, clamp(toMs, fromMs + CLIP_MIN_MS, fromMs + CLIP_MAX_MS)) };
}

export function withEnd({ fromMs }: ClipRange, atMs: number, lengthMs: number): ClipRange {
  const toMs = clamp(Math.ceil(atMs / GRID_MS) * GRID_MS, Math.min(CLIP_MIN_MS, lengthMs), lengthMs);
  return { fromMs: Math.max(0, clamp(fromMs, toMs - CLIP_MAX_MS, toMs - CLIP_MIN_MS)), toMs };
}

/** Before a viewer has chosen anything: what has just been played. */
export const firstRange = (atMs: number, lengthMs: number): ClipRange =>
  withStart(lastPart(atMs, CLIP_KEY_MS), Math.max(0, atMs - CLIP_KEY_MS), lengthMs);
