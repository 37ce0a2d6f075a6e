/** Loads a theme's painters with its arena. The title shows the foundry, so its painters come with the game. */
import type { ThemeName } from "#shared/arena/themes.ts";
import { FOUNDRY } from "./foundry.ts";
import type { Theme } from "./theme.ts";

const LOADERS: Readonly<Record<ThemeName, () => Promise<Theme>>> = {
  foundry: async () => FOUNDRY,
  orchard: async () => (await import("./orchard.ts")).ORCHARD,
  causeway: async () => (await import("./causeway.ts")).CAUSEWAY,
  anvil: async () => (await import("./anvil.ts")).ANVIL,
  city: async () => (await import("./city.ts")).CITY,
};

/**
 * Resolves to the foundry's when the theme's file cannot be loaded: the player has a seat by now, and fights on in other
 * colours while the page says that a part of it is missing.
 */
export const loadTheme = (name: ThemeName): Promise<Theme> => LOADERS[name]().catch(() => FOUNDRY);
