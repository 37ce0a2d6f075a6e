/**
 * GET /api/rooms/CODE: public information about a room. POST /api/rooms/CODE/takeover: ends the connection of the
 * visitor's other tab in the room, and answers the token that opens its seat.
 */
import { type IRoomCache, matchMaker } from "@colyseus/core";
import express, { type Router } from "express";
import { assertNotBanned } from "#server/admission/bans.ts";
import { listingOf, lookUpArena } from "#server/admission/directory.ts";
import { roomCodes } from "#server/admission/roomCodes.ts";
import { endOldConnection, type OwnedSeat, seatsOf } from "#server/admission/seatOwners.ts";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Recognise } from "#server/edge/visitor.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { ROUTE, type RoomInfo, type TakeoverAnswer } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";

export function roomsRoute(recognise: Recognise, limits: Limits): Router {
  const router = express.Router();

  router.get(ROUTE.room, async (request, response) => {
    const visitor = await recognise(request, bearerOf(request), "read");
    await limits.count("look", visitor);
    const { code } = request.params;
    const info = infoOn(code, await lookUpArena(limits, code, visitor), visitor.identity);
    response.setHeader("Cache-Control", "no-store").json(info);
  });

  router.post(ROUTE.takeover, async (request, response) => {
    const { code } = request.params;
    const visitor = await recognise(request, bearerOf(request), "play");
    await limits.count("takeover", visitor);
    assertNotBanned(code, visitor);
    const seat = seatIn(code, visitor.identity);
    if (!seat) throw new Refused(REFUSAL.roomUnknown, "You have no place in this room.");
    endOldConnection(code, seat.token);
    // In the form that the SDK's client.reconnect expects.
    const answer: TakeoverAnswer = { reconnectionToken: `${code}:${seat.token}` };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

function infoOn(code: string, room: IRoomCache | undefined, identity: string | undefined): RoomInfo {
  if (!room) return { is: roomCodes.wasDrawn(code) ? "ended" : "unknown" };
  const listing = listingOf(room);
  // A room that is still being created has no listing.
  if (!listing) return { is: "unknown" };
  return { is: "open", code, listing, yours: seatIn(code, identity) !== undefined };
}

/** The visitor's seat in the room; of several, the one with the newest connection. */
function seatIn(code: string, identity: string | undefined): OwnedSeat | undefined {
  // Colyseus keeps its rooms in a plain object, in which "constructor" would be found as well.
  if (identity === undefined || !isRoomCode(code)) return undefined;
  const room = matchMaker.getLocalRoomById(code) as ArenaRoom | undefined;
  return seatsOf(identity).findLast(({ sessionId }) => room?.state.roster.has(sessionId));
}
