/** Cleans a player's name. */
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanText } from "./cleanText.ts";

export const DEFAULT_NAME = "Drone";

/** At most NAME_MAX_CHARS visible characters; DEFAULT_NAME when none is left. */
export const cleanPlayerName = (raw: string): string => cleanText(raw, NAME_MAX_CHARS) || DEFAULT_NAME;
