/**
 * Keeps the replays of this machine within their bounds. The newest stay, within number, age and size; a pinned one stays
 * until an operator deletes it, and counts. Only one process of a machine sweeps.
 */
import { rename, rm, stat } from "node:fs/promises";
import { log } from "#server/log.ts";
import { logError } from "#server/logOnce.ts";
import { beganAtMs } from "#server/services/matchId.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { sweepArenas } from "./arenas.ts";
import { type Listing, listFolder, partPath, pinPath, replayPath } from "./files.ts";
import { readHeadOf, readIndexOf } from "./readReplay.ts";

export interface ShelfBounds {
  readonly count: number;
  readonly ageMs: number;
  readonly bytes: number;
}

export interface ShelfSums {
  readonly count: number;
  /** The size of all replays, those that are being written included. */
  readonly bytes: number;
  readonly pinned: number;
}

const EVERY_MS = 60_000;
/**
 * A part that has not changed for so long has lost its writer. A paused room touches it. A room without clients does not, and
 * an empty hosted one ends after five minutes (EMPTY_ROOM_MS).
 */
export const ORPHAN_MS = 10 * 60_000;

/** A part as the sweep has seen it. */
interface Watched {
  readonly bytes: number;
  /** When it was written or touched last, ms since 1970. */
  readonly changedMs: number;
  readonly sinceMs: number;
}

export class ReplaySweep {
  readonly #folder: string;
  readonly #bounds: ShelfBounds;
  /** Size of each replay, which never changes. */
  readonly #bytes = new Map<string, number>();
  /** Arena that each replay and part names; "" for one that cannot be read. */
  readonly #arenas = new Map<string, string>();
  readonly #parts = new Map<string, Watched>();
  #sums: ShelfSums = { count: 0, bytes: 0, pinned: 0 };

  constructor(folder: string, bounds: ShelfBounds) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** The sums of the last sweep. */
  get sums(): ShelfSums {
    return this.#sums;
  }

  /** Makes parts whole whose writer has died, and deletes what the bounds exclude. Rejects with the error of the folder. */
  async sweep(nowMs: number): Promise<void> {
    const before = await listFolder(this.#folder);
    this.#forget(before);
    await this.#watchParts(before, nowMs);
    for (const [id, { sinceMs }] of this.#parts)
      if (nowMs - sinceMs > ORPHAN_MS) await this.#adopt(id, before.replays.has(id)).catch(goOn);
    const partBytes = await this.#boundParts();
    const listing = await listFolder(this.#folder);
    await this.#enforce(listing, partBytes, nowMs);
    const left = await listFolder(this.#folder);
    for (const id of left.pins)
      if (!left.replays.has(id) && !left.parts.has(id)) await rm(pinPath(this.#folder, id), { force: true });
    const named = await this.#namedArenas(left);
    if (named) await sweepArenas(this.#folder, named, nowMs);
  }

  #forget({ replays, parts }: Listing): void {
    for (const id of this.#bytes.keys()) if (!replays.has(id)) this.#bytes.delete(id);
    for (const id of this.#parts.keys()) if (!parts.has(id)) this.#parts.delete(id);
    for (const id of this.#arenas.keys()) if (!replays.has(id) && !parts.has(id)) this.#arenas.delete(id);
  }

  async #watchParts({ parts }: Listing, nowMs: number): Promise<void> {
    for (const id of parts) {
      const { size: bytes, mtimeMs } = await stat(partPath(this.#folder, id)).catch(() => GONE);
      const seen = this.#parts.get(id);
      const sinceMs = seen?.changedMs === mtimeMs ? seen.sinceMs : nowMs;
      this.#parts.set(id, { bytes, changedMs: mtimeMs, sinceMs });
    }
  }

  /**
   * Deletes the largest parts while parts alone take more than all replays may: their rooms record no more of the match,
   * and play on. Returns the size of the others.
   */
  async #boundParts(): Promise<number> {
    const largestFirst = [...this.#parts].sort(([, a], [, b]) => b.bytes - a.bytes);
    let sum = largestFirst.reduce((total, [, { bytes }]) => total + bytes, 0);
    for (const [id, { bytes }] of largestFirst) {
      if (sum <= this.#bounds.bytes) break;
      await rm(partPath(this.#folder, id), { force: true }).catch(goOn);
      this.#parts.delete(id);
      sum -= bytes;
      log.warn({ match: id, bytes }, "a replay that was being written is deleted: REPLAYS_MAX_MB is reached");
    }
    return sum;
  }

  /** Makes a part whole, or deletes one that has nothing to show. */
  async #adopt(id: string, isThere: boolean): Promise<void> {
    this.#parts.delete(id);
    const part = partPath(this.#folder, id);
    const shown = isThere ? 0 : await segmentsIn(part);
    log.info({ match: id, segments: shown }, "replay without a writer");
    if (shown > 0) await rename(part, replayPath(this.#folder, id));
    else await rm(part, { force: true });
  }

  async #enforce({ replays, pins }: Listing, partBytes: number, nowMs: number): Promise<void> {
    const sums = { count: 0, bytes: partBytes, pinned: 0 };
    const { count, bytes: maxBytes, ageMs } = this.#bounds;
    // Pinned ones first, then the newest: ids sort by time.
    const ranked = [...replays].sort((a, b) => Number(pins.has(b)) - Number(pins.has(a)) || (a < b ? 1 : -1));
    for (const id of ranked) {
      const bytes = await this.#sizeOf(id);
      const isPinned = pins.has(id);
      const isOld = nowMs - beganAtMs(id) > ageMs;
      const fits = !isOld && sums.count < count && sums.bytes + bytes <= maxBytes;
      if (!isPinned && !fits) {
        await rm(replayPath(this.#folder, id), { force: true }).catch(goOn);
        log.debug({ match: id, bytes }, "replay deleted");
        continue;
      }
      sums.count++;
      sums.bytes += bytes;
      if (isPinned) sums.pinned++;
    }
    this.#sums = sums;
  }

  async #sizeOf(id: string): Promise<number> {
    const bytes = this.#bytes.get(id) ?? (await sizeOf(replayPath(this.#folder, id)));
    this.#bytes.set(id, bytes);
    return bytes;
  }

  /** Undefined while a part has no head yet: nobody knows which arena it names. */
  async #namedArenas({ replays, parts }: Listing): Promise<Set<string> | undefined> {
    for (const id of parts)
      if (!this.#arenas.has(id)) {
        const sha256 = await arenaNamedIn(partPath(this.#folder, id));
        if (sha256 === "") return undefined;
        this.#arenas.set(id, sha256);
      }
    for (const id of replays)
      if (!this.#arenas.has(id)) this.#arenas.set(id, await arenaNamedIn(replayPath(this.#folder, id)));
    return new Set([...replays, ...parts].map((id) => this.#arenas.get(id) ?? ""));
  }
}

const GONE = { size: 0, mtimeMs: 0 };

/** A file that cannot be read or deleted, such as on a damaged disk, keeps none of the others from being swept. */
const goOn = (error: unknown): void => logError(error, "a replay could not be swept");

/** 0 for a file that has gone. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** 0 for a file that cannot be shown. Rejects with the system's error. */
const segmentsIn = (path: string): Promise<number> =>
  readIndexOf(path).then(({ segments }) => segments.length, unlessReplayError(0));

/** "" for a file that cannot be read, or has gone. */
const arenaNamedIn = (path: string): Promise<string> =>
  readHeadOf(path).then(
    ({ mapSha256 }) => mapSha256,
    () => "",
  );

const unlessReplayError =
  <Instead>(instead: Instead) =>
  (error: unknown): Instead => {
    if (error instanceof ReplayError) return instead;
    throw error;
  };

export interface ScheduledSweep {
  close(): Promise<void>;
}

/** Sweeps at once, and every minute until `close`. */
export function scheduleReplaySweep(sweeping: Pick<ReplaySweep, "sweep">): ScheduledSweep {
  let running: Promise<void> | undefined;
  const sweep = () => {
    running ??= sweeping
      .sweep(Date.now())
      .catch((error) => log.error({ err: error }, "replays could not be swept"))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(sweep, EVERY_MS).unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
