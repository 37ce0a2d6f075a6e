/** Which WebSocket handshakes are answered: those of a player on a page of ours, for a room, not too often. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { matchMaker } from "@colyseus/core";
import type { VerifyClientCallbackAsync } from "ws";
import { Headcount } from "#server/edge/counts.ts";
import { type Limits, SEAT_RESERVED_SEC } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { demandWellFormed } from "#server/edge/requestValidation.ts";
import type { Recognise, Visitor } from "#server/edge/visitor.ts";
import { log } from "#server/log.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertMayReturn } from "./bans.ts";
import { isSeatKept, mayTakeSeat } from "./seatOwners.ts";
import { endStaleSocket, type SeatClaim } from "./staleSocket.ts";

/** At once, by network. */
const OPEN_MAX = 64;

/** /PROCESS/ROOM?sessionId=…, as the SDK asks for it. */
const ROOM_PATH = /^\/[\w-]{1,32}\/([\w-]{1,32})$/;

interface Knock extends SeatClaim {
  authToken: string | undefined;
}

export function createUpgradeCheck(
  recognise: Recognise,
  limits: Limits,
): VerifyClientCallbackAsync<IncomingMessage> {
  const open = new Headcount();
  /** Session ids of reserved seats that somebody came for a moment ago. */
  const takenUp = new Set<string>();

  /** Throws Refused. */
  const admit = async (request: IncomingMessage) => {
    demandWellFormed(request);
    const knock = readKnock(request);
    const visitor = await recogniseKnocker(request, knock);
    await limits.count("connect", visitor);
    hold(request.socket, visitor);
    refuseBanned(knock, visitor);
    if (knock.reconnectionToken === undefined) await takeUp(knock, visitor);
    else if (mayTakeSeat(knock.reconnectionToken, visitor.identity)) endStaleSocket(knock);
    else throw new Refused(REFUSAL.badToken, "This place is somebody else's.");
  };

  /**
   * After a restart neither the seat nor, without JWT_SECRET, the identity is known any more. Colyseus says so in a way
   * that makes its clients join anew; a refused handshake they would try for half a minute.
   */
  const recogniseKnocker = async (request: IncomingMessage, knock: Knock) => {
    const { authToken, reconnectionToken } = knock;
    const seatIsLost =
      reconnectionToken !== undefined && !isSeatKept(reconnectionToken) && !isReserved(knock);
    try {
      return await recognise(request, authToken);
    } catch (error) {
      if (seatIsLost && error instanceof Refused && error.status === REFUSAL.badToken) {
        return recognise(request, undefined);
      }
      throw error;
    }
  };

  /** Nothing is waited for in here, so that many who come at once are all counted. */
  const hold = (socket: Socket, { network, exempt }: Visitor) => {
    if (open.of(network) >= OPEN_MAX && !exempt) {
      throw new Refused(REFUSAL.tooMany, "Too many connections from your network.", 10);
    }
    // Left while it was looked at: no close would follow that takes it off the count.
    if (socket.destroyed) throw new Refused(400, "Nobody is there any more.");
    open.add(network);
    socket.once("close", () => open.remove(network));
  };

  /** Banned since the seat was held or kept. Of one that is gone Colyseus says so, which ends the SDK's tries. */
  const refuseBanned = (knock: Knock, visitor: Visitor) => {
    const { reconnectionToken: token, roomId } = knock;
    const isSeat = token === undefined ? isReserved(knock) : isSeatKept(token);
    if (isSeat) assertMayReturn(roomId, visitor);
  };

  /** A seat that its player came for is not held any longer: once, however often they come, and only when it is one. */
  const takeUp = async (knock: Knock, visitor: Visitor) => {
    const { sessionId } = knock;
    if (takenUp.has(sessionId) || !isReserved(knock)) return;
    takenUp.add(sessionId);
    setTimeout(() => takenUp.delete(sessionId), SEAT_RESERVED_SEC * 1000).unref();
    await limits.giveBack("reserve", visitor);
  };

  return ({ req }, answer) => {
    admit(req).then(
      () => answer(true),
      (error) => {
        const { status, message, retryAfterSec } = asRefused(error);
        countRefusal(`upgrade: ${status}`);
        answer(false, status, message, retryAfterSec ? { "Retry-After": String(retryAfterSec) } : {});
      },
    );
  };
}

/** For a new player, that is, who has not come yet. */
const isReserved = ({ roomId, sessionId }: Knock): boolean =>
  matchMaker.getLocalRoomById(roomId)?.hasReservedSeat(sessionId) === true;

function readKnock({ url }: IncomingMessage): Knock {
  const { pathname, searchParams } = new URL(`ws://server${url}`);
  const roomId = ROOM_PATH.exec(pathname)?.[1];
  const sessionId = searchParams.get("sessionId");
  // Colyseus keeps its rooms in a plain object, in which "constructor" is found as well.
  if (!roomId || !sessionId || roomId in Object.prototype) throw new Refused(404, "There is no such room.");
  return {
    roomId,
    sessionId,
    authToken: searchParams.get("_authToken") ?? undefined,
    reconnectionToken: searchParams.get("reconnectionToken") ?? undefined,
  };
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  log.error({ err: error }, "a handshake failed");
  return new Refused(500, "The server failed.");
}
