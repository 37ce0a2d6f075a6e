/**
 * The recorded matches of this machine: reads one, and keeps them within bounds. The newest stay, within number, age and
 * size; a pinned one stays until an operator deletes it, and counts.
 */
import { open, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { log } from "#server/log.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { isReplayId, partPath, pinPath, readFileName, readIndexOf, replayPath } from "./files.ts";

export interface ShelfBounds {
  readonly count: number;
  readonly ageMs: number;
  readonly bytes: number;
}

/** A room writes to its part every few seconds: one that is this old has lost its writer, and its room did not come back. */
const ORPHAN_MS = 60_000;

export class Shelf {
  readonly #folder: string;
  readonly #bounds: ShelfBounds;

  constructor(folder: string, bounds: ShelfBounds) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** Where the replay's file is; undefined if there is none. */
  async find(id: string): Promise<string | undefined> {
    if (!isReplayId(id)) return undefined;
    const path = replayPath(this.#folder, id);
    return (await exists(path)) ? path : undefined;
  }

  /** Undefined if there is none. Rejects with a ReplayError. */
  async info(id: string): Promise<ReplayInfo | undefined> {
    const path = await this.find(id);
    if (path === undefined) return undefined;
    const { head, segments, end } = await readIndexOf(path);
    return { head, segments, marks: end?.marks ?? [], people: end?.people ?? [] };
  }

  async pin(id: string): Promise<void> {
    await (await open(pinPath(this.#folder, id), "w", 0o600)).close();
  }

  async unpin(id: string): Promise<void> {
    await unlink(pinPath(this.#folder, id)).catch(() => {});
  }

  /** Makes parts whole whose writer has died, and deletes what the bounds exclude. Rejects with the system's error. */
  async sweep(nowMs: number): Promise<void> {
    const files = await this.#list();
    for (const { id, is, changedMs } of files)
      if (is === "part" && nowMs - changedMs > ORPHAN_MS) await this.#makeWhole(id);
    const pinned = new Set(files.filter(({ is }) => is === "pin").map(({ id }) => id));
    // Ids sort by age.
    const replays = files
      .filter(({ is }) => is === "replay")
      .sort((a, b) => Number(pinned.has(b.id)) - Number(pinned.has(a.id)) || (a.id < b.id ? 1 : -1));
    let [count, bytes] = [0, 0];
    for (const replay of replays) {
      count++;
      bytes += replay.bytes;
      const isOld = nowMs - replay.changedMs > this.#bounds.ageMs;
      if (pinned.has(replay.id) || (count <= this.#bounds.count && bytes <= this.#bounds.bytes && !isOld))
        continue;
      await unlink(replayPath(this.#folder, replay.id)).catch(unlessGone);
      bytes -= replay.bytes;
      count--;
      log.debug({ match: replay.id }, "replay deleted");
    }
  }

  /** Without a segment there is nothing to watch. */
  async #makeWhole(id: string): Promise<void> {
    const part = partPath(this.#folder, id);
    const index = await readIndexOf(part).catch(() => undefined);
    const done = index?.segments.length ? rename(part, replayPath(this.#folder, id)) : unlink(part);
    await done.catch(unlessGone);
  }

  async #list() {
    const names = await readdir(this.#folder).catch(() => []);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = readFileName(name);
        if (!file) return undefined;
        const found = await stat(join(this.#folder, name)).catch(() => undefined);
        return found && { ...file, bytes: found.size, changedMs: found.mtimeMs };
      }),
    );
    return files.filter((file) => file !== undefined);
  }
}

/** Another server with the same folder was faster. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
