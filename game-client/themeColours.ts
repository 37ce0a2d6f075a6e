/** The few colours by which the page knows a theme: minimap, pictures of arenas, title. The arena's own painter has more. */
import type { ThemeName } from "#shared/arena/themes.ts";

export interface ThemeColours {
  readonly floor: string;
  readonly wall: string;
  /** Bushes, or what stands in for them. */
  readonly cover: string;
  /** The one colour that names the place. */
  readonly accent: string;
  /** The world beyond the wall. */
  readonly beyond: string;
}

export const THEME_COLOURS: Readonly<Record<ThemeName, ThemeColours>> = {
  foundry: { floor: "#241a1c", wall: "#6b4a3f", cover: "#5a4632", accent: "#ff7a3d", beyond: "#120b0c" },
  orchard: { floor: "#16261f", wall: "#4a6350", cover: "#2f5c3a", accent: "#b9e36b", beyond: "#0b1712" },
  causeway: { floor: "#5f6770", wall: "#3c444d", cover: "#4c6b5a", accent: "#4fd3e8", beyond: "#0c3a4a" },
  anvil: { floor: "#20242b", wall: "#5b6673", cover: "#3d4652", accent: "#ffd166", beyond: "#0d1014" },
  city: { floor: "#1b1c2b", wall: "#3a3f66", cover: "#2f4a4a", accent: "#ff5fd2", beyond: "#090a14" },
};
