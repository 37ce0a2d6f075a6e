/**
 * Records which identity owns a seat, by the token that reopens it. The token alone is not enough: somebody may have
 * read it over the owner's shoulder, and Colyseus does not check who reconnects.
 */
import { matchMaker } from "@colyseus/core";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { Refused } from "#server/edge/refused.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

interface Owner {
  readonly token: string;
  readonly identity: string | undefined;
  /** Whether another tab takes the seat over. */
  isTakenOver: boolean;
}

/** The owner of each seat that has a token, by session id. */
const owners = new Map<string, Owner>();
/** Session id by token. */
const seats = new Map<string, string>();

/** Call on every connection; it replaces the one before. */
export function keepSeatFor(sessionId: string, token: string, identity: string | undefined): void {
  forgetSeat(sessionId);
  owners.set(sessionId, { token, identity, isTakenOver: false });
  seats.set(token, sessionId);
}

export function forgetSeat(sessionId: string): void {
  const token = owners.get(sessionId)?.token;
  if (token !== undefined) seats.delete(token);
  owners.delete(sessionId);
}

/** The next connection to the seat gets a token of its own, and the former tab's becomes void. */
export function noteTakeover(sessionId: string): void {
  const owner = owners.get(sessionId);
  if (owner) owner.isTakenOver = true;
}

/**
 * The token of a connection that returns to the seat, for which Colyseus has drawn `fresh`. It stays the same: a new one
 * would be lost with the connection if that breaks before the client has read it, and the seat with it.
 */
export function tokenOnReturn(sessionId: string, fresh: string): string {
  const owner = owners.get(sessionId);
  return owner && !owner.isTakenOver ? owner.token : fresh;
}

/** The session id of the seat that a token reopens. */
export const seatOf = (token: string): string | undefined => seats.get(token);

/** The token that reopens a seat; undefined for a seat that nobody has connected to. */
export const tokenOf = (sessionId: string): string | undefined => owners.get(sessionId)?.token;

export const isSeatKept = (token: string): boolean => seats.has(token);

/** True for an unknown token as well: Colyseus refuses it with an answer that clients understand. */
export function mayTakeSeat(token: string, identity: string | undefined): boolean {
  const owner = owners.get(seats.get(token) ?? "");
  return owner === undefined || owner.identity === identity;
}

/** Throws Refused with REFUSAL.badToken. */
export function assertOwner(token: string, identity: string | undefined): void {
  if (!mayTakeSeat(token, identity)) throw new Refused(REFUSAL.badToken, "This place is somebody else's.");
}

export interface OwnedSeat {
  sessionId: string;
  token: string;
}

/** All seats of an identity, in any room, oldest connection first. */
export function seatsOf(identity: string): OwnedSeat[] {
  return [...owners.entries()].flatMap(([sessionId, owner]) =>
    owner.identity === identity ? [{ sessionId, token: owner.token }] : [],
  );
}

export const hasSeat = (identity: string): boolean => seatsOf(identity).length > 0;

/**
 * Ends the connection of a seat in this room, which stays kept, if `token` reopens it; call before the seat is given to
 * a new connection. After a change of network the server's end of the old connection stays open for seconds, and
 * Colyseus lets the new one wait. The old one may also belong to another tab, as when a player duplicates it: the code
 * says that it must not come back as a new player.
 */
export function endOldConnection(roomId: string, token: string): void {
  const client = matchMaker.getLocalRoomById(roomId)?.clients?.getById(seats.get(token) ?? "");
  (client?.ref as unknown as GuardedSocket | undefined)?.endForSuccessor();
}
