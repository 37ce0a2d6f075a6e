/** Hands the palette to the stylesheets as custom properties, so that every colour is written once. */
import { effect } from "@preact/signals";
import { PALETTE } from "#client/palette.ts";
import { HUE_SETS, hues } from "#client/settings/hues.ts";

/** "wallLit" → "--wall-lit". */
const propertyOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;

/** The palette has no warning colour; the yellow team's hue is told apart from health and danger by everybody. */
const FAIR = HUE_SETS.standard.teams[3] ?? PALETTE.text;

/** Follows the player's choice of hues. */
export function applyPalette(root: HTMLElement = document.documentElement): void {
  for (const [name, colour] of Object.entries(PALETTE)) root.style.setProperty(propertyOf(name), colour);
  root.style.setProperty("--fair", FAIR);
  effect(() => {
    const { health, danger } = hues.value;
    root.style.setProperty("--health", health);
    root.style.setProperty("--danger", danger);
  });
}
