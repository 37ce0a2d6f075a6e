/** The player's settings as signals, stored between visits. */
import { computed, effect, signal } from "@preact/signals";
import * as z from "zod/mini";
import { pageMemory } from "#client/storage.ts";
import { LANGUAGES } from "#client/ui/strings/languages.ts";
import { bindingsSchema, DEFAULT_BINDINGS } from "./bindings.ts";
import { PALETTE_NAMES, palette } from "./hues.ts";

export const MOTIONS = ["auto", "reduced", "full"] as const;
export const SCALE = { min: 0.8, max: 1.5, step: 0.05 } as const;

const KEY = "fracas.settings";
const between = (min: number, max: number) => z.number().check(z.minimum(min), z.maximum(max));
const share = (fallback: number) => z.catch(between(0, 1), fallback);
const scale = z.catch(between(SCALE.min, SCALE.max), 1);

/** Every field has its own fallback, so that an invalid value does not discard the others. */
const STORED = z.object({
  language: z.catch(z.enum(["auto", ...LANGUAGES]), "auto"),
  effectsVolume: share(1),
  musicVolume: share(0.5),
  announcerVolume: share(1),
  interfaceVolume: share(1),
  ambienceVolume: share(0.8),
  captions: z.catch(z.boolean(), false),
  palette: z.catch(z.enum(PALETTE_NAMES), "standard"),
  motion: z.catch(z.enum(MOTIONS), "auto"),
  textScale: scale,
  hudScale: scale,
  bindings: bindingsSchema,
});
export type StoredSettings = z.infer<typeof STORED>;

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

const kept = {
  /** "auto" follows the browser. */
  language: signal(stored.language),
  /** Volumes are 0 to 1 and independent of muting. */
  effectsVolume: signal(stored.effectsVolume),
  musicVolume: signal(stored.musicVolume),
  /** Starts, ends, flags, hills and feats. */
  announcerVolume: signal(stored.announcerVolume),
  /** Clicks and chat. */
  interfaceVolume: signal(stored.interfaceVolume),
  ambienceVolume: signal(stored.ambienceVolume),
  /** Whether important sounds are also shown as text. */
  captions: signal(stored.captions),
  palette,
  motion: signal(stored.motion),
  /** Factors of the default size, within SCALE. */
  textScale: signal(stored.textScale),
  hudScale: signal(stored.hudScale),
  bindings: signal(stored.bindings),
};

export const settings = {
  ...kept,
  /** No shake, drift or animation, by the player's choice or the system's preference. */
  reducedMotion: computed(() => {
    const chosen = kept.motion.value;
    return chosen === "auto" ? systemReducesMotion.value : chosen === "reduced";
  }),
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
