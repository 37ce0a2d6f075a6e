/**
 * Writes this machine's rooms to Redis: a room's creation and end at once, other changes of it at most once a beat,
 * because what fights in a room changes its row many times a second.
 */
import type { Redis } from "ioredis";
import type { LocalDirectory } from "#server/admission/directory.ts";
import { CODES_KEPT_SEC, KEY } from "./keys.ts";
import type { Machine } from "./machine.ts";
import { scoresOf, textOf } from "./rowText.ts";
import { putRows, removeRows } from "./scripts.ts";

/** Redis has another machine's room under the code. */
const ANOTHERS = "";

/** Rows that one script writes: Redis serves nobody meanwhile. */
const BATCH = 100;

export class RowWriter {
  readonly #redis: Redis;
  readonly #local: LocalDirectory;
  readonly #machine: Machine;
  /** Codes whose row may differ from what Redis has. */
  readonly #changed = new Set<string>();
  /** Code → text, as Redis has it, or ANOTHERS. */
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
    if (this.#isSoon || !this.#isUrgent(code)) return;
    this.#isSoon = true;
    setImmediate(() => {
      this.#isSoon = false;
      const urgent = [...this.#changed].filter((each) => this.#isUrgent(each));
      this.#inTurn(() => this.#write(urgent)).catch(() => {});
    });
  }

  /** A room has been opened, or has ended. */
  #isUrgent(code: string): boolean {
    return this.#local.own.has(code) !== this.#written.has(code);
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
    const anothers = new Set(await putRows(this.#redis, id, rows));
    for (const [code = "", text = ""] of rows) this.#written.set(code, anothers.has(code) ? ANOTHERS : text);
    // The other machine may be this one's predecessor, which is about to leave its rooms.
    for (const code of anothers) this.#changed.add(code);
  }

  async #remove(codes: readonly string[]): Promise<void> {
    const ended = codes.filter((code) => !this.#local.own.has(code));
    // A room that is being opened again stays in Redis: the next beat looks again.
    for (const code of ended.filter((each) => this.#local.isOwn(each))) this.#changed.add(code);
    const gone = ended.filter((code) => !this.#local.isOwn(code));
    if (gone.length === 0) return;
    await removeRows(this.#redis, this.#machine.id, gone, CODES_KEPT_SEC);
    for (const code of gone) this.#written.delete(code);
  }
}
