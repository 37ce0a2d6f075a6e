/** Hands the palette to the stylesheets as custom properties, so that every colour is written once. */
import { PALETTE, teamHue } from "#client/palette.ts";

/** "wallLit" → "--wall-lit". */
const propertyOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;

/** The palette has no warning colour; the yellow team's hue is told apart from health and danger by everybody. */
const FAIR = teamHue(3);

export function applyPalette(root: HTMLElement = document.documentElement): void {
  for (const [name, colour] of Object.entries(PALETTE)) root.style.setProperty(propertyOf(name), colour);
  root.style.setProperty("--fair", FAIR);
}
