/**
 * Which identity a seat belongs to, by the token that opens it again. The token alone is not enough: it may have been
 * read over somebody's shoulder, and Colyseus asks nobody who it is that returns.
 */
const owners = new Map<string, { token: string; identity: string | undefined }>();
const seats = new Map<string, string>();

/** Each connection has a token of its own: the one before opens nothing any more. */
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

/** A token of no seat of ours opens nothing anyway: Colyseus says so in its own way, which clients understand. */
export function mayTakeSeat(token: string, identity: string | undefined): boolean {
  const owner = owners.get(seats.get(token) ?? "");
  return owner === undefined || owner.identity === identity;
}

export interface SeatKey {
  sessionId: string;
  token: string;
}

/** All seats of an identity, in any room, oldest connection first. */
export function seatsOf(identity: string): SeatKey[] {
  return [...owners.entries()].flatMap(([sessionId, owner]) =>
    owner.identity === identity ? [{ sessionId, token: owner.token }] : [],
  );
}
