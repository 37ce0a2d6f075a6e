/**
 * A replay that everybody in a hosted room watches. `ArenaState.screening` carries it as JSON, so that its shape is
 * declared once; "" is none. Moments are ms since the replay's beginning.
 */

/** Milliseconds of the replay in one of the viewer's clock. */
export const RATES = [0.25, 0.5, 1, 2, 4] as const;
export type Rate = (typeof RATES)[number];

/** A replay to open, from one of its moments. */
export interface ScreeningRequest {
  readonly id: string;
  /** The replay's length, which the host's page has read from the file: the room reads no files. */
  readonly lengthMs: number;
  readonly atMs: number;
}

export interface Screening extends ScreeningRequest {
  /** When the playhead stood at `atMs`, on the room's clock. */
  readonly setAtMs: number;
  readonly rate: Rate;
  readonly isPlaying: boolean;
}

/** The room has validated the JSON. Undefined without a replay, and before the first state. */
export const readScreening = (json: string | undefined): Screening | undefined =>
  json ? (JSON.parse(json) as Screening) : undefined;

/** The moment to show at a time of the room's clock. */
export function momentOf(screening: Screening, roomNowMs: number): number {
  const { atMs, setAtMs, rate, isPlaying, lengthMs } = screening;
  const passedMs = isPlaying ? Math.max(0, roomNowMs - setAtMs) * rate : 0;
  return Math.min(atMs + passedMs, lengthMs);
}
