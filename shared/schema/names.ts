/** The values of the state's string fields: modes, phases of a match, awards. */

/** In the order in which votes and forms offer them. */
export const MODE_NAMES = ["deathmatch", "teamDeathmatch", "captureTheFlag", "kingOfTheHill"] as const;
export type ModeName = (typeof MODE_NAMES)[number];

/** A match runs through these in this order; "over" lasts until the room sets up the next match. */
export type Phase = "waiting" | "countdown" | "live" | "results" | "over";

export type AwardName = "kills" | "streak" | "accuracy" | "carries";
