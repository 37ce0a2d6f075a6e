/**
 * POST /matchmake/METHOD/ROOM: a seat for who may have one. The SDK's own route, answered here instead of by
 * Colyseus, which would ask nobody who they are and how often they come.
 */
import { type AuthContext, ErrorCode, matchMaker, ServerError } from "@colyseus/core";
import express, { type Request, type Router } from "express";
import { z } from "zod";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { RoomQuota } from "#server/edge/roomQuota.ts";
import type { Recognise, Visitor } from "#server/edge/visitor.ts";
import { BODY_MAX_BYTES } from "#server/edge/wellFormed.ts";
import { log } from "#server/log.ts";
import { isSeatKept, mayTakeSeat } from "#server/rooms/seatKeys.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const METHODS = ["joinOrCreate", "create", "join", "joinById", "reconnect"] as const;
const ID = /^[\w-]{1,32}$/;
const OPTIONS_DEPTH_MAX = 8;
/** Colyseus copies them by recursion, when it has made the room already. */
const Options = z.record(z.string(), z.unknown()).refine((options) => isShallow(options, OPTIONS_DEPTH_MAX));
/** Of this one body only the token matters; the room checks the others by its own schema. */
const ReconnectOptions = z.object({ reconnectionToken: z.string().regex(ID) });

export interface MatchmakeRules {
  maxClients: number;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec(): number | undefined;
}

export function matchmakeRoute(recognise: Recognise, limits: Limits, rules: MatchmakeRules): Router {
  const router = express.Router();
  const quota = new RoomQuota((roomId) => matchMaker.getLocalRoomById(roomId) !== undefined);
  /** Calls that are about to be given a seat. */
  let reserving = 0;

  router.post(
    "/matchmake/:method/:room",
    express.json({ limit: BODY_MAX_BYTES }),
    async (request, response) => {
      const method = z.enum(METHODS).safeParse(request.params.method);
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
    },
  );
  return router;

  async function comeNew(method: string, room: string, request: Request, visitor: Visitor): Promise<unknown> {
    refuseWhileClosing();
    await limits.count("join", visitor);
    return whileThereIsPlace(() => reserve(method, room, request, visitor));
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
    const mayReturn = mayTakeSeat(token, visitor.identity);
    // Who returns to a seat of their own is no new visitor, however often the network fails them.
    if (!(mayReturn && isSeatKept(token))) await limits.count("join", visitor);
    if (!options.success)
      throw new Refused(REFUSAL.badJoinOptions, "reconnectionToken is missing or malformed");
    if (!mayReturn) {
      throw new Refused(REFUSAL.badToken, "This place is somebody else's.");
    }
    return invoke("reconnect", roomId, options.data, visitor);
  }

  async function whileThereIsPlace(give: () => Promise<unknown>): Promise<unknown> {
    if ((await seatsGiven()) + reserving >= rules.maxClients) {
      throw new Refused(REFUSAL.serverFull, "This server is full: try again in half a minute.", 30);
    }
    reserving++;
    return give().finally(() => reserving--);
  }

  async function reserve(method: string, room: string, request: Request, visitor: Visitor): Promise<unknown> {
    const options = Options.safeParse(request.body ?? {});
    if (!options.success)
      throw new Refused(REFUSAL.badJoinOptions, "join options must be an object, and not a deep one");
    if (method === "create") {
      await limits.count("create", visitor);
      if (!quota.mayMake(visitor))
        throw new Refused(REFUSAL.tooMany, "You have enough rooms open already.", 60);
    }
    await limits.count("reserve", visitor).catch(async (error) => {
      // Many at once from one address take turns: whoever has to wait has not used up a try.
      await limits.giveBack("join", visitor);
      throw error;
    });
    const reservation = await invoke(method, room, known(options.data), visitor).catch(async (error) => {
      await limits.giveBack("reserve", visitor);
      throw error;
    });
    if (method === "create") quota.made(reservation.roomId, visitor);
    return reservation;
  }
}

/** Those that are reserved, or kept for who dropped, included: Colyseus' own count knows only of who has come. */
async function seatsGiven(): Promise<number> {
  const rooms = await matchMaker.query({ processId: matchMaker.processId });
  return rooms.reduce((sum, { clients }) => sum + clients, 0);
}

/** The room's onAuth finds the visitor in its context. */
async function invoke(method: string, room: string, options: object, visitor: Visitor) {
  const context = { ip: visitor.network, headers: new Headers(), req: visitor } satisfies AuthContext;
  try {
    return (await matchMaker.controller.invokeMethod(method, room, options, context)) as { roomId: string };
  } catch (error) {
    throw asRefused(error);
  }
}

/** Colyseus' own reasons are for players; what was not foreseen is for the log alone. */
function asRefused(error: unknown): Error {
  if (!(error instanceof ServerError)) return error as Error;
  const { code, message } = error;
  const foreseen =
    Number.isInteger(code) && code >= 400 && code <= 599 && code !== ErrorCode.MATCHMAKE_UNHANDLED;
  if (foreseen) return new Refused(code, message, code === REFUSAL.serverFull ? 30 : undefined);
  log.error({ err: error }, "matchmaking failed");
  return new Refused(ErrorCode.MATCHMAKE_UNHANDLED, "The server could not find you a place. Try again.");
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

function bearerOf(request: Request): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
}
