/**
 * Who may not come back into a room, for as long as it lives: the identity that was banned, and whoever comes from its
 * network as somebody new. A household shares a network, so those who were there when the ban was spoken still may.
 */
import { createHash, randomBytes } from "node:crypto";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

export const BANNED = "You were banned from this room.";

/** What a ban is judged by; bots and pages without a token have no identity. */
export type Bannable = Pick<Visitor, "identity" | "network">;

const SALT_BYTES = 16;

export class Bans {
  /** A room's own: from what it keeps nobody learns an address, nor who was banned in two rooms. */
  readonly #salt = randomBytes(SALT_BYTES);
  readonly #identities = new Set<string>();
  /** By the network's hash: the identities from anywhere that were there, and are not meant. */
  readonly #networks = new Map<string, Set<string>>();

  /** `present`: the identities of everybody who has a seat, dropped ones and spectators included. */
  ban({ identity, network }: Bannable, present: Iterable<string | undefined>): void {
    if (identity !== undefined) this.#identities.add(identity);
    const hash = this.#hashOf(network);
    const household = this.#networks.get(hash) ?? new Set();
    for (const other of present) if (other !== undefined) household.add(other);
    this.#networks.set(hash, household);
  }

  isBanned({ identity, network }: Bannable): boolean {
    if (identity !== undefined && this.#identities.has(identity)) return true;
    const household = this.#networks.get(this.#hashOf(network));
    return household !== undefined && (identity === undefined || !household.has(identity));
  }

  forgiveAll(): void {
    this.#identities.clear();
    this.#networks.clear();
  }

  #hashOf(network: string): string {
    return createHash("sha256").update(this.#salt).update(network).digest("base64");
  }
}

const byRoom = new Map<string, Bans>();

/** For a room that opens; every way into it asks these from now on. */
export function openBans(roomId: string): Bans {
  const bans = new Bans();
  byRoom.set(roomId, bans);
  return bans;
}

/** For a room that is gone. */
export function closeBans(roomId: string): void {
  byRoom.delete(roomId);
}

/** Asked by the edge of who comes back: Colyseus lets them in without asking their room. */
export const mayReturn = (roomId: string, visitor: Bannable): boolean =>
  byRoom.get(roomId)?.isBanned(visitor) !== true;

/** Throws Refused (REFUSAL.banned). */
export function assertMayReturn(roomId: string, visitor: Bannable): void {
  if (!mayReturn(roomId, visitor)) throw new Refused(REFUSAL.banned, BANNED);
}
