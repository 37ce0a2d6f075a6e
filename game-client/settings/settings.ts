/** The player's settings as signals, stored between visits. */
import { computed, effect, type Signal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { pageMemory } from "#client/storage.ts";
import { LANGUAGES } from "#client/ui/strings/languages.ts";
import { bindingsSchema, DEFAULT_BINDINGS } from "./bindings.ts";
import { PALETTE_NAMES, palette } from "./hues.ts";

export const MOTIONS = ["auto", "reduced", "full"] as const;
export const AUTO_FIRES = ["touch", "always", "never"] as const;
export const TRIGGERS = ["hold", "toggle"] as const;
export const STICKS = ["floating", "fixed"] as const;
export const SCALE = { min: 0.8, max: 1.5, step: 0.05 } as const;

const KEY = "fracas.settings";
const between = (min: number, max: number) => z.number().check(z.minimum(min), z.maximum(max));
const share = (fallback: number) => z.catch(between(0, 1), fallback);
const yes = (fallback: boolean) => z.catch(z.boolean(), fallback);
const scale = z.catch(between(SCALE.min, SCALE.max), 1);

/** Volumes are 0 to 1 and independent of muting. */
const SOUND = {
  effectsVolume: share(1),
  musicVolume: share(0.5),
  /** Starts, ends, flags, hills and feats. */
  announcerVolume: share(1),
  /** Clicks and chat. */
  interfaceVolume: share(1),
  ambienceVolume: share(0.8),
  /** Whether important sounds are also shown as text. */
  captions: yes(false),
};

const DISPLAY = {
  /** "auto" follows the browser. */
  language: z.catch(z.enum(["auto", ...LANGUAGES]), "auto"),
  palette: z.catch(z.enum(PALETTE_NAMES), "standard"),
  motion: z.catch(z.enum(MOTIONS), "auto"),
  /** Whether the damage of the player's hits shows at the target. */
  damageNumbers: yes(true),
  /** Whether the HUD teaches: prompts for first visits, and a line at each pickup. */
  hints: yes(true),
  /** Whether patterns, trails, explosions, emblems and emotes of other players show. */
  othersLooks: yes(true),
  /** Brightness of flashes and explosions, 0 to 1. */
  flash: share(1),
  /** Factors of the default size, within SCALE. */
  textScale: scale,
  hudScale: scale,
};

const HANDS = {
  bindings: bindingsSchema,
  /** Where the blaster fires by itself at enemies in its line. */
  autoFire: z.catch(z.enum(AUTO_FIRES), "touch"),
  /** How a press fires: as long as it is held, or until the next one. */
  fireHow: z.catch(z.enum(TRIGGERS), "hold"),
  altFireHow: z.catch(z.enum(TRIGGERS), "hold"),
  /** Pull of enemies on the aim of a thumb, 0 to 1. A mouse has none. */
  aimAssist: share(0.5),
  /** Mirrors the touch screen: the right thumb moves, the left one aims. */
  leftHanded: yes(false),
  sticks: z.catch(z.enum(STICKS), "floating"),
  /** Factor of the touch sticks' and buttons' size, besides hudScale. */
  stickScale: scale,
  /** Whether a phone or gamepad shakes in the hand. */
  haptics: yes(true),
};

/** Every field has its own fallback, so that an invalid value does not discard the others. */
const STORED = z.object({ ...SOUND, ...DISPLAY, ...HANDS });
export type StoredSettings = z.infer<typeof STORED>;
type Kept = { [Name in keyof StoredSettings]: Signal<StoredSettings[Name]> };

/** Parses stored text; never throws. */
export function parseSettings(text: string | undefined): StoredSettings {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "{}");
  } catch {
    stored = {};
  }
  const isTable = typeof stored === "object" && stored !== null && !Array.isArray(stored);
  return STORED.parse(isTable ? stored : {});
}

const stored = parseSettings(pageMemory.recall(KEY));
palette.value = stored.palette;

const reducedMotionQuery = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
const systemReducesMotion = signal(reducedMotionQuery?.matches ?? false);
reducedMotionQuery?.addEventListener("change", ({ matches }) => {
  systemReducesMotion.value = matches;
});

const signals = Object.entries(stored).map(([name, value]) => [name, signal(value)]);
const kept: Kept = { ...(Object.fromEntries(signals) as Kept), palette };

/** Reduced motion bounds flashes to this share of the chosen brightness. */
const CALM_FLASH = 0.5;

const reducedMotion = computed(() => {
  const chosen = kept.motion.value;
  return chosen === "auto" ? systemReducesMotion.value : chosen === "reduced";
});

export const settings = {
  ...kept,
  /** No shake, drift or animation, by the player's choice or the system's preference. */
  reducedMotion,
  /** Brightness of flashes as they are drawn, 0 to 1. */
  flashLevel: computed(() => kept.flash.value * (reducedMotion.value ? CALM_FLASH : 1)),
};

export function resetBindings(): void {
  settings.bindings.value = DEFAULT_BINDINGS;
}

let isFirst = true;
effect(() => {
  const now = Object.fromEntries(Object.entries(kept).map(([name, { value }]) => [name, value]));
  // The first run only subscribes; nothing has changed yet.
  if (!isFirst) pageMemory.remember(KEY, JSON.stringify(now));
  isFirst = false;
});
