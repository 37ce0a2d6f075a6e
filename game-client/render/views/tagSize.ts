/** Size of the names in the arena: it follows the player's size of text, and stays legible on a small screen. */
import { effect } from "@preact/signals";
import type Phaser from "phaser";
import { settings } from "#client/settings/settings.ts";

/** Size of a name by default, world px. */
export const TAG_PX = 18;
/** Names are at least this large on the screen, CSS px… */
const SHOWN_MIN_PX = 9;
/** …and never larger than this in the arena, world px: on a strip of a screen they would cover the fight. */
const TAG_MAX_PX = 48;

/** The current size; `version` changes with it. */
export const tagSize = { worldPx: TAG_PX, version: 0 };

let isStale = true;
const forget = () => {
  isStale = true;
  tagSize.version++;
};
globalThis.addEventListener?.("resize", () => requestAnimationFrame(forget));
effect(() => {
  settings.textScale.value;
  forget();
});

/** Measures the picture after the window or the size of text has changed. */
export function tagSizeIn(scene: Phaser.Scene): Readonly<typeof tagSize> {
  if (!isStale) return tagSize;
  isStale = false;
  const { width, zoom } = scene.cameras.main;
  const shownShare = scene.game.canvas.clientWidth / (width / zoom);
  tagSize.worldPx = tagPx(settings.textScale.peek(), shownShare);
  return tagSize;
}

/** Size of a name, world px, in a picture that shows a world px as `shownShare` CSS px. */
export function tagPx(textScale: number, shownShare: number): number {
  const least = (SHOWN_MIN_PX * Math.max(1, textScale)) / Math.max(shownShare, 0.01);
  return Math.round(Math.min(TAG_MAX_PX * Math.max(1, textScale), Math.max(TAG_PX * textScale, least)));
}
