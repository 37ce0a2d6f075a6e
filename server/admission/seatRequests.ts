/** Reserves a seat in an arena: by room code, by quick play, or in a room of the visitor's own. */
import { ErrorCode } from "@colyseus/core";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Directory, RoomRow } from "./directory.ts";
import { countGuess } from "./guesses.ts";
import { type KnownVisitor, recogniseEntrant } from "./joinOptions.ts";
import { lookUpArena, unknownRoom } from "./lookUp.ts";
import { publicArenaFor } from "./quickPlay.ts";
import { orThrow } from "./refusals.ts";
import { HeldTooMany } from "./reservations.ts";
import type { Rooms } from "./rooms.ts";

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
  readonly rooms: Rooms;
  readonly withinCapacity: WithinCapacity;
}

export function createSeatRequests(rules: Rules): SeatRequests {
  const inTurn = oneAtATime();
  return {
    async byCode(code, options, visitor) {
      const { limits, rooms } = rules;
      const room = await lookUpArena({ limits, directory: rooms.directory }, code, visitor);
      if (!room) throw await unknownRoom(rooms.directory, code);
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

/** The room asks for the ban first, so that a banned visitor neither uses up a password guess nor learns anything. */
async function requestIn(
  { limits, rooms, withinCapacity }: Rules,
  { roomId, locked }: RoomRow,
  options: JoinOptions,
  visitor: KnownVisitor,
): Promise<Reservation> {
  const conclude =
    options.password === "" ? undefined : await countGuess(limits, "password", roomId, visitor);
  const entry = await rooms.ask(roomId, "mayEnter", { options, visitor });
  await conclude?.(entry.ok || entry.status !== REFUSAL.wrongPassword);
  // A room that nobody may enter by itself tells above; Colyseus locks one whose last place is reserved.
  const isFull = entry.ok ? locked : entry.status === REFUSAL.roomFull;
  if (isFull) {
    await rooms.freeOnePlace([roomId], visitor);
    throw new Refused(REFUSAL.roomFull, "This room is full.");
  }
  orThrow(entry);
  const reserve = () => rooms.ask(roomId, "reserve", { options, visitor });
  if (rooms.directory.isOwn(roomId)) return withinCapacity(async () => orThrow(await reserve()));
  // Another machine counts its own seats, and holds those that nobody has taken up yet.
  const seat = await reserve();
  if (!seat.ok && seat.status === REFUSAL.tooMany) throw new HeldTooMany();
  return orThrow(seat);
}

async function requestQuickPlay(
  rules: Rules,
  options: JoinOptions,
  visitor: KnownVisitor,
  mayCreate: boolean,
): Promise<Reservation> {
  const publicOptions = asPublic(options);
  const refusedBy = new Set<string>();
  const { directory } = rules.rooms;
  let full: Refused | undefined;
  for (;;) {
    const roomId = await publicArenaFor(directory, publicOptions, refusedBy, visitor.entrant.points);
    if (roomId === undefined) break;
    let room: RoomRow | undefined;
    try {
      room = await directory.find(roomId);
      if (!room) throw await unknownRoom(directory, roomId);
      return await requestIn(rules, room, publicOptions, visitor);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const isHere = directory.own.has(roomId);
      if (isHere && error.status === REFUSAL.serverFull) full = error;
      else if (!TRY_ANOTHER_ROOM.has(error.status) && !TRY_ANOTHER_PROCESS.has(error.status)) throw error;
      for (const each of full ? directory.own.keys() : []) refusedBy.add(each);
      if (OF_WHOLE_PROCESS.has(error.status))
        for (const each of await neighboursOf(directory, room)) refusedBy.add(each);
      refusedBy.add(roomId);
    }
  }
  if (full) throw full;
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
  // The page is of this front's version: the room is of an older one, which has a deploy behind it.
  REFUSAL.stalePage,
  ErrorCode.MATCHMAKE_INVALID_ROOM_ID,
  ErrorCode.MATCHMAKE_EXPIRED,
]);

/** Refusals that concern the rooms of one process or machine: it holds no more players, is about to end, or is silent. */
const TRY_ANOTHER_PROCESS: ReadonlySet<number> = new Set([REFUSAL.serverFull, REFUSAL.restarting]);

/**
 * Refusals that the process' other rooms would repeat: it is silent, about to end, or of another version. The visitor would
 * wait for each, and hold up all who press Play.
 */
const OF_WHOLE_PROCESS: ReadonlySet<number> = new Set([REFUSAL.restarting, REFUSAL.stalePage]);

/** The rooms in the same process, as far as quick play may lead into them. */
async function neighboursOf(directory: Directory, room: RoomRow | undefined): Promise<string[]> {
  const rows = [...directory.own.values(), ...(await directory.withPlace(undefined))];
  return rows.flatMap(({ roomId, processId }) => (processId === room?.processId ? [roomId] : []));
}

/** A room that is not private is a public room like any other, and quick play may lead into it. */
async function requestInOwnRoom(
  { rooms, withinCapacity }: Rules,
  options: JoinOptions,
  visitor: KnownVisitor,
): Promise<Reservation> {
  const own = options.private ? options : asPublic(options);
  return withinCapacity(async () => {
    const { code } = orThrow(await rooms.open(own));
    return orThrow(await rooms.ask(code, "reserve", { options: own, visitor }));
  });
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
