/**
 * The directory of many machines: this one's rooms from memory, those of the others from Redis. Each lookup is one command,
 * and costs the same however many rooms there are. While Redis is away, this machine's rooms are all there are.
 */
import type { Redis } from "ioredis";
import {
  type Directory,
  FOUND_MAX,
  LISTED_MAX,
  type LocalDirectory,
  openRank,
  type RoomRow,
} from "#server/admission/directory.ts";
import { orThrow } from "#server/admission/refusals.ts";
import { refusal } from "#server/admission/roomQuestions.ts";
import { BoundedCache } from "#server/services/boundedCache.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { CODES_KEPT_SEC, KEY } from "./keys.ts";
import type { Lease } from "./machine.ts";
import { type FleetRow, rowIn } from "./rowText.ts";
import { drawCode, pageOf, rememberCodes } from "./scripts.ts";

/** Joins in a row share what was read. */
const PAGES_KEPT_MS = 500;
const newPages = () => new BoundedCache<FleetRow[]>(PAGES_KEPT_MS, 16);
/** One join looks a room up several times. */
const ROWS_KEPT_MS = 1_000;
const ROWS_KEPT_MAX = 1_000;
/** So many of its newest codes a machine writes again if Redis has lost them. */
const DRAWN_MAX = 10_000;
const CODES_AT_ONCE = 500;

export const AWAY = refusal(
  REFUSAL.restarting,
  "The rooms of the other machines cannot be reached right now. Wait a few seconds, then try again.",
  3,
);

/** Keeps a room that was not found out of the cache, which forgets what rejects. */
class NotFound extends Error {}

/** This machine's knowledge of the others. */
export interface Peers {
  /** The leases of machines that live, this one's among them, by id. */
  readonly live: ReadonlyMap<string, Lease>;
  /** Rejects if Redis does not answer. */
  isLive(machine: string): Promise<boolean>;
  /** Whether it has left a question unanswered, or turned a player away as a whole, a moment ago. */
  isAvoided(machine: string): boolean;
}

export class RedisDirectory implements Directory {
  readonly #redis: Redis;
  readonly #local: LocalDirectory;
  readonly #machine: string;
  readonly #peers: Peers;
  #pages = newPages();
  readonly #rows = new BoundedCache<FleetRow>(ROWS_KEPT_MS, ROWS_KEPT_MAX);
  readonly #listeners = new Set<() => void>();
  /** Codes that this machine drew, oldest first. */
  readonly #drawn = new Set<string>();

  /** `machine`: this one's id. */
  constructor(redis: Redis, local: LocalDirectory, machine: string, peers: Peers) {
    this.#redis = redis;
    this.#local = local;
    this.#machine = machine;
    this.#peers = peers;
  }

  get own(): ReadonlyMap<string, RoomRow> {
    return this.#local.own;
  }

  isOwn(code: string): boolean {
    return this.#local.isOwn(code);
  }

  /** Whether it is this machine's room. One that is being opened again is waited for. */
  async isHere(code: string): Promise<boolean> {
    return (await this.#local.find(code)) !== undefined;
  }

  /** Throws Refused (503) if the room is not this machine's and Redis does not answer. */
  async find(code: string): Promise<RoomRow | undefined> {
    return (await this.#local.find(code)) ?? (await this.locate(code))?.row;
  }

  /** A room of another machine that lives. Throws Refused (503) if Redis does not answer. */
  async locate(code: string): Promise<FleetRow | undefined> {
    try {
      const found = await this.#rows.get(code, () => this.#read(code));
      return (await this.#peers.isLive(found.machine)) ? found : undefined;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      return orThrow(AWAY);
    }
  }

  async withPlace(mode: Parameters<Directory["withPlace"]>[0]): Promise<RoomRow[]> {
    const leads = await this.#others(KEY.open(mode), FOUND_MAX, (machine) => this.#takesPlayers(machine));
    // Rooms in which this machine can seat nobody must not hide those of machines that can.
    const isFull = this.#peers.live.get(this.#machine)?.full === true;
    const own = isFull && leads.length > 0 ? [] : await this.#local.withPlace(mode);
    return [...own, ...leads].sort((a, b) => openRank(b) - openRank(a)).slice(0, FOUND_MAX);
  }

  async listed(): Promise<RoomRow[]> {
    const own = await this.#local.listed();
    const rows = [...own, ...(await this.#others(KEY.listed, LISTED_MAX, () => true))];
    return rows.sort((a, b) => b.clients - a.clients).slice(0, LISTED_MAX);
  }

  async drawCode(code: string): Promise<boolean> {
    if (!(await this.#local.drawCode(code))) return false;
    // While Redis is away, chance alone keeps codes apart: there are 1.9 million.
    const isNew = await drawCode(this.#redis, code, CODES_KEPT_SEC).catch(() => true);
    if (isNew) this.#noteDrawn(code);
    return isNew;
  }

  async wasDrawn(code: string): Promise<boolean> {
    if (await this.#local.wasDrawn(code)) return true;
    return this.#redis.exists(KEY.code(code)).then(
      (count) => count === 1,
      () => false,
    );
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    const unsubscribe = this.#local.onChange(listener);
    return () => {
      this.#listeners.delete(listener);
      unsubscribe();
    };
  }

  /** Call when other machines may have changed the list. */
  changed(): void {
    this.#pages = newPages();
    for (const listener of this.#listeners) listener();
  }

  /** Writes this machine's codes again. Rejects if Redis does not take them. */
  async rewriteCodes(): Promise<void> {
    const codes = [...new Set([...this.#drawn, ...this.own.keys()])];
    for (let at = 0; at < codes.length; at += CODES_AT_ONCE)
      await rememberCodes(this.#redis, codes.slice(at, at + CODES_AT_ONCE), CODES_KEPT_SEC);
  }

  async #read(code: string): Promise<FleetRow> {
    const text = await this.#redis.hget(KEY.rooms, code);
    if (text === null) throw new NotFound();
    const found = rowIn(text);
    // Unreadable, or it has ended here a moment ago.
    if (!found || found.machine === this.#machine) throw new NotFound();
    return found;
  }

  /** The first rows of an index that other living machines have, if they are wanted; none while Redis is away. */
  async #others(index: string, max: number, isWanted: (machine: string) => boolean): Promise<RoomRow[]> {
    const machines = [...this.#peers.live.keys()].filter((id) => id !== this.#machine && isWanted(id));
    if (machines.length === 0) return [];
    const page = async () =>
      (await pageOf(this.#redis, index, max, machines)).flatMap((text) => rowIn(text) ?? []);
    const rows = await this.#pages.get([index, ...machines].join(), page).catch(() => []);
    return rows.flatMap(({ row }) => (this.own.has(row.roomId) ? [] : [row]));
  }

  #takesPlayers(machine: string): boolean {
    const lease = this.#peers.live.get(machine);
    const isOpen = lease !== undefined && !lease.closing && !lease.full;
    return isOpen && lease.version === PROTOCOL_VERSION && !this.#peers.isAvoided(machine);
  }

  #noteDrawn(code: string): void {
    this.#drawn.add(code);
    const [oldest] = this.#drawn;
    if (this.#drawn.size > DRAWN_MAX && oldest !== undefined) this.#drawn.delete(oldest);
  }
}
