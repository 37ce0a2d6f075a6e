/** Seats in the rooms that only tell something: the list of rooms, and live matches. */
import { matchMaker } from "@colyseus/core";
import { z } from "zod";
import { contextOf } from "#server/admission/joinOptions.ts";
import { lookUpArena, unknownRoom } from "#server/admission/lookUp.ts";
import { asRefused } from "#server/admission/refusals.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { LiveFeed } from "#server/rooms/live/liveFeed.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { LiveOptions } from "#shared/protocol/live.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Capacity, countPending, hasRoom, type Reserve, seatCount, serverFull } from "./capacity.ts";

const LISTS = [ROOM.lobby, ROOM.live] as const;
export type ListName = (typeof LISTS)[number];
/** Undefined for a room of another kind. */
export const listOf = (room: string): ListName | undefined => LISTS.find((list) => list === room);

export interface ListParts {
  readonly limits: Limits;
  readonly rooms: Rooms;
  readonly live: LiveFeed;
  readonly capacity: Capacity;
}

export interface ListRequest {
  /** "joinOrCreate" or "join". */
  readonly method: string;
  readonly body: unknown;
  readonly visitor: Visitor;
}

const LiveRequest = z.object({ code: z.string().max(32).default("") }) satisfies z.ZodType<LiveOptions>;

/** Throws Refused: for a code, unless its room may be looked at. */
export async function listReservation(
  { capacity, limits, rooms, live }: ListParts,
  { method, body, visitor }: ListRequest,
  list: ListName,
): Promise<Reserve> {
  if (list === ROOM.lobby) return () => inList(capacity, method, list, {}, visitor);
  const options = LiveRequest.safeParse(body ?? {});
  if (!options.success) throw new Refused(REFUSAL.badJoinOptions, "code must be a room's code");
  const { code } = options.data;
  if (code !== "") {
    const { directory } = rooms;
    if (!(await lookUpArena({ limits, directory }, code, visitor))) throw await unknownRoom(directory, code);
    await live.match(code);
  }
  return () => inList(capacity, method, list, options.data, visitor);
}

/** The lists run in this process. The watchers of all lists count together, and apart from players. */
async function inList(
  capacity: Capacity,
  method: string,
  list: ListName,
  options: object,
  visitor: Visitor,
): Promise<Reservation> {
  const rooms = await Promise.all(LISTS.map((name) => matchMaker.query({ name })));
  if (!hasRoom(capacity, "lists", seatCount(rooms.flat()))) throw serverFull();
  const { controller } = matchMaker;
  return countPending(capacity, "lists", () =>
    controller.invokeMethod(method, list, options, contextOf(visitor)).catch((error) => {
      throw asRefused(error);
    }),
  );
}
