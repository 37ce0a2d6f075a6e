/**
 * Writes this machine's rooms to Redis: a room's creation and end at once, other changes of it at most once a beat,
 * because what fights in a room changes its row many times a second.
 */
import type { Redis } from "ioredis";
import type { LocalDirectory } from "#server/admission/directory.ts";
import { KEY } from "./keys.ts";
import type { Machine } from "./machine.ts";
import { scoresOf, textOf } from "./rowText.ts";
import { putRows, removeRows } from "./scripts.ts";

/** Rows that one script writes: Redis serves nobody meanwhile. */
const BATCH = 100;

export class RowWriter {
  readonly #redis: Redis;
  readonly #local: LocalDirectory;
  readonly #machine: Machine;
  /** Codes whose row may differ from what Redis has. */
  readonly #changed = new Set<string>();
  /** Code → text, as Redis has it. */
  readonly #written = new Map<string, string>();
  readonly #unsubscribe: () => void;
  /** The last write, or what comes before it. Never rejects. */
  #turn: Promise<unknown> = Promise.resolve();
  #isSoon = false;

  constructor(redis: Redis, local: LocalDirectory, machine: Machine) {
    this.#redis = redis;
    this.#local = local;
    this.#machine = machine;
    this.#unsubscribe = local.onChange((code) => this.#note(code));
  }

  /** Writes what has changed. Never rejects: what Redis did not take is written by the next call. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#write([...this.#changed])).catch(() => {});
  }

  /** Writes all rows, and removes those in Redis that are no rooms any more. Rejects if Redis does not take it all. */
  rewrite(): Promise<void> {
    return this.#inTurn(async () => {
      this.#written.clear();
      const inRedis = await this.#redis.smembers(KEY.roomsOf(this.#machine.id));
      await this.#write([...this.#local.own.keys(), ...inRedis]);
    });
  }

  close(): Promise<unknown> {
    this.#unsubscribe();
    this.#changed.clear();
    return this.#turn;
  }

  #note(code: string): void {
    this.#changed.add(code);
    if (this.#isSoon || this.#local.own.has(code) === this.#written.has(code)) return;
    this.#isSoon = true;
    setImmediate(() => {
      this.#isSoon = false;
      const isUrgent = (each: string) => this.#local.own.has(each) !== this.#written.has(each);
      this.#inTurn(() => this.#write([...this.#changed].filter(isUrgent))).catch(() => {});
    });
  }

  #inTurn(write: () => Promise<void>): Promise<void> {
    const written = this.#turn.then(write);
    this.#turn = written.catch(() => {});
    return written;
  }

  async #write(codes: readonly string[]): Promise<void> {
    for (let at = 0; at < codes.length; at += BATCH) {
      const batch = [...new Set(codes.slice(at, at + BATCH))];
      for (const code of batch) this.#changed.delete(code);
      try {
        await this.#put(batch);
        await this.#remove(batch);
      } catch (error) {
        for (const code of batch) this.#changed.add(code);
        throw error;
      }
    }
  }

  async #put(codes: readonly string[]): Promise<void> {
    const { id, address } = this.#machine;
    const rows = codes.flatMap((code) => {
      const row = this.#local.own.get(code);
      const text = row && textOf(id, row, address);
      return text && text !== this.#written.get(code) ? [[code, text, ...scoresOf(row)]] : [];
    });
    if (rows.length === 0) return;
    await putRows(this.#redis, id, rows);
    for (const [code = "", text = ""] of rows) this.#written.set(code, text);
  }

  async #remove(codes: readonly string[]): Promise<void> {
    const ended = codes.filter((code) => !this.#local.own.has(code));
    if (ended.length === 0) return;
    await removeRows(this.#redis, this.#machine.id, ended);
    for (const code of ended) this.#written.delete(code);
  }
}
