/**
 * GET /api/leaderboard?mode=MODE&span=season|week&at=…: the best of a season or week. To a visitor who shows a token, also
 * their own place and those around it.
 */
import express, { type Router } from "express";
import { z } from "zod";
import type { Ladder } from "#server/store/pages/leaderboards.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import type { Leaderboard } from "#shared/protocol/progress.ts";
import { readSeason, readWeek, seasonOf, weekOf } from "#shared/rating/season.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { admitReader, parseQuery, type Reading, sendPublic } from "./publicJson.ts";

/** Pages that show it live ask every few seconds. */
const MAX_AGE_SEC = 5;

const SPANS = {
  season: { now: seasonOf, read: readSeason },
  week: { now: weekOf, read: readWeek },
} as const;

const LadderQuery = z
  .strictObject({
    mode: z.enum(MODE_NAMES),
    span: z.enum(["season", "week"]).default("season"),
    at: z.string().optional(),
  })
  .transform(({ mode, span, at }, check): Ladder => {
    const number = at === undefined ? SPANS[span].now(Date.now()) : SPANS[span].read(at);
    if (number !== undefined) return { mode, span, at: number };
    check.addIssue("at names no season or week");
    return z.NEVER;
  });

const ALLOWED =
  `mode, one of ${MODE_NAMES.join(", ")}; span, season or week; ` +
  "at, a season such as 2026-4, or the Monday of a week such as 2026-11-23";

export function leaderboardRoute(reading: Reading): Router {
  const router = express.Router();
  router.get(ROUTE.leaderboard, async (request, response) => {
    const { identity } = await admitReader(reading, request, response);
    response.vary("Authorization");
    const ladder = parseQuery(LadderQuery, request, ALLOWED);
    const shown = await reading.reads.leaderboard(ladder);
    if (identity === undefined) return sendPublic(response, shown, MAX_AGE_SEC);
    const around = await reading.reads.placesAround(ladder, identity);
    const own = around.find(({ isYou }) => isYou)?.name;
    const top = shown.top.map((row) => ({ ...row, isYou: row.name === own }));
    const answer: Leaderboard = { ...shown, top, around };
    response.setHeader("Cache-Control", "private, no-store").json(answer);
  });
  return router;
}
