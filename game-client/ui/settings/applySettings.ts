/** Hands what stylesheets need to the document: colours, sizes, motion, device and language. */
import { effect } from "@preact/signals";
import { deviceInUse } from "#client/deviceInUse.ts";
import { PALETTE } from "#client/palette.ts";
import { HUE_SETS, hues } from "#client/settings/hues.ts";
import { settings } from "#client/settings/settings.ts";
import { stickRadiusPx } from "#client/settings/touchSize.ts";
import { screen, shownReplay } from "#client/ui/state/model.ts";
import { language, STRINGS } from "#client/ui/strings/strings.ts";

/** Call once; the document follows the player's settings from then on. */
export function applySettings(root: HTMLElement = document.documentElement): void {
  applyPalette(root);
  effect(() => {
    root.lang = language.value;
  });
  effect(nameArena);
  effect(() => {
    root.style.setProperty("--text-scale", String(settings.textScale.value));
    root.style.setProperty("--hud-scale", String(settings.hudScale.value));
    root.style.setProperty("--flash", String(settings.flashLevel.value));
    root.style.setProperty("--stick-radius", `${stickRadiusPx.value}px`);
  });
  effect(() => {
    root.dataset.motion = settings.reducedMotion.value ? "reduced" : "full";
    root.dataset.device = deviceInUse.value;
    root.dataset.hands = settings.leftHanded.value ? "left" : "right";
  });
}

/** The arena's picture has a name while it shows a fight; behind every other screen it is decoration. */
function nameArena(): void {
  const picture = document.getElementById("game");
  const { kind } = screen.value;
  const isFight = kind === "playing" || kind === "dropped" || shownReplay.value !== undefined;
  picture?.setAttribute("role", isFight ? "img" : "presentation");
  if (isFight) picture?.setAttribute("aria-label", STRINGS.hands.arena);
  else picture?.removeAttribute("aria-label");
}

/** The palette has no warning colour: the yellow team's hue differs from health and danger in every palette. */
const FAIR = HUE_SETS.standard.teams[3] ?? PALETTE.text;

/** Writes every colour of palette.ts as a custom property, so that no stylesheet repeats one. */
function applyPalette(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(PALETTE)) root.style.setProperty(propertyOf(name), colour);
  root.style.setProperty("--fair", FAIR);
  effect(() => {
    const { health, danger } = hues.value;
    root.style.setProperty("--health", health);
    root.style.setProperty("--danger", danger);
  });
}

/** "wallLit" → "--wall-lit". */
const propertyOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
