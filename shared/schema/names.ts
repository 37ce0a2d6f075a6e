/** The values of the state's string fields: modes, phases of a match, awards, feats, emotes and pings. */

/** In the order in which votes and forms offer them. */
export const MODE_NAMES = ["deathmatch", "teamDeathmatch", "captureTheFlag", "kingOfTheHill"] as const;
export type ModeName = (typeof MODE_NAMES)[number];

/** A match runs through these in this order; "over" lasts until the room sets up the next match. */
export type Phase = "waiting" | "countdown" | "live" | "results" | "over";

export type AwardName = "kills" | "streak" | "accuracy" | "carries";

/** Feats are deeds in a fight beyond kills; modes/feats.ts judges them. */
export const FEAT_NAMES = [
  /** A kill by another of a drone that one had damaged shortly before. */
  "assist",
  /** Several kills in quick succession: 2, 3 and so on. */
  "multiKill",
  /** Kills in one life: 3, 5, 8 and so on. */
  "streak",
  /** A kill of the drone that destroyed one last. */
  "revenge",
  /** A kill of the player who leads, or who has a long streak. */
  "bounty",
  /** A kill of the carrier of one's own flag, or its return. */
  "flagSave",
  /** A kill of an enemy on the hill that held it or contested it. */
  "hillSave",
] as const;
export type FeatName = (typeof FEAT_NAMES)[number];

/** Emotes show over the player's drone. Their order goes over the wire: new ones come at the end. */
export const EMOTE_NAMES = ["wave", "nice", "thanks", "sorry", "laugh", "gg", "help"] as const;
export type EmoteName = (typeof EMOTE_NAMES)[number];

/** Pings point something out to the own team at a place. Their order goes over the wire, too. */
export const PING_NAMES = ["look", "enemy"] as const;
export type PingName = (typeof PING_NAMES)[number];
