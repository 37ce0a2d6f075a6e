/** English words for what the server shows by itself: link previews and share images. Pages have texts of their own. */

import { isBrought } from "#shared/arena/limits.ts";

/** "captureTheFlag" → "Capture the flag". Expects a name of a mode, weapon or arena. */
export function titleOf(name: string): string {
  const words = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `title` is that of an arena that somebody has brought, which may have none, or be gone. */
export const mapTitle = (map: string, title?: string): string =>
  title || (isBrought(map) ? "an arena of its own" : titleOf(map));

/** "1 match", "12 matches". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

/** 4256 → "4,256". */
export const grouped = (count: number): string => count.toLocaleString("en");

/** 0.537 → "54%"; "–" for NaN. */
export const percent = (share: number): string =>
  Number.isFinite(share) ? `${Math.round(share * 100)}%` : "–";

/** "Capture the flag on Foundry". */
export const matchTitle = ({ mode, arena, arenaTitle }: PlayedOn): string =>
  `${titleOf(mode)} on ${mapTitle(arena, arenaTitle)}`;

interface PlayedOn {
  readonly mode: string;
  readonly arena: string;
  readonly arenaTitle?: string | undefined;
}
