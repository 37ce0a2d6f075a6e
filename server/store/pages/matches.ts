/** Matches as their pages and lists show them. Players appear under their present names. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { uuidBytes, uuidText } from "#server/store/database/uuid.ts";
import { type DetailedPlayer, readDetails } from "#server/store/results/details.ts";
import { isWinner } from "#server/store/results/resultSums.ts";
import { DELETED_NAME } from "#shared/protocol/playerName.ts";
import type {
  MatchPlayerLine,
  StoredMatch,
  StoredSummary,
  WeaponSums,
  WhyUnrated,
} from "#shared/protocol/progress.ts";

/** A row of matchPlayer with the player's present name. */
interface Seat {
  matchId: number;
  seat: number;
  /** Null for guests and bots. */
  name: string | null;
  wasDeleted: 0 | 1 | 2;
  pointsBefore: number | null;
  pointsAfter: number | null;
}

const NEWEST_MAX = 100;

/** Null if there is no such match. */
async function matchOf(db: Db, { uuid }: { uuid: string }): Promise<StoredMatch | null> {
  const match = await db
    .selectFrom("match")
    .selectAll()
    .where("uuid", "=", uuidBytes(uuid))
    .executeTakeFirst();
  if (!match) return null;
  const seats = await seatsOf(db, [match.id]);
  const { arena, mode, startedAt, endedAt } = match;
  const { rules, how, teamScores, players } = readDetails(match.details);
  const lines = players.map((player, seat) => playerLine(player, seats.get(keyOf(match.id, seat))));
  return {
    id: uuid,
    arena,
    mode,
    isHosted: match.isHosted === 1,
    startedAt,
    endedAt,
    rules,
    how,
    teamScores,
    whyUnrated: match.whyUnrated as WhyUnrated | null,
    players: lines.sort((a, b) => a.place - b.place || b.score - a.score),
  };
}

/** Public ones, newest first. */
async function newestMatches(db: Db, { limit }: { limit: number }): Promise<StoredSummary[]> {
  const matches = await db
    .selectFrom("match")
    .select(["id", "uuid", "arena", "mode", "startedAt", "endedAt", "details"])
    // A literal: partial indexes serve no parameters.
    .where("isHosted", "=", sql.lit(0))
    .orderBy("id", "desc")
    .limit(Math.min(limit, NEWEST_MAX))
    .execute();
  const seats = await seatsOf(
    db,
    matches.map(({ id }) => id),
  );
  return matches.map(({ id, uuid, arena, mode, startedAt, endedAt, details }) => {
    const match = readDetails(details);
    const { teamScores, players } = match;
    const at = teamScores ? -1 : players.findIndex((player) => isWinner(match, player));
    const winner = players[at];
    return {
      id: uuidText(uuid),
      arena,
      mode,
      endedAt,
      durationSec: durationOf({ startedAt, endedAt }),
      players: players.length,
      winner: winner ? nameOf(winner, seats.get(keyOf(id, at))) : null,
      teamScores,
    };
  });
}

/** In seconds. */
export const durationOf = ({ startedAt, endedAt }: { startedAt: number; endedAt: number }): number =>
  Math.round((endedAt - startedAt) / 1000);

const keyOf = (matchId: number, seat: number) => `${matchId} ${seat}`;

async function seatsOf(db: Db, matchIds: readonly number[]): Promise<Map<string, Seat>> {
  if (matchIds.length === 0) return new Map();
  const seats = await db
    .selectFrom("matchPlayer")
    .leftJoin("player", "player.id", "matchPlayer.playerId")
    .select(["matchId", "seat", "name", "wasDeleted", "pointsBefore", "pointsAfter"])
    .where("matchId", "in", matchIds)
    .execute();
  return new Map(seats.map((seat) => [keyOf(seat.matchId, seat.seat), seat]));
}

/** The present name; for guests and bots the one that they played under. */
function nameOf({ name }: DetailedPlayer, seat: Seat | undefined): string {
  if (seat?.wasDeleted) return DELETED_NAME;
  return seat?.name ?? name;
}

function playerLine(player: DetailedPlayer, seat: Seat | undefined): MatchPlayerLine {
  return {
    ...player,
    name: nameOf(player, seat),
    hasPage: typeof seat?.name === "string",
    weapons: weaponSums(player.weapons),
    points: seat ? pointsOf(seat) : null,
  };
}

export const pointsOf = ({ pointsBefore, pointsAfter }: Pick<Seat, "pointsBefore" | "pointsAfter">) =>
  pointsBefore === null || pointsAfter === null ? null : { before: pointsBefore, after: pointsAfter };

const weaponSums = (weapons: DetailedPlayer["weapons"]): WeaponSums[] =>
  Object.entries(weapons).map(([weapon, tally]) => ({ weapon: weapon as WeaponSums["weapon"], ...tally }));

export const queries = { matchOf, newestMatches };
