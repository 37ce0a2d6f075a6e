/**
 * POST /matchmake/METHOD/ROOM: reserves a seat, in the way that the SDK asks for one.
 *
 * Takes the place of Colyseus' own route, which checks neither who asks nor how often.
 */
import { ErrorCode, type IRoomCache, matchMaker } from "@colyseus/core";
import express, { type Request, type Router } from "express";
import { z } from "zod";
import { assertNotBanned } from "#server/admission/bans.ts";
import { lookUpArena } from "#server/admission/directory.ts";
import { admit, contextOf, freeOnePlace } from "#server/admission/joinOptions.ts";
import { HeldTooMany, type Reservations } from "#server/admission/reservations.ts";
import { RoomQuota } from "#server/admission/roomQuota.ts";
import { assertOwner, endOldConnection, isSeatKept, mayTakeSeat } from "#server/admission/seatOwners.ts";
import { asRefused, createSeatRequests, invoke, type SeatRequests } from "#server/admission/seatRequests.ts";
import { Counts } from "#server/edge/counts.ts";
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { BODY_MAX_BYTES } from "#server/edge/requestValidation.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import { MATCHMAKE_METHODS, type Reservation, ROUTE } from "#shared/protocol/http.ts";
import { JoinOptions, ReconnectOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

type Method = (typeof MATCHMAKE_METHODS)[number];
const ID = /^[\w-]{1,32}$/;
const OPTIONS_DEPTH_MAX = 8;
/** Bounded in depth, because Colyseus copies options recursively, after it has created the room. */
const Options = z.record(z.string(), z.unknown()).refine((options) => isShallow(options, OPTIONS_DEPTH_MAX));

export interface MatchmakeRules {
  maxClients: number;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec(): number | undefined;
}

/** What all requests of a server share. */
interface Context {
  readonly limits: Limits;
  readonly reservations: Reservations;
  readonly capacity: Capacity;
  readonly seatRequests: SeatRequests;
  readonly quota: RoomQuota;
}

interface Capacity {
  readonly rules: MatchmakeRules;
  /** Requests that Colyseus does not count yet, by kind of room. */
  readonly pending: Counts;
}

interface JoinRequest {
  readonly method: Method;
  /** A kind of room, or a room's id. */
  readonly room: string;
  readonly body: unknown;
  readonly visitor: Visitor;
}

type Reserve = () => Promise<Reservation>;

export function matchmakeRoute(
  recognise: Recognise,
  limits: Limits,
  reservations: Reservations,
  rules: MatchmakeRules,
): Router {
  const router = express.Router();
  const capacity = { rules, pending: new Counts() };
  const context: Context = {
    limits,
    reservations,
    capacity,
    seatRequests: createSeatRequests({
      limits,
      withinCapacity: (take) => withinCapacity(capacity, ROOM.arena, take),
    }),
    quota: new RoomQuota((roomId) => matchMaker.getLocalRoomById(roomId) !== undefined),
  };
  router.post(ROUTE.matchmake, express.json({ limit: BODY_MAX_BYTES }), async (request, response) => {
    const { method, room } = parsePath(request.params);
    assertJson(request);
    const visitor = await recognise(request, bearerOf(request), "play");
    const joinRequest = { method, room, body: request.body, visitor };
    const answer = await (method === "reconnect" ? reconnect : takeSeat)(context, joinRequest);
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

function parsePath({ method, room }: { method: string; room: string }): Pick<JoinRequest, "method" | "room"> {
  const parsed = z.enum(MATCHMAKE_METHODS).safeParse(method);
  if (!parsed.success || !ID.test(room)) throw new Refused(404, "There is no such way into a room.");
  return { method: parsed.data, room };
}

function assertJson(request: Request<object>): void {
  if (request.headers["content-type"] !== undefined && request.is("application/json") === false) {
    throw new Refused(REFUSAL.badJoinOptions, "join options must be application/json");
  }
}

/** A new seat, in the lobby or in an arena. */
async function takeSeat(context: Context, request: JoinRequest): Promise<Reservation> {
  const { method, room, visitor } = request;
  assertNotClosing(context.capacity.rules);
  const isLobby = room === ROOM.lobby && (method === "joinOrCreate" || method === "join");
  const limit = isLobby ? "browse" : "join";
  await context.limits.count(limit, visitor);
  const reserve = isLobby
    ? () => withinCapacity(context.capacity, ROOM.lobby, () => invoke(method, ROOM.lobby, {}, visitor))
    : arenaReservation(context, request, parseOptions(request));
  return holdingSeat(context, limit, reserve, visitor);
}

/** Kept seats may still be taken, so that matches go on. Not counted by limits: pages poll until the server is back. */
function assertNotClosing(rules: MatchmakeRules): void {
  const closingSec = rules.closingSec();
  if (closingSec === undefined) return;
  throw new Refused(REFUSAL.restarting, "The server is about to restart.", closingSec);
}

function arenaReservation(
  context: Context,
  { method, room, visitor }: JoinRequest,
  options: JoinOptions,
): Reserve {
  const { seatRequests } = context;
  if (method === "joinById") return () => seatRequests.byCode(room, options, visitor);
  if (room !== ROOM.arena) {
    throw new Refused(ErrorCode.MATCHMAKE_NO_HANDLER, `There is no kind of room called "${room}".`);
  }
  if (method === "create") return () => createRoom(context, options, visitor);
  return () => seatRequests.quickPlay(options, visitor, method === "joinOrCreate");
}

async function createRoom(
  { limits, quota, seatRequests }: Context,
  options: JoinOptions,
  visitor: Visitor,
): Promise<Reservation> {
  await limits.count("create", visitor);
  if (!quota.mayCreate(visitor)) {
    throw new Refused(REFUSAL.tooMany, "You have enough rooms open already.", 60);
  }
  try {
    const reservation = await seatRequests.inOwnRoom(options, visitor);
    quota.addRoom(reservation.roomId, visitor);
    return reservation;
  } catch (error) {
    // A player who waits for a place on a full server must not lose a try for it.
    if (error instanceof Refused && error.status === REFUSAL.serverFull)
      await limits.refund("create", visitor);
    throw error;
  }
}

/** Throws Refused if seats and pending requests have reached maxClients; lobby and arenas count apart. */
async function withinCapacity({ rules, pending }: Capacity, name: string, reserve: Reserve) {
  const rooms = await matchMaker.query({ name, processId: matchMaker.processId });
  if (seatCount(rooms) + pending.of(name) >= rules.maxClients) {
    freeOnePlace(rooms.map(({ roomId }) => roomId));
    throw new Refused(REFUSAL.serverFull, "This server is full: try again in half a minute.", 30);
  }
  pending.add(name);
  return reserve().finally(() => pending.remove(name));
}

/** Includes reserved and kept seats, which Colyseus' own count of connected clients leaves out. */
const seatCount = (rooms: readonly IRoomCache[]): number =>
  rooms.reduce((sum, { clients }) => sum + clients, 0);

/** `counted`: the limit that counted the request. */
async function holdingSeat(
  { limits, reservations }: Context,
  counted: LimitName,
  reserve: Reserve,
  visitor: Visitor,
): Promise<Reservation> {
  try {
    return await reservations.hold(visitor, reserve);
  } catch (error) {
    // Players behind one address take turns here: the one who has to wait must not lose a try for it.
    if (error instanceof HeldTooMany) await limits.refund(counted, visitor);
    throw error;
  }
}

/** A kept seat, for its owner. */
async function reconnect({ limits }: Context, { room, body, visitor }: JoinRequest): Promise<Reservation> {
  const options = ReconnectOptions.safeParse(body);
  const token = options.data?.reconnectionToken ?? "";
  // An owner who returns is no new visitor, however often the network drops them.
  const isReturning = isSeatKept(token) && mayTakeSeat(token, visitor.identity);
  if (!isReturning) await limits.count("join", visitor);
  if (!options.success)
    throw new Refused(REFUSAL.badJoinOptions, "reconnectionToken is missing or malformed");
  // Colyseus' answer tells whether the room exists.
  if (!isReturning) await lookUpArena(limits, room, visitor);
  assertOwner(token, visitor.identity);
  assertNotBanned(room, visitor);
  // Colyseus would close it as an error, after which a page joins anew.
  endOldConnection(room, token);
  return invoke("reconnect", room, options.data, visitor);
}

/** Throws Refused. */
function parseOptions({ body, visitor }: JoinRequest): JoinOptions {
  const parsed = Options.safeParse(body ?? {});
  if (!parsed.success)
    throw new Refused(REFUSAL.badJoinOptions, "join options must be an object, and not a deep one");
  const options = knownOptions(parsed.data);
  try {
    admit(options, contextOf(visitor));
  } catch (error) {
    throw asRefused(error);
  }
  return JoinOptions.parse(options);
}

/** Drops all other options: Colyseus calls methods of the options object, whose names an option might take. */
function knownOptions(options: Readonly<Record<string, unknown>>): object {
  const names = Object.keys(JoinOptions.shape).filter((name) => Object.hasOwn(options, name));
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1));
}
