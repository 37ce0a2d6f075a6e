/**
 * POST /matchmake/METHOD/ROOM: a seat for who may have one. The SDK's own route, answered here instead of by
 * Colyseus, which would ask nobody who they are and how often they come.
 */
import { ErrorCode, matchMaker } from "@colyseus/core";
import express, { type Request, type Router } from "express";
import { z } from "zod";
import { assertMayReturn } from "#server/admission/bans.ts";
import { admit } from "#server/admission/joinOptions.ts";
import { RoomQuota } from "#server/admission/roomQuota.ts";
import { isSeatKept, mayTakeSeat } from "#server/admission/seatOwners.ts";
import { asRefused, contextOf, createWaysIn, invoke } from "#server/admission/seatRequests.ts";
import { Headcount } from "#server/edge/counts.ts";
import type { Limited, Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { BODY_MAX_BYTES } from "#server/edge/requestValidation.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import { MATCHMAKE_METHODS, type Reservation, ROUTE } from "#shared/protocol/http.ts";
import { JoinOptions, ReconnectOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

type NewMethod = Exclude<(typeof MATCHMAKE_METHODS)[number], "reconnect">;
const ID = /^[\w-]{1,32}$/;
const OPTIONS_DEPTH_MAX = 8;
/** Colyseus copies them by recursion, when it has made the room already. */
const Options = z.record(z.string(), z.unknown()).refine((options) => isShallow(options, OPTIONS_DEPTH_MAX));

export interface MatchmakeRules {
  maxClients: number;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec(): number | undefined;
}

export function matchmakeRoute(recognise: Recognise, limits: Limits, rules: MatchmakeRules): Router {
  const router = express.Router();
  const quota = new RoomQuota((roomId) => matchMaker.getLocalRoomById(roomId) !== undefined);
  const waysIn = createWaysIn(limits);
  /** Calls that are about to be given a seat, by kind of room. */
  const reserving = new Headcount();

  router.post(ROUTE.matchmake, express.json({ limit: BODY_MAX_BYTES }), async (request, response) => {
    const method = z.enum(MATCHMAKE_METHODS).safeParse(request.params.method);
    const room = request.params.room;
    if (!method.success || !ID.test(room)) throw new Refused(404, "There is no such way into a room.");
    if (request.headers["content-type"] !== undefined && request.is("application/json") === false) {
      throw new Refused(REFUSAL.badJoinOptions, "join options must be application/json");
    }
    const visitor = await recognise(request, bearerOf(request));
    const answer =
      method.data === "reconnect"
        ? await returnTo(room, request, visitor)
        : await comeNew(method.data, room, request, visitor);
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;

  async function comeNew(
    method: NewMethod,
    room: string,
    request: Request,
    visitor: Visitor,
  ): Promise<Reservation> {
    refuseWhileClosing();
    const toList = room === ROOM.lobby && (method === "joinOrCreate" || method === "join");
    const counted = toList ? "browse" : "join";
    await limits.count(counted, visitor);
    const give = toList
      ? () => invoke(method, ROOM.lobby, {}, visitor)
      : prepare(method, room, readOptions(request, visitor), visitor);
    return whileThereIsPlace(toList ? ROOM.lobby : ROOM.arena, () => hold(counted, give, visitor));
  }

  /** The way into an arena. */
  function prepare(method: NewMethod, room: string, options: JoinOptions, visitor: Visitor) {
    if (method === "joinById") return () => waysIn.byCode(room, options, visitor);
    if (room !== ROOM.arena) {
      throw new Refused(ErrorCode.MATCHMAKE_NO_HANDLER, `There is no kind of room called "${room}".`);
    }
    if (method === "create") return () => make(options, visitor);
    return () => waysIn.quickPlay(options, visitor, method === "joinOrCreate");
  }

  /** Kept seats excepted, for the match goes on. Not counted: pages ask until the server is back. */
  function refuseWhileClosing(): void {
    const closingSec = rules.closingSec();
    if (closingSec === undefined) return;
    throw new Refused(REFUSAL.restarting, "The server is about to restart.", closingSec);
  }

  async function returnTo(roomId: string, request: Request, visitor: Visitor): Promise<unknown> {
    const options = ReconnectOptions.safeParse(request.body);
    const token = options.data?.reconnectionToken ?? "";
    const isTheirs = mayTakeSeat(token, visitor.identity);
    // Who returns to a seat of their own is no new visitor, however often the network fails them.
    if (!(isTheirs && isSeatKept(token))) await limits.count("join", visitor);
    if (!options.success)
      throw new Refused(REFUSAL.badJoinOptions, "reconnectionToken is missing or malformed");
    if (!isTheirs) {
      throw new Refused(REFUSAL.badToken, "This place is somebody else's.");
    }
    assertMayReturn(roomId, visitor);
    return invoke("reconnect", roomId, options.data, visitor);
  }

  async function whileThereIsPlace<Given>(name: string, give: () => Promise<Given>): Promise<Given> {
    if ((await seatsGiven(name)) + reserving.of(name) >= rules.maxClients) {
      throw new Refused(REFUSAL.serverFull, "This server is full: try again in half a minute.", 30);
    }
    reserving.add(name);
    return give().finally(() => reserving.remove(name));
  }

  async function make(options: JoinOptions, visitor: Visitor): Promise<Reservation> {
    await limits.count("create", visitor);
    if (!quota.mayMake(visitor)) {
      throw new Refused(REFUSAL.tooMany, "You have enough rooms open already.", 60);
    }
    const reservation = await waysIn.intoOwnRoom(options, visitor);
    quota.made(reservation.roomId, visitor);
    return reservation;
  }

  async function hold(
    counted: Limited,
    give: () => Promise<Reservation>,
    visitor: Visitor,
  ): Promise<Reservation> {
    await limits.count("reserve", visitor).catch(async (error) => {
      // Many at once from one address take turns: whoever has to wait has not used up a try.
      await limits.giveBack(counted, visitor);
      throw error;
    });
    return give().catch(async (error) => {
      await limits.giveBack("reserve", visitor);
      throw error;
    });
  }
}

/** Those that are reserved, or kept for who dropped, included: Colyseus' own count knows only of who has come. */
async function seatsGiven(name: string): Promise<number> {
  const rooms = await matchMaker.query({ name, processId: matchMaker.processId });
  return rooms.reduce((sum, { clients }) => sum + clients, 0);
}

/** Throws Refused. */
function readOptions({ body }: Request, visitor: Visitor): JoinOptions {
  const parsed = Options.safeParse(body ?? {});
  if (!parsed.success)
    throw new Refused(REFUSAL.badJoinOptions, "join options must be an object, and not a deep one");
  const options = known(parsed.data);
  try {
    admit(options, contextOf(visitor));
  } catch (error) {
    throw asRefused(error);
  }
  return JoinOptions.parse(options);
}

/** What a room asks for, and nothing else: Colyseus asks options for methods that they may have taken the name of. */
function known(options: Readonly<Record<string, unknown>>): object {
  const names = Object.keys(JoinOptions.shape).filter((name) => Object.hasOwn(options, name));
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1));
}
