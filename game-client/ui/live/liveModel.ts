/** The matches that the page of live matches, or the overlay, shows; kept up to date while one of them watches (Intents.watchLive). */
import { signal } from "@preact/signals";
import type { LiveView, ShownMatch } from "#client/roomDirectory.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { clock } from "#shared/figures/clock.ts";

export const liveView = signal<LiveView>({ kind: "connecting" });

/** Time since the match arrived, for as long as its clocks go on. */
const passedMs = ({ atMs, paused }: ShownMatch, nowMs: number): number =>
  paused ? 0 : Math.max(0, nowMs - atMs);

/** "4:05"; "+0:12" in overtime; in words while no match is under way. */
export function timeOf(match: ShownMatch, nowMs: number): string {
  const { phase, leftMs } = match;
  if (phase !== "live" || leftMs === null) return STRINGS.match.phases[phase === "live" ? "waiting" : phase];
  const leftSec = (leftMs - passedMs(match, nowMs)) / 1000;
  return leftSec >= 0 ? clock(leftSec) : `+${clock(-leftSec)}`;
}

/** The kills that are younger than this, newest first. */
export const recentKills = (match: ShownMatch, withinMs: number, nowMs: number) =>
  match.kills.filter(({ agoMs }) => agoMs + passedMs(match, nowMs) < withinMs).reverse();
