/** The tables with rows of one player each: sums that are merged, and what is downloaded and deleted. */

/** Tables of sums: key columns beside `playerId`, columns to add, and columns that keep the larger value. */
export const SUMS = [
  {
    table: "playerMode",
    keys: ["mode"],
    added: [
      "matches",
      "wins",
      "kills",
      "deaths",
      "assists",
      "score",
      "damage",
      "flags",
      "hillSec",
      "playedSec",
    ],
    largest: ["bestStreak", "bestScore", "bestKills"],
  },
  { table: "playerWeapon", keys: ["weapon"], added: ["shots", "hits", "kills", "damage"], largest: [] },
  { table: "playerArena", keys: ["arena"], added: ["matches"], largest: [] },
  { table: "playerMedal", keys: ["medal"], added: ["count"], largest: [] },
  { table: "playerChallenge", keys: ["period", "challenge"], added: ["progress", "reward"], largest: [] },
  {
    table: "playerWeek",
    keys: ["week", "mode"],
    added: ["matches", "score"],
    largest: ["listed"],
  },
] as const;

/** Everything that is kept of how a player played, besides the matches. */
export const PLAYED_TABLES = [
  "rating",
  "ratingDay",
  "playerGain",
  ...SUMS.map(({ table }) => table),
] as const;
