/** GET /api/matches: the newest public matches. GET /api/matches/ID: one match; hosted ones are found by their id alone. */
import express, { type Router } from "express";
import { z } from "zod";
import { Refused } from "#server/edge/refused.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { admitReader, parseQuery, type Reading, sendPublic } from "./publicJson.ts";

const NEWEST_MAX_AGE_SEC = 5;
/** A match does not change, but its players' names do. */
const MATCH_MAX_AGE_SEC = 30;
/** Its replay follows it within seconds. */
const NEW_MS = 60_000;
const NEW_MATCH_MAX_AGE_SEC = 5;

const NEWEST = { max: 100, default: 50 } as const;
const NewestQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(NEWEST.max))
    .default(NEWEST.default),
});

export function matchesRoute(reading: Reading): Router {
  const router = express.Router();
  router.get(ROUTE.matches, async (request, response) => {
    await admitReader(reading, request, response);
    const { limit } = parseQuery(NewestQuery, request, `limit, a whole number from 1 to ${NEWEST.max}`);
    sendPublic(response, await reading.reads.newestMatches(limit), NEWEST_MAX_AGE_SEC);
  });

  router.get(ROUTE.match, async (request, response) => {
    await admitReader(reading, request, response);
    const match = await reading.reads.match(request.params.id);
    if (!match) throw new Refused(404, "There is no match with this id.");
    // Visible to everybody with the link, but not for search engines.
    if (match.isHosted) response.setHeader("X-Robots-Tag", "noindex");
    const isNew = !match.hasReplay && Date.now() - match.endedAt < NEW_MS;
    sendPublic(response, match, isNew ? NEW_MATCH_MAX_AGE_SEC : MATCH_MAX_AGE_SEC);
  });
  return router;
}
