/** The recorded matches of this machine, as they are read, pinned and deleted. sweep.ts keeps them within bounds. */
import { open, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { BoundedCache } from "#server/services/boundedCache.ts";
import { readMatchId } from "#server/services/matchId.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { readArena } from "./arenas.ts";
import { isMissing, type Listing, listFolder, partPath, pinPath, replayPath } from "./files.ts";
import { readIndexOf } from "./readReplay.ts";

/** A replay never changes; the marks of a long match take a few hundred KB. */
const INFOS = { ms: 60_000, count: 32 } as const;
const ARENAS = { ms: 600_000, count: 8 } as const;
/** has() answers from a listing of the folder that is at most so old. */
const LISTING_MS = 3_000;

/** A line of the operator's list. */
export interface Shelved {
  readonly id: string;
  readonly bytes: number;
  readonly isPinned: boolean;
}

export class Shelf {
  readonly #folder: string;
  readonly #infos = new BoundedCache<ReplayInfo>(INFOS.ms, INFOS.count);
  readonly #arenas = new BoundedCache<string | undefined>(ARENAS.ms, ARENAS.count);
  readonly #listings = new BoundedCache<Listing>(LISTING_MS, 1);

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  /** The path of the replay's file; undefined if there is none. `text`: an id from outside, or anything else. */
  async find(text: string): Promise<string | undefined> {
    const id = readMatchId(text);
    const path = id && replayPath(this.#folder, id);
    return path && (await isFile(path)) ? path : undefined;
  }

  /** Whether a room writes the replay: its match still goes on. */
  async isWritten(text: string): Promise<boolean> {
    const id = readMatchId(text);
    return id !== undefined && isFile(partPath(this.#folder, id));
  }

  /** Undefined if there is none. Rejects with a ReplayError. */
  async info(text: string): Promise<ReplayInfo | undefined> {
    const path = await this.find(text);
    if (path === undefined) return undefined;
    return this.#infos.get(path, async () => {
      const { head, segments, end } = await readIndexOf(path);
      return { head, segments, marks: end?.marks ?? [], people: end?.people ?? [] };
    });
  }

  /** "goesOn" while a room writes it. Undefined if there is none. Rejects with a ReplayError. */
  async lookUp(text: string): Promise<ReplayInfo | "goesOn" | undefined> {
    const info = await this.info(text);
    if (info) return info;
    if (await this.isWritten(text)) return "goesOn";
    // It may have become whole between the two questions.
    return this.info(text);
  }

  /** The Tiled file of an arena, by the hash of its content; undefined if no replay was recorded on it. */
  arena(sha256: string): Promise<string | undefined> {
    return this.#arenas.get(sha256, () => readArena(this.#folder, sha256));
  }

  /** Whether there is a replay, as of a few seconds ago: one listing answers for many ids. Never rejects. */
  async has(id: string): Promise<boolean> {
    try {
      const { replays } = await this.#listings.get("", () => listFolder(this.#folder));
      return replays.has(id);
    } catch {
      return false;
    }
  }

  /** The newest first. Rejects with the system's error. */
  async list(): Promise<Shelved[]> {
    const { replays, pins } = await listFolder(this.#folder);
    const shelved: Shelved[] = [];
    for (const id of [...replays].sort().reverse()) {
      const found = await stat(replayPath(this.#folder, id)).catch(() => undefined);
      if (found) shelved.push({ id, bytes: found.size, isPinned: pins.has(id) });
    }
    return shelved;
  }

  /** Keeps the replay until it is unpinned or deleted. Returns whether there is one. Rejects with the system's error. */
  async pin(text: string): Promise<boolean> {
    const id = readMatchId(text);
    if (id === undefined || !(await this.find(id))) return false;
    await (await open(pinPath(this.#folder, id), "a", 0o600)).close();
    return true;
  }

  /** Returns whether it was pinned. Rejects with the system's error. */
  async unpin(text: string): Promise<boolean> {
    const id = readMatchId(text);
    return id !== undefined && remove(pinPath(this.#folder, id));
  }

  /** Returns whether there was one. Rejects with the system's error. */
  async delete(text: string): Promise<boolean> {
    const id = readMatchId(text);
    if (id === undefined) return false;
    const wasThere = await remove(replayPath(this.#folder, id));
    await this.unpin(id);
    return wasThere;
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Returns whether the file was there. */
const remove = (path: string): Promise<boolean> =>
  rm(path).then(
    () => true,
    (error) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
