/** Which WebSocket handshakes are answered: those of a player on a page of ours, for a room, not too often. */
import type { IncomingMessage } from "node:http";
import type { VerifyClientCallbackAsync } from "ws";
import { log } from "#server/log.ts";
import { isSeatKept, mayTakeSeat } from "#server/rooms/seatKeys.ts";
import { endStaleSocket, type SeatClaim } from "#server/rooms/staleSocket.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Limits } from "./limits.ts";
import { Refused } from "./refused.ts";
import type { Recognise } from "./visitor.ts";
import { demandWellFormed } from "./wellFormed.ts";

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
  const open = new Map<string, number>();

  /** Throws Refused. */
  const admit = async (request: IncomingMessage) => {
    demandWellFormed(request);
    const knock = readKnock(request);
    const visitor = await recogniseKnocker(request, knock);
    await limits.count("connect", visitor);
    const already = open.get(visitor.network) ?? 0;
    if (already >= OPEN_MAX && !visitor.exempt) {
      throw new Refused(REFUSAL.tooMany, "Too many connections from your network.", 10);
    }
    if (knock.reconnectionToken === undefined) await limits.giveBack("reserve", visitor);
    else if (mayTakeSeat(knock.reconnectionToken, visitor.identity)) endStaleSocket(knock);
    else throw new Refused(REFUSAL.badToken, "This place is somebody else's.");
    open.set(visitor.network, already + 1);
    request.socket.once("close", () => release(visitor.network));
  };

  /**
   * After a restart neither the seat nor, without JWT_SECRET, the identity is known any more. Colyseus says so in a way
   * that makes its clients join anew; a refused handshake they would try for half a minute.
   */
  const recogniseKnocker = async (request: IncomingMessage, { authToken, reconnectionToken }: Knock) => {
    const seatIsLost = reconnectionToken !== undefined && !isSeatKept(reconnectionToken);
    try {
      return await recognise(request, authToken);
    } catch (error) {
      if (seatIsLost && error instanceof Refused && error.status === REFUSAL.badToken) {
        return recognise(request, undefined);
      }
      throw error;
    }
  };

  const release = (network: string) => {
    const left = (open.get(network) ?? 1) - 1;
    if (left > 0) open.set(network, left);
    else open.delete(network);
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

function readKnock({ url }: IncomingMessage): Knock {
  const { pathname, searchParams } = new URL(`ws://server${url}`);
  const roomId = ROOM_PATH.exec(pathname)?.[1];
  const sessionId = searchParams.get("sessionId");
  if (!roomId || !sessionId) throw new Refused(404, "There is no such room.");
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
