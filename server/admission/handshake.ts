/** Decides which WebSocket handshakes are accepted: those from an allowed page, for a room, within the limits. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { matchMaker } from "@colyseus/core";
import type { VerifyClientCallbackAsync } from "ws";
import { Counts } from "#server/edge/counts.ts";
import { type Limits, SEAT_RESERVED_SEC } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { assertWellFormed } from "#server/edge/requestValidation.ts";
import type { Recognise, Visitor } from "#server/edge/visitor.ts";
import { log } from "#server/log.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertNotBanned } from "./bans.ts";
import { assertOwner, endOldConnection, isSeatKept } from "./seatOwners.ts";

/** Open sockets of one network. */
const OPEN_MAX = 64;

/** /PROCESS/ROOM?sessionId=…, the URL that the SDK opens. */
const ROOM_PATH = /^\/[\w-]{1,32}\/([\w-]{1,32})$/;

interface Claim {
  roomId: string;
  sessionId: string;
  /** Undefined for the first connection to a seat. */
  reconnectionToken: string | undefined;
  authToken: string | undefined;
}

/** What all handshakes of a server share. */
interface Context {
  readonly recognise: Recognise;
  readonly limits: Limits;
  /** Open sockets by network. */
  readonly open: Counts;
  /** Session ids of reservations that were refunded a moment ago. */
  readonly refunded: Set<string>;
}

export function createHandshakeCheck(
  recognise: Recognise,
  limits: Limits,
): VerifyClientCallbackAsync<IncomingMessage> {
  const context: Context = { recognise, limits, open: new Counts(), refunded: new Set() };
  return ({ req }, answer) => {
    accept(context, req).then(
      () => answer(true),
      (error) => {
        const { status, message, retryAfterSec } = asRefused(error);
        countRefusal(`upgrade: ${status}`);
        answer(false, status, message, retryAfterSec ? { "Retry-After": String(retryAfterSec) } : {});
      },
    );
  };
}

/** Throws Refused. */
async function accept(context: Context, request: IncomingMessage): Promise<void> {
  assertWellFormed(request);
  const claim = readClaim(request);
  const visitor = await recogniseOwner(context, request, claim);
  await context.limits.count("connect", visitor);
  countSocket(context, request.socket, visitor);
  assertSeatNotBanned(claim, visitor);
  if (claim.reconnectionToken === undefined) return refundReservation(context, claim, visitor);
  assertOwner(claim.reconnectionToken, visitor.identity);
  endOldConnection(claim.roomId, claim.reconnectionToken);
}

function readClaim({ url }: IncomingMessage): Claim {
  const { pathname, searchParams } = new URL(`ws://server${url}`);
  const roomId = ROOM_PATH.exec(pathname)?.[1];
  const sessionId = searchParams.get("sessionId");
  // Colyseus keeps its rooms in a plain object, in which "constructor" would be found as well.
  if (!roomId || !sessionId || roomId in Object.prototype) throw new Refused(404, "There is no such room.");
  return {
    roomId,
    sessionId,
    authToken: searchParams.get("_authToken") ?? undefined,
    reconnectionToken: searchParams.get("reconnectionToken") ?? undefined,
  };
}

/**
 * Recognises the visitor; treats a bad token as none if the claimed seat no longer exists. After a restart the server
 * knows neither the seat nor, without JWT_SECRET, the identity. Colyseus' own answer makes clients join anew, while a
 * refused handshake would make them retry for 30 s.
 */
async function recogniseOwner(
  { recognise }: Context,
  request: IncomingMessage,
  claim: Claim,
): Promise<Visitor> {
  const { authToken, reconnectionToken } = claim;
  const isSeatLost = reconnectionToken !== undefined && !isSeatKept(reconnectionToken) && !isReserved(claim);
  try {
    return await recognise(request, authToken);
  } catch (error) {
    if (isSeatLost && error instanceof Refused && error.status === REFUSAL.badToken) {
      return recognise(request, undefined);
    }
    throw error;
  }
}

/** Synchronous, so that simultaneous handshakes are all counted. */
function countSocket({ open }: Context, socket: Socket, { network, isExempt }: Visitor): void {
  if (open.of(network) >= OPEN_MAX && !isExempt) {
    throw new Refused(REFUSAL.tooMany, "Too many connections from your network.", 10);
  }
  // Closed during the checks before: no close event would follow to take the socket off the count.
  if (socket.destroyed) throw new Refused(400, "The connection was closed.");
  open.add(network);
  socket.once("close", () => open.remove(network));
}

/**
 * For bans that were made after the seat was reserved or kept. A seat that does not exist is left to Colyseus, whose
 * answer makes the SDK stop retrying.
 */
function assertSeatNotBanned(claim: Claim, visitor: Visitor): void {
  const { reconnectionToken: token, roomId } = claim;
  const isSeat = token === undefined ? isReserved(claim) : isSeatKept(token);
  if (isSeat) assertNotBanned(roomId, visitor);
}

/** Takes a claimed reservation off the `reserve` limit: once per seat, and only if the seat is reserved. */
async function refundReservation(
  { limits, refunded }: Context,
  claim: Claim,
  visitor: Visitor,
): Promise<void> {
  const { sessionId } = claim;
  if (refunded.has(sessionId) || !isReserved(claim)) return;
  refunded.add(sessionId);
  setTimeout(() => refunded.delete(sessionId), SEAT_RESERVED_SEC * 1000).unref();
  await limits.refund("reserve", visitor);
}

/** Whether the seat is reserved for a new player who has not connected yet. */
const isReserved = ({ roomId, sessionId }: Claim): boolean =>
  matchMaker.getLocalRoomById(roomId)?.hasReservedSeat(sessionId) === true;

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  log.error({ err: error }, "a handshake failed");
  return new Refused(500, "The server failed.");
}
