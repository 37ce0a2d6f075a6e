/** The ways to a place in an arena: by its code, by quick play, or by making one. Each throws Refused. */
import { type AuthContext, ErrorCode, matchMaker, ServerError } from "@colyseus/core";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { log } from "#server/log.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertMayReturn } from "./bans.ts";
import { findArena, listingOf } from "./directory.ts";
import { assertEntry } from "./entrance.ts";
import { publicArenaFor } from "./quickPlay.ts";
import { roomCodes } from "./roomCodes.ts";

export interface WaysIn {
  byCode(code: string, options: JoinOptions, visitor: Visitor): Promise<Reservation>;
  /** `make`: a room, when there is none. */
  quickPlay(options: JoinOptions, visitor: Visitor, make: boolean): Promise<Reservation>;
  intoOwnRoom(options: JoinOptions, visitor: Visitor): Promise<Reservation>;
}

export function createWaysIn(limits: Limits): WaysIn {
  const inTurn = createTurns();
  return { byCode, quickPlay: (...asked) => inTurn(() => quickPlay(...asked)), intoOwnRoom };

  async function byCode(code: string, options: JoinOptions, visitor: Visitor): Promise<Reservation> {
    const room = await findArena(code);
    if (!room) throw gone(code);
    assertMayReturn(code, visitor);
    const listing = listingOf(room);
    if (room.locked && listing?.locked) throw new Refused(REFUSAL.roomLocked, "This room is locked.");
    if (room.locked) throw new Refused(REFUSAL.roomFull, "This room is full.");
    if (options.password !== "") await guess(code, options, visitor);
    else askRoom(code, options, visitor);
    return invoke("joinById", code, options, visitor);
  }

  /** Counted before it is looked at, so that of many tries at once none is free. */
  async function guess(code: string, options: JoinOptions, visitor: Visitor): Promise<void> {
    await limits.count("roomPassword", visitor);
    try {
      askRoom(code, options, visitor);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== REFUSAL.wrongPassword) {
        await limits.giveBack("roomPassword", visitor);
      }
      throw error;
    }
    await limits.giveBack("roomPassword", visitor);
  }

  async function quickPlay(options: JoinOptions, visitor: Visitor, make: boolean): Promise<Reservation> {
    const asked = asPublic(options);
    const refusedBy = new Set<string>();
    for (;;) {
      const roomId = await publicArenaFor(asked, refusedBy);
      if (roomId === undefined) break;
      try {
        return await byCode(roomId, asked, visitor);
      } catch (error) {
        if (!(error instanceof Refused && NO_PLACE.has(error.status))) throw error;
        refusedBy.add(roomId);
      }
    }
    // Nobody watches an empty room.
    if (make && !asked.spectate) return invoke("create", ROOM.arena, asked, visitor);
    throw new Refused(ErrorCode.MATCHMAKE_INVALID_CRITERIA, "No public room has a place for you.");
  }

  /** What is not private is a public room like any other, and quick play leads into it. */
  async function intoOwnRoom(options: JoinOptions, visitor: Visitor): Promise<Reservation> {
    return invoke("create", ROOM.arena, options.private ? options : asPublic(options), visitor);
  }
}

/** Another room may do. */
const NO_PLACE: ReadonlySet<number> = new Set([
  REFUSAL.roomUnknown,
  REFUSAL.roomEnded,
  REFUSAL.roomLocked,
  REFUSAL.roomFull,
  REFUSAL.noSpectators,
  ErrorCode.MATCHMAKE_INVALID_ROOM_ID,
  ErrorCode.MATCHMAKE_EXPIRED,
]);

function asPublic({ settings: _settings, ...options }: JoinOptions): JoinOptions {
  return { ...options, private: false, password: "" };
}

function gone(code: string): Refused {
  return roomCodes.wasDrawn(code)
    ? new Refused(REFUSAL.roomEnded, "This room has ended.")
    : new Refused(REFUSAL.roomUnknown, "There is no room of this code.");
}

function askRoom(code: string, options: JoinOptions, visitor: Visitor): void {
  try {
    assertEntry(code, options, visitor);
  } catch (error) {
    throw asRefused(error);
  }
}

/** One after the other: who comes next finds the room that the one before has made, or its last place taken. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(task);
    last = mine.catch(() => {});
    return mine;
  };
}

/** As the room's onAuth finds the visitor. */
export const contextOf = (visitor: Visitor): AuthContext => ({
  ip: visitor.network,
  headers: new Headers(),
  req: visitor,
});

/** Calls one of Colyseus' own methods. */
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

/** Colyseus' own reasons are for players; what was not foreseen is for the log alone. */
export function asRefused(error: unknown): Error {
  if (!(error instanceof ServerError)) return error as Error;
  const { code, message } = error;
  // What a seat that was taken meanwhile looks like by now.
  if (message.endsWith(" is already full.")) return new Refused(REFUSAL.roomFull, "This room is full.");
  const foreseen =
    Number.isInteger(code) && code >= 400 && code <= 599 && code !== ErrorCode.MATCHMAKE_UNHANDLED;
  if (foreseen) return new Refused(code, message, code === REFUSAL.serverFull ? 30 : undefined);
  log.error({ err: error }, "matchmaking failed");
  return new Refused(ErrorCode.MATCHMAKE_UNHANDLED, "The server could not find you a place. Try again.");
}
