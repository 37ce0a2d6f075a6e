/** A name as typed → a name that can be shown to others. */
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanText } from "./cleanText.ts";

export const DEFAULT_NAME = "Drone";

/** At most 16 visible characters; never empty. */
export const cleanPlayerName = (raw: string): string => cleanText(raw, NAME_MAX_CHARS) || DEFAULT_NAME;
