/** Sounds as text, for players who cannot hear them: hud/OverArena.tsx shows the newest. */
import { signal } from "@preact/signals";
import type { GameAudio } from "#client/audio/player.ts";
import { settings } from "#client/settings/settings.ts";
import type { Strings } from "#client/ui/strings/languages/en.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** A sound with a caption, by its name in audio/sounds.ts. */
export type Captioned = keyof Strings["captions"];

/** Where the sound came from, as the listener sees it on the screen. */
export type Bearing = "here" | "left" | "right" | "up" | "down";

export interface Caption {
  readonly key: number;
  readonly sound: Captioned;
  readonly bearing: Bearing;
  readonly untilMs: number;
}

const SHOWN_MS = 1800;
const LINES_MAX = 3;
/** World px: a nearer sound has no direction. */
const HERE_PX = 60;
/** World px: roughly the distance from which a sound is inaudible. */
const FAR_PX = 1100;

/** Oldest first. */
export const captions = signal<readonly Caption[]>([]);
let lastKey = 0;

/** The same audio, which also pushes a caption for every sound that has one, muted or not. */
export function captionSounds(audio: GameAudio): GameAudio {
  return {
    ...audio,
    play(sound, at, manner) {
      const isHeard = !at || Math.hypot(at.dx, at.dy) <= FAR_PX;
      if (isCaptioned(sound) && isHeard) pushCaption(sound, at ?? manner?.towards);
      audio.play(sound, at, manner);
    },
  };
}

const isCaptioned = (sound: string): sound is Captioned => sound in STRINGS.captions;

/** `dx`, `dy`: world px from the listener to the sound. */
export function bearingOf({ dx, dy }: { dx: number; dy: number }): Bearing {
  if (Math.hypot(dx, dy) < HERE_PX) return "here";
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? "left" : "right";
  return dy < 0 ? "up" : "down";
}

/** Without `at`, the sound is the listener's own. Does nothing if captions are off. */
function pushCaption(sound: Captioned, at?: { dx: number; dy: number }): void {
  if (!settings.captions.value) return;
  const bearing = at ? bearingOf(at) : "here";
  const untilMs = performance.now() + SHOWN_MS;
  // A repeated sound prolongs its line instead of filling the page.
  const others = captions.value.filter((line) => line.sound !== sound || line.bearing !== bearing);
  const key = captions.value.find((line) => !others.includes(line))?.key ?? ++lastKey;
  captions.value = [...others, { key, sound, bearing, untilMs }].slice(-LINES_MAX);
  setTimeout(dropExpired, SHOWN_MS + 20);
}

function dropExpired(): void {
  const now = performance.now();
  const left = captions.value.filter(({ untilMs }) => untilMs > now);
  if (left.length < captions.value.length) captions.value = left;
}
