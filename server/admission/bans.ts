/**
 * Keeps who is banned from a room for as long as the room exists: the banned identity, and newcomers from its network (of
 * IPv6, the /56 that a home has).
 *
 * A household shares a network, so identities that had a seat when the ban was made may still come in.
 */
import { createHash, randomBytes } from "node:crypto";
import { householdOf } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { BansForm } from "./roomSnapshot.ts";

export const BANNED = "You were banned from this room.";

/** The part of a visitor that bans look at; bots and pages without a token have no identity. */
export type Bannable = Pick<Visitor, "identity" | "network">;

const SALT_BYTES = 16;
/** Beyond these, the oldest ban is lifted. */
const BANS_MAX = 500;

/** Keeps mutes as well (rooms/people.ts): a mute is a ban from speaking, and spares the same people. */
export class Bans {
  /** Per room: stored hashes reveal neither an address nor that two rooms banned the same network. */
  #salt: Buffer = randomBytes(SALT_BYTES);
  /** Hashes of networks by banned identity, or by themselves for those who had none; oldest first. */
  readonly #banned = new Map<string, string>();
  /** Exempt identities by the banned network's hash: everyone who had a seat at the time, from any network. */
  readonly #networks = new Map<string, Set<string>>();

  /** `present`: the identities of all seats, including dropped players and spectators. */
  ban({ identity, network }: Bannable, present: Iterable<string | undefined>): void {
    const hash = this.#hashOf(network);
    this.#banned.set(identity ?? hash, hash);
    const household = this.#networks.get(hash) ?? new Set();
    for (const other of present) if (other !== undefined) household.add(other);
    this.#networks.set(hash, household);
    const [oldest] = this.#banned.keys();
    if (this.#banned.size > BANS_MAX && oldest !== undefined) this.#lift(oldest);
  }

  isBanned({ identity, network }: Bannable): boolean {
    if (identity !== undefined && this.#banned.has(identity)) return true;
    const household = this.#networks.get(this.#hashOf(network));
    return household !== undefined && (identity === undefined || !household.has(identity));
  }

  /** Lifts a person's ban. Without an identity that is the ban of the network, except of the identities banned in it. */
  forgive({ identity, network }: Bannable): void {
    const hash = this.#hashOf(network);
    this.#lift(identity ?? hash);
    if (identity === undefined) this.#networks.delete(hash);
    else this.#networks.get(hash)?.add(identity);
  }

  forgiveAll(): void {
    this.#banned.clear();
    this.#networks.clear();
  }

  snapshot(): BansForm {
    return {
      salt: this.#salt.toString("base64"),
      banned: [...this.#banned],
      networks: Array.from(this.#networks, ([hash, household]) => [hash, [...household]]),
    };
  }

  restore({ salt, banned, networks }: BansForm): void {
    this.forgiveAll();
    this.#salt = Buffer.from(salt, "base64");
    for (const [key, hash] of banned) this.#banned.set(key, hash);
    for (const [hash, household] of networks) this.#networks.set(hash, new Set(household));
  }

  /** Newcomers from the network are free once nobody is banned there. */
  #lift(key: string): void {
    const hash = this.#banned.get(key);
    this.#banned.delete(key);
    if (hash !== undefined && ![...this.#banned.values()].includes(hash)) this.#networks.delete(hash);
  }

  #hashOf(network: string): string {
    return createHash("sha256").update(this.#salt).update(householdOf(network)).digest("base64");
  }
}

const byRoom = new Map<string, Bans>();

/** Call when a room opens: every way into the room checks the returned bans. */
export function openBans(roomId: string): Bans {
  const bans = new Bans();
  byRoom.set(roomId, bans);
  return bans;
}

/** Call when a room is disposed. */
export function closeBans(roomId: string): void {
  byRoom.delete(roomId);
}

/**
 * Throws Refused with REFUSAL.banned. The edge calls it wherever Colyseus does not ask the room: reconnections,
 * handshakes and take-overs. The room itself checks newcomers again (rooms/admissionRules.ts), because a ban may come
 * between reservation and join.
 */
export function assertNotBanned(roomId: string, visitor: Bannable): void {
  if (byRoom.get(roomId)?.isBanned(visitor)) throw new Refused(REFUSAL.banned, BANNED);
}
