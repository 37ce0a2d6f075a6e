/** Compares sums that are kept with what they sum up, by the same statements on both databases. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { LISTED_AFTER_GAMES, POINTS_PER_BUCKET } from "#shared/rating/skill.ts";

/** Each selects what does not agree, as a text in the column `what`. */
const CHECKS: Readonly<Record<string, string>> = {
  "a player's experience": `
    SELECT 'player ' || player.id || ' has ' || player.xp || ', the matches ' || COALESCE(earned.xp, 0) AS what
    FROM player LEFT JOIN (
      SELECT "playerId", SUM(xp) AS xp FROM "matchPlayer" WHERE "playerId" IS NOT NULL GROUP BY "playerId"
    ) AS earned ON earned."playerId" = player.id
    WHERE player.xp <> COALESCE(earned.xp, 0)`,
  // Two devices of an account in one match are one match, unless one of them was a guest of its own then.
  "a player's matches": `
    SELECT 'player ' || COALESCE(kept."playerId", played."playerId") || ' has ' || COALESCE(kept.matches, 0) ||
      ' in ' || COALESCE(kept.mode, played.mode) || ', and played ' || COALESCE(played.matches, 0) AS what
    FROM "playerMode" AS kept FULL JOIN (
      SELECT "playerId", mode, COUNT(DISTINCT "matchId") AS matches, COUNT(*) AS seats
      FROM "matchPlayer" JOIN match ON match.id = "matchId"
      WHERE "playerId" IS NOT NULL AND "isHosted" = 0 GROUP BY "playerId", mode
    ) AS played ON played."playerId" = kept."playerId" AND played.mode = kept.mode
    WHERE COALESCE(kept.matches, 0) NOT BETWEEN COALESCE(played.matches, 0) AND COALESCE(played.seats, 0)`,
  "a player's arenas": `
    SELECT 'player ' || COALESCE(arenas."playerId", modes."playerId") || ' has ' || COALESCE(arenas.matches, 0) ||
      ' matches by arena, and ' || COALESCE(modes.matches, 0) || ' by mode' AS what
    FROM (SELECT "playerId", SUM(matches) AS matches FROM "playerArena" GROUP BY "playerId") AS arenas
    FULL JOIN (SELECT "playerId", SUM(matches) AS matches FROM "playerMode" GROUP BY "playerId") AS modes
      ON modes."playerId" = arenas."playerId"
    WHERE COALESCE(arenas.matches, 0) <> COALESCE(modes.matches, 0)`,
  "a player's challenges": `
    SELECT 'player ' || player.id || ' has ' || player.xp || ', and earned ' || earned.rewards || ' by challenges' AS what
    FROM player JOIN (
      SELECT "playerId", SUM(reward) AS rewards FROM "playerChallenge" GROUP BY "playerId"
    ) AS earned ON earned."playerId" = player.id
    WHERE player.xp < earned.rewards`,
  "the bytes of arenas": `
    SELECT 'all arenas take ' || kept.bytes || ', and are ' || counted.bytes AS what
    FROM "arenaTotal" AS kept, (SELECT COALESCE(SUM(bytes), 0) AS bytes FROM arena) AS counted
    WHERE kept.bytes <> counted.bytes`,
  "the ratings of arenas": `
    SELECT 'arena ' || published."draftId" || ' has ' || stars || ' stars of ' || ratings || ', and got ' ||
      COALESCE(given.sum, 0) || ' of ' || COALESCE(given.count, 0) AS what
    FROM published LEFT JOIN (
      SELECT "draftId", SUM(stars) AS sum, COUNT(*) AS count FROM "arenaRating" GROUP BY "draftId"
    ) AS given ON given."draftId" = published."draftId"
    WHERE stars <> COALESCE(given.sum, 0) OR ratings <> COALESCE(given.count, 0)`,
  // An account that a guest joined keeps its own rating alone.
  "a rating's games": `
    SELECT 'player ' || rating."playerId" || ' has ' || games || ' rated games in ' || rating.mode || ' ' ||
      rating.season || ', of ' || COALESCE(rated.matches, 0) || ' rated matches' AS what
    FROM rating LEFT JOIN (
      SELECT "playerId", mode, season, COUNT(DISTINCT "matchId") AS matches
      FROM "matchPlayer" JOIN match ON match.id = "matchId"
      WHERE "playerId" IS NOT NULL AND "pointsAfter" IS NOT NULL GROUP BY "playerId", mode, season
    ) AS rated ON rated."playerId" = rating."playerId" AND rated.mode = rating.mode AND rated.season = rating.season
    WHERE games > COALESCE(rated.matches, 0)`,
  "who is listed": `
    SELECT 'player ' || "playerId" || ' in ' || mode || ' ' || season AS what
    FROM rating JOIN player ON player.id = "playerId"
    WHERE listed <> CASE WHEN name IS NOT NULL AND games >= ${LISTED_AFTER_GAMES} THEN 1 ELSE 0 END
    UNION ALL
    SELECT 'player ' || "playerId" || ' in ' || mode || ' week ' || week AS what
    FROM "playerWeek" JOIN player ON player.id = "playerId"
    WHERE listed <> CASE WHEN name IS NOT NULL THEN 1 ELSE 0 END`,
  "the ladder's buckets": `
    SELECT COALESCE(kept.mode, counted.mode) || ' ' || COALESCE(kept.season, counted.season) || ' bucket ' ||
      COALESCE(kept.bucket, counted.bucket) || ' has ' || COALESCE(kept.players, 0) || ', there are ' ||
      COALESCE(counted.players, 0) AS what
    FROM "ratingBucket" AS kept FULL JOIN (
      SELECT mode, season, points / ${POINTS_PER_BUCKET} AS bucket, COUNT(*) AS players
      FROM rating WHERE listed = 1 GROUP BY mode, season, points / ${POINTS_PER_BUCKET}
    ) AS counted ON counted.mode = kept.mode AND counted.season = kept.season AND counted.bucket = kept.bucket
    WHERE COALESCE(kept.players, 0) <> COALESCE(counted.players, 0)`,
};

export const SUM_CHECKS = Object.keys(CHECKS).length;

/** Returns a line for each check whose sums do not agree. Reads whole tables, in one state of the database. */
export const sumFaults = (db: Db): Promise<string[]> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (transaction) => {
      const faults: string[] = [];
      for (const [name, text] of Object.entries(CHECKS)) {
        const { rows } = await sql<{ what: string }>`${sql.raw(text)}`.execute(transaction);
        const [first] = rows;
        if (first)
          faults.push(`${name}: ${first.what}${rows.length > 1 ? `, and ${rows.length - 1} more` : ""}`);
      }
      return faults;
    });
