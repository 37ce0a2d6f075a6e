/** The looks that a map can choose. The rules do not depend on them; game-client/render/themes paints them. */
export const THEME_NAMES = ["foundry", "orchard", "causeway", "anvil", "city"] as const;
export type ThemeName = (typeof THEME_NAMES)[number];
