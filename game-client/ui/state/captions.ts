/** Sounds in words, for who does not hear them: anything may push one, components/Captions show the newest. */
import { signal } from "@preact/signals";
import { settings } from "#client/settings/settings.ts";
import type { Strings } from "#client/ui/strings/languages/en.ts";

/** Sounds that have words, by their names in audio/sounds.ts. */
export type Captioned = keyof Strings["captions"];

/** Where it came from, seen from the listener. */
export type Bearing = "here" | "left" | "right" | "up" | "down";

export interface Caption {
  readonly key: number;
  readonly sound: Captioned;
  readonly bearing: Bearing;
  readonly untilMs: number;
}

const SHOWN_MS = 1800;
const LINES_MAX = 3;
/** World px; nearer than this there is no side to it. */
const HERE_PX = 60;
/** About where a sound is no longer heard. */
const FAR_PX = 1100;

/** Oldest first. */
export const captions = signal<readonly Caption[]>([]);
let lastKey = 0;

/** World px from the listener → where that is on the screen. */
export function bearingOf({ dx, dy }: { dx: number; dy: number }): Bearing {
  if (Math.hypot(dx, dy) < HERE_PX) return "here";
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? "left" : "right";
  return dy < 0 ? "up" : "down";
}

/** Without `at` it is the listener's own. Nothing for who has captions off, or when it is out of earshot. */
export function pushCaption(sound: Captioned, at?: { dx: number; dy: number }): void {
  if (!settings.captions.value || (at && Math.hypot(at.dx, at.dy) > FAR_PX)) return;
  const bearing = at ? bearingOf(at) : "here";
  const untilMs = performance.now() + SHOWN_MS;
  // The same again prolongs its line instead of filling the page.
  const others = captions.value.filter((line) => line.sound !== sound || line.bearing !== bearing);
  const key = captions.value.find((line) => !others.includes(line))?.key ?? ++lastKey;
  captions.value = [...others, { key, sound, bearing, untilMs }].slice(-LINES_MAX);
  setTimeout(dropOld, SHOWN_MS + 20);
}

function dropOld(): void {
  const now = performance.now();
  const left = captions.value.filter(({ untilMs }) => untilMs > now);
  if (left.length < captions.value.length) captions.value = left;
}
