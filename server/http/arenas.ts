/**
 * POST /api/arenas: a Tiled file that somebody brings, kept at once. GET /api/arenas/SHA.tmj: a file, which never changes. DELETE
 * of it: by who brought it.
 */
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { LimitName, Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { FILE_BODY_MAX_BYTES } from "#server/edge/requestValidation.ts";
import { bearerOf, type Recognise, type Visitor } from "#server/edge/visitor.ts";
import { ArenasBusyError, type BroughtArena, NotKeptError } from "#server/services/arenas/arenas.ts";
import type { KeptArenas } from "#server/services/arenas/keptArenas.ts";
import { ARENA_ID } from "#shared/arena/limits.ts";
import { BringRequest, type Brought, type FaultyAnswer } from "#shared/protocol/editor.ts";
import { type MapOffer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { admitReader, type Reading } from "./publicJson.ts";

/** A moderator may remove it. */
const MAX_AGE_SEC = 3600;
const BUSY_SEC = 3;
const FULL_SEC = 3600;

const WHY_NOT: Readonly<Record<NotKeptError["why"], Refused>> = {
  removed: new Refused(410, "This arena was removed by a moderator."),
  tooMany: new Refused(409, "You have brought as many arenas as a player may: remove one first."),
  full: new Refused(507, "This server has no room for more arenas.", FULL_SEC),
  signedOut: new Refused(REFUSAL.badToken, "This device was signed out."),
};

export interface ArenaParts {
  readonly reading: Reading;
  readonly arenas: KeptArenas;
}

export function arenasRoute({ reading, arenas }: ArenaParts): Router {
  const router = express.Router();
  router.post(ROUTE.arenas, admitting(reading, "arena"), fileBody, async (request, response) => {
    const parsed = BringRequest.safeParse(request.body);
    if (!parsed.success) throw new Refused(400, "The body of this request is malformed.");
    const { identity } = visitorOf(response);
    const checked = await orRefuse(arenas.bring(parsed.data.tiledJson, identity));
    if (!checked.ok) return void sendFaulty(response, checked.faults);
    const answer: Brought = { map: offerOf(checked.brought) };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });

  router.get(ROUTE.arenaFile, async (request, response) => {
    await admitReader(reading, request, response);
    const { sha256 } = request.params;
    const reply = ARENA_ID.test(sha256) ? await arenas.read(sha256) : MISSING;
    if (reply.is === "removed") throw new Refused(410, "This arena was removed.");
    if (reply.is === "missing") throw new Refused(404, "There is no such arena.");
    response.type("json").setHeader("Cache-Control", `public, max-age=${MAX_AGE_SEC}, immutable`);
    response.setHeader("X-Robots-Tag", "noindex");
    response.setHeader("ETag", `"${sha256}"`).send(reply.arena.tiledJson);
  });

  router.delete(ROUTE.arenaFile, async (request, response) => {
    const { identity } = await admit(reading, request, "arena");
    const { sha256 } = request.params;
    if (identity === undefined)
      throw new Refused(REFUSAL.badToken, "This needs an identity: show its token.");
    const removal = ARENA_ID.test(sha256) ? await arenas.remove(sha256, identity) : "missing";
    if (removal === "missing") throw new Refused(404, "There is no such arena.");
    if (removal === "notTheirs") throw new Refused(403, "Somebody else has brought this arena.");
    if (removal === "named") throw new Refused(409, "A draft has this arena as a version: delete the draft.");
    response.status(204).end();
  });
  return router;
}

const MISSING = { is: "missing" } as const;

interface Admitting {
  readonly recognise: Recognise;
  readonly limits: Limits;
}

async function admit(
  { recognise, limits }: Admitting,
  request: Request<object>,
  limit: LimitName,
): Promise<Visitor> {
  const visitor = await recognise(request, bearerOf(request), "play");
  await limits.count(limit, visitor);
  return visitor;
}

/** Counts the visitor before the body is read. */
export const admitting =
  (parts: Admitting, limit: LimitName): RequestHandler =>
  async (request, response, next) => {
    Object.assign(response.locals, { visitor: await admit(parts, request, limit) });
    next();
  };

/** A visitor whom `admitting` has let in. */
export const visitorOf = (response: Response): Visitor => response.locals.visitor as Visitor;

/** Parses a body that holds a Tiled file as text. */
export const fileBody: RequestHandler = express.json({ limit: FILE_BODY_MAX_BYTES });

/** Turns what services/arenas throws into refusals. */
export async function orRefuse<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ArenasBusyError)
      throw new Refused(503, "Too many arenas are looked at: try again.", BUSY_SEC);
    if (error instanceof NotKeptError) throw WHY_NOT[error.why];
    throw error;
  }
}

export function sendFaulty(response: Response, faults: FaultyAnswer["faults"]): void {
  const answer: FaultyAnswer = { code: 422, error: "The map cannot be played.", faults };
  response.status(422).setHeader("Cache-Control", "no-store").json(answer);
}

export const offerOf = ({ arena, title }: Pick<BroughtArena, "arena" | "title">): MapOffer => {
  const { name, modes, players, theme, use } = arena;
  return { name, modes, players, theme, use, ...(title && { title }) };
};
