/**
 * POST /matchmake/METHOD/ROOM: reserves a seat, in the way that the SDK asks for one.
 *
 * Takes the place of Colyseus' own route, which checks neither who asks nor how often.
 */
import { ErrorCode } from "@colyseus/core";
import express, { type Request, type Router } from "express";
import { z } from "zod";
import { admit, contextOf } from "#server/admission/joinOptions.ts";
import { lookUpArena } from "#server/admission/lookUp.ts";
import { asRefused, orThrow } from "#server/admission/refusals.ts";
import { HeldTooMany, type Reservations } from "#server/admission/reservations.ts";
import { RoomQuota } from "#server/admission/roomQuota.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { createSeatRequests, type SeatRequests } from "#server/admission/seatRequests.ts";
import { Counts } from "#server/edge/counts.ts";
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { BODY_MAX_BYTES } from "#server/edge/requestValidation.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import type { LiveFeed } from "#server/rooms/live/liveFeed.ts";
import { MATCHMAKE_METHODS, type Reservation, ROUTE } from "#shared/protocol/http.ts";
import { JoinOptions, ReconnectOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import {
  type Capacity,
  countPending,
  hasRoom,
  type MatchmakeRules,
  type Reserve,
  seatCount,
  serverFull,
} from "./capacity.ts";
import { createEditorQuota, editorReservation } from "./editorSeats.ts";
import { type ListParts, type ListRequest, listOf, listReservation } from "./listSeats.ts";

type Method = (typeof MATCHMAKE_METHODS)[number];
const ID = /^[\w-]{1,32}$/;
const OPTIONS_DEPTH_MAX = 8;
/** Bounded in depth, because Colyseus copies options recursively, after it has created the room. */
const Options = z.record(z.string(), z.unknown()).refine((options) => isShallow(options, OPTIONS_DEPTH_MAX));

/** What all requests of a server share. */
interface Context extends ListParts {
  readonly reservations: Reservations;
  readonly seatRequests: SeatRequests;
  readonly quota: RoomQuota;
  readonly editorQuota: RoomQuota;
}

interface JoinRequest extends ListRequest {
  readonly method: Method;
  /** A kind of room, or a room's id. */
  readonly room: string;
}

export function matchmakeRoute(
  recognise: Recognise,
  limits: Limits,
  reservations: Reservations,
  rooms: Rooms,
  live: LiveFeed,
  rules: MatchmakeRules,
): Router {
  const router = express.Router();
  const capacity = { rules, pending: new Counts() };
  const context: Context = {
    ...{ limits, rooms, live, reservations, capacity },
    seatRequests: createSeatRequests({
      limits,
      rooms,
      withinCapacity: (take) => inArena(capacity, rooms, take),
    }),
    quota: new RoomQuota((roomId) => rooms.directory.isOwn(roomId)),
    editorQuota: createEditorQuota(limits),
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

/** A new seat, in a list, in an editor or in an arena. */
async function takeSeat(context: Context, request: JoinRequest): Promise<Reservation> {
  const { method, visitor } = request;
  assertNotClosing(context.capacity.rules);
  const isAnywhere = method === "joinOrCreate" || method === "join";
  const list = isAnywhere ? listOf(request.room) : undefined;
  const isEditor = isAnywhere && request.room === ROOM.editor;
  const limit = list ? "browse" : isEditor ? "edit" : "join";
  await context.limits.count(limit, visitor);
  const reserve = list
    ? await listReservation(context, request, list)
    : isEditor
      ? await editorReservation(context.editorQuota, request.body, visitor)
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

/** Throws Refused if the arenas' seats and pending requests have reached maxClients. */
async function inArena(capacity: Capacity, rooms: Rooms, reserve: Reserve): Promise<Reservation> {
  const seats = seatCount(rooms.directory.own.values());
  if (hasRoom(capacity, ROOM.arena, seats)) return countPending(capacity, ROOM.arena, reserve);
  await rooms.freeOnePlace();
  throw serverFull();
}

/** `counted`: the limit that counted the request. */
async function holdingSeat(
  { limits, reservations, rooms }: Context,
  counted: LimitName,
  reserve: Reserve,
  visitor: Visitor,
): Promise<Reservation> {
  try {
    const reservation = await reservations.hold(visitor, reserve);
    // The machine of the room holds the seat: only there it is heard that the player takes it up.
    if (counted === "join" && !rooms.directory.isOwn(reservation.roomId))
      reservations.takeUp(reservation.sessionId);
    return reservation;
  } catch (error) {
    // Players behind one address take turns here: the one who has to wait must not lose a try for it.
    if (error instanceof HeldTooMany) await limits.refund(counted, visitor);
    throw error;
  }
}

/** A kept seat, for its owner. */
async function reconnect(
  { limits, rooms }: Context,
  { room, body, visitor }: JoinRequest,
): Promise<Reservation> {
  const options = ReconnectOptions.safeParse(body);
  const token = options.data?.reconnectionToken ?? "";
  const { identity } = visitor;
  const holder = await rooms.ask(room, "holderOf", { token, identity });
  // An owner who returns is no new visitor, however often the network drops them.
  const isReturning = holder.ok && holder.value === "own";
  if (!isReturning) await limits.count("join", visitor);
  if (!options.success)
    throw new Refused(REFUSAL.badJoinOptions, "reconnectionToken is missing or malformed");
  // Colyseus' answer tells whether the room exists.
  if (!isReturning) await lookUpArena({ limits, directory: rooms.directory }, room, visitor);
  return orThrow(await rooms.ask(room, "reconnect", { token, visitor }));
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
