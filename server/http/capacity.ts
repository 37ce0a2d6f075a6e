/** How many seats a server has, those that are being reserved included. */
import type { Counts } from "#server/edge/counts.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

export interface MatchmakeRules {
  maxClients: number;
  /** Seconds until the server is back; undefined while it is not closing. */
  closingSec(): number | undefined;
}

export interface Capacity {
  readonly rules: MatchmakeRules;
  /** Requests that Colyseus does not count yet, by kind of room. */
  readonly pending: Counts;
}

export type Reserve = () => Promise<Reservation>;

export const hasRoom = ({ rules, pending }: Capacity, name: string, seats: number): boolean =>
  seats + pending.of(name) < rules.maxClients;

/** Counts the request until Colyseus does. */
export function countPending({ pending }: Capacity, name: string, reserve: Reserve): Promise<Reservation> {
  pending.add(name);
  return reserve().finally(() => pending.remove(name));
}

export const serverFull = () =>
  new Refused(REFUSAL.serverFull, "This server is full: try again in half a minute.", 30);

/** Includes reserved and kept seats, which Colyseus' own count of connected clients leaves out. */
export function seatCount(rooms: Iterable<{ readonly clients: number }>): number {
  let sum = 0;
  for (const { clients } of rooms) sum += clients;
  return sum;
}
