/**
 * GET /api/rooms/CODE: public information about a room. POST /api/rooms/CODE/takeover: ends the connection of the
 * visitor's other tab in the room, and answers the token that opens its seat.
 */
import express, { type Router } from "express";
import { listingOf } from "#server/admission/directory.ts";
import { lookUpArena } from "#server/admission/lookUp.ts";
import { orThrow } from "#server/admission/refusals.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { Limits } from "#server/edge/limits.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import { ROUTE, type RoomInfo, type TakeoverAnswer } from "#shared/protocol/http.ts";

export function roomsRoute(recognise: Recognise, limits: Limits, rooms: Rooms): Router {
  const router = express.Router();

  router.get(ROUTE.room, async (request, response) => {
    const visitor = await recognise(request, bearerOf(request), "read");
    await limits.count("look", visitor);
    const info = await infoOn(rooms, limits, request.params.code, visitor);
    response.setHeader("Cache-Control", "no-store").json(info);
  });

  router.post(ROUTE.takeover, async (request, response) => {
    const { code } = request.params;
    const visitor = await recognise(request, bearerOf(request), "play");
    await limits.count("takeover", visitor);
    const { token } = orThrow(await rooms.ask(code, "takeOver", { visitor }));
    // In the form that the SDK's client.reconnect expects.
    const answer: TakeoverAnswer = { reconnectionToken: `${code}:${token}` };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

async function infoOn(rooms: Rooms, limits: Limits, code: string, visitor: Visitor): Promise<RoomInfo> {
  const { directory } = rooms;
  const room = await lookUpArena({ limits, directory }, code, visitor);
  if (!room) return { is: (await directory.wasDrawn(code)) ? "ended" : "unknown" };
  const listing = listingOf(room);
  // A room that is still being created has no listing.
  if (!listing) return { is: "unknown" };
  const { identity } = visitor;
  const own = identity === undefined ? undefined : await rooms.ask(code, "hasSeat", { identity });
  return { is: "open", code, listing, yours: own?.ok === true && own.value };
}
