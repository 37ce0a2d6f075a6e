/**
 * Records which identity owns a seat, by the token that reopens it. The token alone is not enough: somebody may have
 * read it over the owner's shoulder, and Colyseus does not check who reconnects.
 */
import { matchMaker } from "@colyseus/core";
import type { WebSocket } from "ws";
import { Refused } from "#server/edge/refused.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const owners = new Map<string, { token: string; identity: string | undefined }>();
/** Session id by token. */
const seats = new Map<string, string>();

/** Call on every connection: each has a token of its own, and replaces the one before. */
export function keepSeatFor(sessionId: string, token: string, identity: string | undefined): void {
  forgetSeat(sessionId);
  owners.set(sessionId, { token, identity });
  seats.set(token, sessionId);
}

export function forgetSeat(sessionId: string): void {
  const token = owners.get(sessionId)?.token;
  if (token !== undefined) seats.delete(token);
  owners.delete(sessionId);
}

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

export interface SeatClaim {
  roomId: string;
  sessionId: string;
  /** Undefined for the first connection to a seat. */
  reconnectionToken: string | undefined;
}

/**
 * Ends the seat's old socket, if the claim shows the seat's current token; call before the new handshake is answered.
 * After a change of network the server's end of the old socket stays open for seconds, and Colyseus lets the new
 * connection wait until it closes.
 */
export function endStaleSocket({ roomId, sessionId, reconnectionToken }: SeatClaim): void {
  const client = matchMaker.getLocalRoomById(roomId)?.clients?.getById(sessionId);
  if (reconnectionToken && client?.reconnectionToken === reconnectionToken) {
    (client.ref as unknown as WebSocket).terminate();
  }
}
