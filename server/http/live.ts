/** GET /api/live: the public matches as they go, 10 s late. */
import express, { type Router } from "express";
import type { LiveFeed } from "#server/rooms/live/liveFeed.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { admitReader, type Reading, sendPublic } from "./publicJson.ts";

const MAX_AGE_SEC = 1;

export function liveRoute(reading: Reading, live: Pick<LiveFeed, "list">): Router {
  const router = express.Router();
  router.get(ROUTE.live, async (request, response) => {
    await admitReader(reading, request, response);
    sendPublic(response, (await live.list()).matches, MAX_AGE_SEC);
  });
  return router;
}
