/** Cleans a player's name, and lists the names that the game gives out itself. */
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanText } from "./cleanText.ts";

export const DEFAULT_NAME = "Drone";
/** Shown for players who deleted their accounts. */
export const DELETED_NAME = "deleted player";

export const BOT_NAMES = [
  "Rivet",
  "Gasket",
  "Sprocket",
  "Flange",
  "Cotter",
  "Bobbin",
  "Tappet",
  "Ratchet",
] as const;

/** At most NAME_MAX_CHARS visible characters; DEFAULT_NAME when none is left. */
export const cleanPlayerName = (raw: string): string => cleanText(raw, NAME_MAX_CHARS) || DEFAULT_NAME;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The name with a number behind it. Shortens the name where necessary, never the number. `name` must be clean. */
export function numberedName(name: string, number: number): string {
  const suffix = ` ${number}`;
  const visible = Array.from(graphemes.segment(name), ({ segment }) => segment);
  return (
    visible
      .slice(0, NAME_MAX_CHARS - suffix.length)
      .join("")
      .trimEnd() + suffix
  );
}
