/** What players set to their liking: signals that anything may read, kept between visits. */
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

/** Every field falls back by itself, so that one broken value does not cost the others. */
const STORED = z.object({
  language: z.catch(z.enum(["auto", ...LANGUAGES]), "auto"),
  effectsVolume: share(1),
  musicVolume: share(0.5),
  captions: z.catch(z.boolean(), false),
  palette: z.catch(z.enum(PALETTE_NAMES), "standard"),
  motion: z.catch(z.enum(MOTIONS), "auto"),
  textScale: scale,
  hudScale: scale,
  bindings: bindingsSchema,
});
export type StoredSettings = z.infer<typeof STORED>;

/** Of what storage held; never throws. */
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

const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
const systemIsCalm = signal(calm?.matches ?? false);
calm?.addEventListener("change", ({ matches }) => {
  systemIsCalm.value = matches;
});

const kept = {
  /** "auto": as the browser says. */
  language: signal(stored.language),
  /** 0…1, beside muting. */
  effectsVolume: signal(stored.effectsVolume),
  musicVolume: signal(stored.musicVolume),
  /** Sounds that matter are written as well. */
  captions: signal(stored.captions),
  palette,
  motion: signal(stored.motion),
  /** 0.8…1.5 times the usual size. */
  textScale: signal(stored.textScale),
  hudScale: signal(stored.hudScale),
  bindings: signal(stored.bindings),
};

export const settings = {
  ...kept,
  /** No shake, no drift, no animation: by choice, or by the system's. */
  reducedMotion: computed(() => {
    const wish = kept.motion.value;
    return wish === "auto" ? systemIsCalm.value : wish === "reduced";
  }),
};

export function resetBindings(): void {
  settings.bindings.value = DEFAULT_BINDINGS;
}

let isFirst = true;
effect(() => {
  const now = Object.fromEntries(Object.entries(kept).map(([name, { value }]) => [name, value]));
  // The first run only subscribes: what was read need not be written.
  if (!isFirst) pageMemory.remember(KEY, JSON.stringify(now));
  isFirst = false;
});
