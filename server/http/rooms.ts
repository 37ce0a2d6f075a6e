/**
 * GET /api/rooms/CODE: what is known of a room, to who opens its link. POST /api/rooms/CODE/takeover: the key of one's own
 * seat in it, which another tab has now; that tab's connection ends.
 */
import { matchMaker } from "@colyseus/core";
import express, { type Router } from "express";
import { assertMayReturn } from "#server/admission/bans.ts";
import { findArena, listingOf } from "#server/admission/directory.ts";
import { roomCodes } from "#server/admission/roomCodes.ts";
import { type SeatKey, seatsOf } from "#server/admission/seatOwners.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Recognise } from "#server/edge/visitor.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ROUTE, type RoomInfo, type TakeoverAnswer } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";

export function roomsRoute(recognise: Recognise, limits: Limits): Router {
  const router = express.Router();

  router.get(ROUTE.room, async (request, response) => {
    const visitor = await recognise(request, bearerOf(request), true);
    await limits.count("look", visitor);
    const info = await infoOn(request.params.code, visitor.identity);
    response.setHeader("Cache-Control", "no-store").json(info);
  });

  router.post(ROUTE.takeover, async (request, response) => {
    const { code } = request.params;
    const visitor = await recognise(request, bearerOf(request));
    await limits.count("takeover", visitor);
    assertMayReturn(code, visitor);
    const seat = seatIn(code, visitor.identity);
    if (!seat) throw new Refused(REFUSAL.roomUnknown, "You have no place in this room.");
    endOtherTab(code, seat);
    const answer: TakeoverAnswer = { reconnectionToken: `${code}:${seat.token}` };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

async function infoOn(code: string, identity: string | undefined): Promise<RoomInfo> {
  if (!isRoomCode(code)) return { is: "unknown" };
  const room = await findArena(code);
  if (!room) return { is: roomCodes.wasDrawn(code) ? "ended" : "unknown" };
  const listing = listingOf(room);
  // Not there for anybody yet: it is being made.
  if (!listing) return { is: "unknown" };
  return { is: "open", code, listing, yours: seatIn(code, identity) !== undefined };
}

/** Of several the one that was taken last. */
function seatIn(code: string, identity: string | undefined): SeatKey | undefined {
  // Rooms are in a plain object, in which "constructor" is found as well.
  if (identity === undefined || !isRoomCode(code)) return undefined;
  const room = matchMaker.getLocalRoomById(code) as ArenaRoom | undefined;
  return seatsOf(identity).findLast(({ sessionId }) => room?.state.roster.has(sessionId));
}

/**
 * The seat is kept, as after any drop; the socket ends within a second even when nobody is there to answer the close, and
 * at once when the new tab comes first.
 */
function endOtherTab(code: string, { sessionId }: SeatKey): void {
  const client = matchMaker.getLocalRoomById(code)?.clients.getById(sessionId);
  const socket = client?.ref as unknown as GuardedSocket | undefined;
  socket?.end({ code: CLOSE.takenOver, reason: "taken over in another tab" });
}
