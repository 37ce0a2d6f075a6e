/** Reserves a seat in an arena: by room code, by quick play, or in a room of the visitor's own. */
import { ErrorCode, type IRoomCache, matchMaker, ServerError } from "@colyseus/core";
import { isRoomFullMessage } from "#server/colyseus/seatErrors.ts";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { logError } from "#server/logOnce.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertNotBanned } from "./bans.ts";
import { findArena, listingOf, lookUpArena } from "./directory.ts";
import { countGuess } from "./guesses.ts";
import { assertEntry, contextOf, freeOnePlace, type KnownVisitor, recogniseEntrant } from "./joinOptions.ts";
import { publicArenaFor } from "./quickPlay.ts";
import { roomCodes } from "./roomCodes.ts";

/** Each request rejects with Refused. */
export interface SeatRequests {
  byCode(code: string, options: JoinOptions, visitor: Visitor): Promise<Reservation>;
  /** `mayCreate`: opens a public room if none has a place. */
  quickPlay(options: JoinOptions, visitor: Visitor, mayCreate: boolean): Promise<Reservation>;
  inOwnRoom(options: JoinOptions, visitor: Visitor): Promise<Reservation>;
}

/** Takes a seat if the server has room for one; otherwise rejects with Refused. Call it after all other checks. */
export type WithinCapacity = (take: () => Promise<Reservation>) => Promise<Reservation>;

interface Rules {
  readonly limits: Limits;
  readonly withinCapacity: WithinCapacity;
}

export function createSeatRequests(rules: Rules): SeatRequests {
  const inTurn = oneAtATime();
  return {
    async byCode(code, options, visitor) {
      const room = await lookUpArena(rules.limits, code, visitor);
      if (!room) throw unknownRoom(code);
      return requestIn(rules, room, options, await recogniseEntrant(visitor, options));
    },
    // The store is asked before the visitor's turn, so that a slow answer holds up nobody else.
    async quickPlay(options, visitor, mayCreate) {
      const known = await recogniseEntrant(visitor, options);
      return inTurn(() => requestQuickPlay(rules, options, known, mayCreate));
    },
    async inOwnRoom(options, visitor) {
      return requestInOwnRoom(rules, options, await recogniseEntrant(visitor, options));
    },
  };
}

/**
 * The ban comes first, so that a banned visitor neither uses up a password guess nor learns that the room is locked.
 * If Colyseus has locked the room, its listing tells whether the host locked it or it is full.
 */
async function requestIn(
  { limits, withinCapacity }: Rules,
  room: IRoomCache,
  options: JoinOptions,
  visitor: KnownVisitor,
): Promise<Reservation> {
  const code = room.roomId;
  assertNotBanned(code, visitor);
  if (room.locked && listingOf(room)?.locked) throw new Refused(REFUSAL.roomLocked, "This room is locked.");
  if (options.password === "") askRoom(code, options, visitor);
  else await askWithPassword(limits, code, options, visitor);
  if (room.locked) {
    freeOnePlace([code], visitor);
    throw new Refused(REFUSAL.roomFull, "This room is full.");
  }
  return withinCapacity(() => invoke("joinById", code, options, visitor));
}

function unknownRoom(code: string): Refused {
  return roomCodes.wasDrawn(code)
    ? new Refused(REFUSAL.roomEnded, "This room has ended.")
    : new Refused(REFUSAL.roomUnknown, "There is no room of this code.");
}

function askRoom(code: string, options: JoinOptions, visitor: KnownVisitor): void {
  try {
    assertEntry(code, options, visitor);
  } catch (error) {
    const refused = asRefused(error);
    if (refused instanceof Refused && refused.status === REFUSAL.roomFull) freeOnePlace([code], visitor);
    throw refused;
  }
}

async function askWithPassword(
  limits: Limits,
  code: string,
  options: JoinOptions,
  visitor: KnownVisitor,
): Promise<void> {
  const room = matchMaker.getLocalRoomById(code) as object | undefined;
  // A room of another process is not asked here, and so reveals nothing.
  if (!room) return;
  const conclude = await countGuess(limits, "password", room, visitor);
  try {
    askRoom(code, options, visitor);
  } catch (error) {
    await conclude(!(error instanceof Refused && error.status === REFUSAL.wrongPassword));
    throw error;
  }
  await conclude(true);
}

async function requestQuickPlay(
  rules: Rules,
  options: JoinOptions,
  visitor: KnownVisitor,
  mayCreate: boolean,
): Promise<Reservation> {
  const publicOptions = asPublic(options);
  const refusedBy = new Set<string>();
  for (;;) {
    const roomId = await publicArenaFor(publicOptions, refusedBy, visitor.entrant.points);
    if (roomId === undefined) break;
    try {
      const room = await findArena(roomId);
      if (!room) throw unknownRoom(roomId);
      return await requestIn(rules, room, publicOptions, visitor);
    } catch (error) {
      if (!(error instanceof Refused && TRY_ANOTHER_ROOM.has(error.status))) throw error;
      refusedBy.add(roomId);
    }
  }
  // A spectator gets no room of their own: there would be nothing to watch.
  if (mayCreate && !publicOptions.spectate) return requestInOwnRoom(rules, publicOptions, visitor);
  throw new Refused(ErrorCode.MATCHMAKE_INVALID_CRITERIA, "No public room has a place for you.");
}

/** Refusals that concern one room only. */
const TRY_ANOTHER_ROOM: ReadonlySet<number> = new Set([
  REFUSAL.roomUnknown,
  REFUSAL.roomEnded,
  REFUSAL.roomLocked,
  REFUSAL.roomFull,
  REFUSAL.alreadyHere,
  REFUSAL.networkFull,
  REFUSAL.noSpectators,
  ErrorCode.MATCHMAKE_INVALID_ROOM_ID,
  ErrorCode.MATCHMAKE_EXPIRED,
]);

/** A room that is not private is a public room like any other, and quick play may lead into it. */
async function requestInOwnRoom(
  { withinCapacity }: Rules,
  options: JoinOptions,
  visitor: KnownVisitor,
): Promise<Reservation> {
  const own = options.private ? options : asPublic(options);
  return withinCapacity(() => invoke("create", ROOM.arena, own, visitor));
}

function asPublic({ settings: _settings, ...options }: JoinOptions): JoinOptions {
  return { ...options, private: false, password: "" };
}

/** Runs tasks one at a time, so that each sees the rooms and seats that the one before took. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(task);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Calls a method of Colyseus' matchmaking controller. Rejects with what `asRefused` returns. */
export async function invoke(
  method: string,
  room: string,
  options: object,
  visitor: Visitor,
): Promise<Reservation> {
  try {
    return await matchMaker.controller.invokeMethod(method, room, options, contextOf(visitor));
  } catch (error) {
    throw asRefused(error);
  }
}

/** Passes Colyseus' own refusals on to the player; logs an unexpected ServerError and hides its text. */
export function asRefused(error: unknown): Error {
  if (!(error instanceof ServerError)) return error as Error;
  const { code, message } = error;
  // Another visitor took the last seat in the meantime.
  if (isRoomFullMessage(message)) return new Refused(REFUSAL.roomFull, "This room is full.");
  const isExpected =
    Number.isInteger(code) && code >= 400 && code <= 599 && code !== ErrorCode.MATCHMAKE_UNHANDLED;
  if (isExpected) return new Refused(code, message, code === REFUSAL.serverFull ? 30 : undefined);
  logError(error, "matchmaking failed");
  return new Refused(ErrorCode.MATCHMAKE_UNHANDLED, "The server could not find you a place. Try again.");
}
