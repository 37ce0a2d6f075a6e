/** Decides which WebSocket handshakes are accepted: those from an allowed page, for a room, within the limits. */
import type { IncomingMessage } from "node:http";
import { Holdings } from "#server/edge/holdings.ts";
import type { Limits } from "#server/edge/limits.ts";
import { countKeysOf } from "#server/edge/networks.ts";
import { adviseOnCrowd } from "#server/edge/proxyAdvice.ts";
import { Refused } from "#server/edge/refused.ts";
import { assertWellFormed } from "#server/edge/requestValidation.ts";
import { refuseUpgrade } from "#server/edge/upgradeRefusal.ts";
import type { Recognise, Visitor } from "#server/edge/visitor.ts";
import { logError } from "#server/logOnce.ts";
import { countRefusal } from "#server/services/metrics.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { orThrow } from "./refusals.ts";
import type { Reservations } from "./reservations.ts";
import type { Connection, Rooms } from "./rooms.ts";

/** Open sockets of one network. */
const OPEN_MAX = 128;

/** /PROCESS/ROOM?sessionId=…, the URL that the SDK opens. The room alone decides where the connection goes. */
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
  readonly reservations: Reservations;
  readonly rooms: Rooms;
  /** Open sockets by network. */
  readonly open: Holdings;
  /** By seat: what takes its socket off the count. */
  readonly releases: Map<string, () => void>;
}

/** The returned function answers a request that asks for an upgrade: it refuses it, or hands the connection over. */
export function createHandshakes(
  recognise: Recognise,
  limits: Limits,
  reservations: Reservations,
  rooms: Rooms,
): (connection: Connection) => void {
  const context: Context = {
    ...{ recognise, limits, reservations, rooms },
    open: new Holdings(OPEN_MAX),
    releases: new Map(),
  };
  return (connection) => {
    accept(context, connection).catch((error) => {
      const refused = asRefused(error);
      countRefusal(`upgrade: ${refused.status}`);
      refuseUpgrade(connection.socket, refused);
    });
  };
}

/** Throws Refused. */
async function accept(context: Context, connection: Connection): Promise<void> {
  const { request, socket } = connection;
  assertWellFormed(request);
  if (request.method !== "GET") throw new Refused(405, "A handshake is a GET request.");
  const claim = readClaim(request);
  const { roomId, sessionId, reconnectionToken } = claim;
  const visitor = await recogniseOwner(context, request, claim);
  await context.limits.count("connect", visitor);
  const arrival = { sessionId, reconnectionToken, visitor };
  const { seat } = orThrow(await context.rooms.ask(roomId, "arrive", arrival));
  // Closed during the checks before: no close event would follow to take the socket off the count.
  if (socket.destroyed) throw new Refused(400, "The connection was closed.");
  // The old socket stays open for up to CLOSE_WITHIN_MS: a school that returns after a network failure has two for each.
  if (seat !== undefined && reconnectionToken !== undefined) context.releases.get(seat)?.();
  const release = countSocket(context, visitor, seat);
  if (seat !== undefined && reconnectionToken === undefined) context.reservations.takeUp(seat);
  context.rooms.handOver(roomId, connection, release);
}

function readClaim({ url }: IncomingMessage): Claim {
  const { pathname, searchParams } = new URL(`ws://server${url}`);
  const [, roomId] = ROOM_PATH.exec(pathname) ?? [];
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
  { recognise, rooms }: Context,
  request: IncomingMessage,
  { roomId, sessionId, reconnectionToken, authToken }: Claim,
): Promise<Visitor> {
  try {
    return await recognise(request, authToken, "play");
  } catch (error) {
    const isBadToken = error instanceof Refused && error.status === REFUSAL.badToken;
    if (!isBadToken || reconnectionToken === undefined) throw error;
    const awaited = await rooms.ask(roomId, "isAwaited", { sessionId, reconnectionToken });
    if (!awaited.ok || awaited.value) throw error;
    return recognise(request, undefined, "play");
  }
}

/**
 * Synchronous, so that simultaneous handshakes are all counted. `seat`: the seat that the socket is for, if it exists. The
 * returned function takes the socket off the count. Throws Refused.
 */
function countSocket(
  { open, releases }: Context,
  { network, isExempt }: Visitor,
  seat: string | undefined,
): () => void {
  if (isExempt) return () => {};
  const release = open.take(countKeysOf(network));
  if (!release) {
    adviseOnCrowd(network, "sockets");
    throw new Refused(REFUSAL.tooMany, "Too many connections from your network.", 10);
  }
  if (seat !== undefined) releases.set(seat, release);
  return () => {
    release();
    if (seat !== undefined && releases.get(seat) === release) releases.delete(seat);
  };
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  logError(error, "a handshake failed");
  return new Refused(500, "The server failed.");
}
