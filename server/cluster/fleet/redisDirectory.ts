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
import { KEY } from "./keys.ts";
import type { Lease } from "./machine.ts";
import { type FleetRow, rowIn } from "./rowText.ts";
import { drawCode, pageOf, rememberCodes } from "./scripts.ts";

/** Joins in a row share what was read. */
const PAGES_KEPT_MS = 500;
const newPages = () => new BoundedCache<FleetRow[]>(PAGES_KEPT_MS, 16);
/** One join looks a room up several times. */
const ROWS_KEPT_MS = 1_000;
const ROWS_KEPT_MAX = 1_000;
/** Links outlive rooms. */
const CODES_KEPT_SEC = 86_400;
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
  leaseOf(machine: string): Lease | undefined;
  /** Rejects if Redis does not answer. */
  isLive(machine: string): Promise<boolean>;
  /** Whether it has left a question unanswered a moment ago. */
  isSilent(machine: string): boolean;
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
    const own = await this.#local.withPlace(mode);
    const others = await this.#others(KEY.open(mode), FOUND_MAX);
    const leads = others.filter(({ machine }) => this.#takesPlayers(machine)).map(({ row }) => row);
    return [...own, ...leads].sort((a, b) => openRank(b) - openRank(a)).slice(0, FOUND_MAX);
  }

  async listed(): Promise<RoomRow[]> {
    const own = await this.#local.listed();
    const others = await this.#others(KEY.listed, LISTED_MAX);
    const rows = [...own, ...others.map(({ row }) => row)];
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
    // It has ended here a moment ago.
    if (found.machine === this.#machine) throw new NotFound();
    return found;
  }

  /** The first rows of an index that other living machines have; none while Redis is away. */
  async #others(index: string, max: number): Promise<FleetRow[]> {
    const page = () => pageOf(this.#redis, index, max).then((texts) => texts.map(rowIn));
    const rows = await this.#pages.get(index, page).catch(() => []);
    return rows.filter(
      ({ machine, row }) =>
        machine !== this.#machine && this.#peers.leaseOf(machine) && !this.own.has(row.roomId),
    );
  }

  #takesPlayers(machine: string): boolean {
    const lease = this.#peers.leaseOf(machine);
    const isOpen = lease !== undefined && !lease.closing && lease.version === PROTOCOL_VERSION;
    return isOpen && !this.#peers.isSilent(machine);
  }

  #noteDrawn(code: string): void {
    this.#drawn.add(code);
    const [oldest] = this.#drawn;
    if (this.#drawn.size > DRAWN_MAX && oldest !== undefined) this.#drawn.delete(oldest);
  }
}
