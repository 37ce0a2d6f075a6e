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
  foundry: { floor: "#2a1d1b", wall: "#6a4638", cover: "#513c2f", accent: "#ff7a2a", beyond: "#140a08" },
  orchard: { floor: "#26422a", wall: "#7d7050", cover: "#436832", accent: "#b9e36b", beyond: "#0a1711" },
  causeway: { floor: "#2c414d", wall: "#b7b09a", cover: "#55704e", accent: "#4fd3e8", beyond: "#0a3442" },
  anvil: { floor: "#2f3840", wall: "#71808c", cover: "#4e5b65", accent: "#ffd166", beyond: "#0b0e11" },
  city: { floor: "#272840", wall: "#41456b", cover: "#2c5b5e", accent: "#ff5fd2", beyond: "#07080f" },
};
