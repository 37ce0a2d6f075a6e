/** GET /api/players/NAME: an account's profile, under any spelling of its name; a former name redirects to the present one. */
import express, { type Router } from "express";
import { Refused } from "#server/edge/refused.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { admitReader, type Reading, sendPublic } from "./publicJson.ts";

const MAX_AGE_SEC = 10;

export function playersRoute(reading: Reading): Router {
  const router = express.Router();
  router.get(ROUTE.player, async (request, response) => {
    await admitReader(reading, request, response);
    const player = await reading.reads.player(request.params.name);
    if (!player) throw new Refused(404, "No player has this name.");
    if ("movedTo" in player) return response.redirect(302, pathTo(ROUTE.player, { name: player.movedTo }));
    sendPublic(response, player, MAX_AGE_SEC);
  });
  return router;
}
