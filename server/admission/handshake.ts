/** Decides which WebSocket handshakes are accepted: those from an allowed page, for a room, within the limits. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { matchMaker } from "@colyseus/core";
import type { VerifyClientCallbackAsync } from "ws";
import { Holdings } from "#server/edge/holdings.ts";
import type { Limits } from "#server/edge/limits.ts";
import { countKeysOf } from "#server/edge/networks.ts";
import { adviseOnCrowd } from "#server/edge/proxyAdvice.ts";
import { Refused } from "#server/edge/refused.ts";
import { assertWellFormed } from "#server/edge/requestValidation.ts";
import type { Recognise, Visitor } from "#server/edge/visitor.ts";
import { log } from "#server/log.ts";
import { isLogDue, logError } from "#server/logOnce.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertNotBanned } from "./bans.ts";
import type { Reservations } from "./reservations.ts";
import { assertOwner, endOldConnection, isSeatKept, seatOf } from "./seatOwners.ts";

/** Open sockets of one network. */
const OPEN_MAX = 128;

/** /PROCESS/ROOM?sessionId=…, the URL that the SDK opens. */
const ROOM_PATH = /^\/([\w-]{1,32})\/([\w-]{1,32})$/;

interface Claim {
  /** The process that reserved the seat. */
  processId: string;
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
  readonly reservations: Reservations;
  /** Open sockets by network. */
  readonly open: Holdings;
  /** By seat: what takes its socket off the count. */
  readonly releases: Map<string, () => void>;
}

export function createHandshakeCheck(
  recognise: Recognise,
  limits: Limits,
  reservations: Reservations,
): VerifyClientCallbackAsync<IncomingMessage> {
  const context: Context = {
    recognise,
    limits,
    reservations,
    open: new Holdings(OPEN_MAX),
    releases: new Map(),
  };
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
  // Closed during the checks before: no close event would follow to take the socket off the count.
  if (request.socket.destroyed) throw new Refused(400, "The connection was closed.");
  assertSeatNotBanned(claim, visitor);
  const { reconnectionToken } = claim;
  if (reconnectionToken === undefined) {
    countSocket(context, request.socket, visitor, isReserved(claim) ? claim.sessionId : undefined);
    noticeOtherProcess(claim);
    if (isReserved(claim)) context.reservations.takeUp(claim.sessionId);
    return;
  }
  assertOwner(reconnectionToken, visitor.identity);
  endOldConnection(claim.roomId, reconnectionToken);
  // The old socket stays open for up to CLOSE_WITHIN_MS: a school that returns after a network failure has two for each.
  const seat = seatOf(reconnectionToken);
  if (seat !== undefined) context.releases.get(seat)?.();
  countSocket(context, request.socket, visitor, seat);
}

function readClaim({ url }: IncomingMessage): Claim {
  const { pathname, searchParams } = new URL(`ws://server${url}`);
  const [, processId, roomId] = ROOM_PATH.exec(pathname) ?? [];
  const sessionId = searchParams.get("sessionId");
  // Colyseus keeps its rooms in a plain object, in which "constructor" would be found as well.
  if (!processId || !roomId || !sessionId || roomId in Object.prototype)
    throw new Refused(404, "There is no such room.");
  return {
    processId,
    roomId,
    sessionId,
    authToken: searchParams.get("_authToken") ?? undefined,
    reconnectionToken: searchParams.get("reconnectionToken") ?? undefined,
  };
}

/** Logs once that a proxy spreads players over several processes. */
function noticeOtherProcess({ processId }: Claim): void {
  if (processId === matchMaker.processId || !isLogDue("other process", "")) return;
  log.warn(
    "a player came for a seat that another process reserved: if a proxy spreads one address over several processes, joins fail. Give each process an address of its own (docs/operating.md)",
  );
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
    return await recognise(request, authToken, "play");
  } catch (error) {
    if (isSeatLost && error instanceof Refused && error.status === REFUSAL.badToken) {
      return recognise(request, undefined, "play");
    }
    throw error;
  }
}

/** Synchronous, so that simultaneous handshakes are all counted. `seat`: the seat that the socket is for, if it exists. */
function countSocket(
  { open, releases }: Context,
  socket: Socket,
  { network, isExempt }: Visitor,
  seat: string | undefined,
): void {
  if (isExempt) return;
  const release = open.take(countKeysOf(network));
  if (!release) {
    adviseOnCrowd(network, "sockets");
    throw new Refused(REFUSAL.tooMany, "Too many connections from your network.", 10);
  }
  if (seat !== undefined) releases.set(seat, release);
  socket.once("close", () => {
    release();
    if (seat !== undefined && releases.get(seat) === release) releases.delete(seat);
  });
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

/** Whether the seat is reserved for a new player who has not connected yet. */
const isReserved = ({ roomId, sessionId }: Claim): boolean =>
  matchMaker.getLocalRoomById(roomId)?.hasReservedSeat(sessionId) === true;

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  logError(error, "a handshake failed");
  return new Refused(500, "The server failed.");
}
