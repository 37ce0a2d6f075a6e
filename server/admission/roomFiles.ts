/**
 * Keeps the newest snapshot of each hosted room as a file, DATA_DIR/rooms/CODE.json, so that a stop and a start keep the
 * rooms. A file is written under another name and renamed: it is whole, or absent.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { log } from "#server/log.ts";
import { logError } from "#server/logOnce.ts";
import { isRunningElsewhere, ownMark } from "#server/services/runningProcess.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { RoomSnapshot } from "./roomSnapshot.ts";

const FOLDER = "rooms";
const ENDING = ".json";
const DRAFT_ENDING = ".draft";
/** An older file's people have long found something else. */
export const FILE_MAX_AGE_MS = 3_600_000;
/** A room that does not change is written again after this, so that its file does not grow too old. */
const REWRITTEN_MS = FILE_MAX_AGE_MS / 6;
/** A room of 32 players with a long match takes 100 KB. */
const FILE_MAX_BYTES = 8_000_000;

/** `writer`: whose room it is (services/runningProcess.ts). Several servers may share DATA_DIR. */
const RoomFile = z.object({ writer: z.string(), snapshot: RoomSnapshot });

interface Written {
  /** Hash of the snapshot without the fields that change with time alone. */
  readonly digest: string;
  readonly atMs: number;
}

export class RoomFiles {
  readonly #folder: string;
  readonly #mark = ownMark();
  /** Rooms that may have a file. */
  readonly #known = new Set<string>();
  readonly #written = new Map<string, Written>();
  /** The next write of each code: a snapshot, or undefined to delete the file. */
  readonly #due = new Map<string, string | undefined>();
  #work: Promise<void> | undefined;
  #isClosed = false;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, FOLDER);
  }

  /** Keeps a room's snapshot, as JSON, soon. Never throws: without a file the room goes on. */
  put(code: string, json: string): void {
    this.#known.add(code);
    this.#add(code, json);
  }

  /** The room has ended by itself. Ignored after `close`: the process stops, and its rooms are to stay. */
  remove(code: string): void {
    if (this.#known.delete(code)) this.#add(code, undefined);
  }

  /**
   * Opens every kept room; `open` resolves to false for one that is open already. Logs each room that cannot be read or
   * opened, and goes on. Resolves to the number of opened rooms. Never rejects.
   */
  async restoreRooms(open: (snapshot: RoomSnapshot) => Promise<unknown>): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    let opened = 0;
    for (const name of names.sort()) {
      try {
        const snapshot = await this.#read(name);
        if (!snapshot) continue;
        // The room may end before it leaves its first snapshot: then its file is deleted.
        this.#known.add(snapshot.code);
        if ((await open(snapshot)) !== false) opened++;
      } catch (error) {
        log.warn({ file: name, reason: (error as Error).message }, "a kept room could not be opened again");
      }
    }
    if (opened > 0) log.info({ rooms: opened }, "opened the rooms of the last run again");
    return opened;
  }

  /** Resolves when everything that was put is written. From now on nothing is put or removed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
  }

  #add(code: string, json: string | undefined): void {
    if (this.#isClosed) return;
    this.#due.set(code, json);
    this.#work ??= this.#writeAll().finally(() => {
      this.#work = undefined;
    });
  }

  /** One file at a time: the newest snapshot of a room replaces one that still waits. */
  async #writeAll(): Promise<void> {
    for (;;) {
      const [next] = this.#due;
      if (!next) return;
      const [code, json] = next;
      this.#due.delete(code);
      await (json === undefined ? this.#delete(code) : this.#write(code, json)).catch((error) =>
        logError(error, "a room's file could not be written"),
      );
    }
  }

  async #write(code: string, json: string): Promise<void> {
    const digest = digestOf(json);
    const before = this.#written.get(code);
    const nowMs = Date.now();
    if (before?.digest === digest && nowMs - before.atMs < REWRITTEN_MS) return;
    const path = this.#pathOf(code);
    const draft = `${path}.${process.pid}${DRAFT_ENDING}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(draft, `{"writer":"${this.#mark}","snapshot":${json}}`, { mode: 0o600 });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    this.#written.set(code, { digest, atMs: nowMs });
  }

  async #delete(code: string): Promise<void> {
    this.#written.delete(code);
    await rm(this.#pathOf(code), { force: true });
  }

  /** Undefined for what is not to be opened. Throws for a file that should be, and cannot be read. */
  async #read(name: string): Promise<RoomSnapshot | undefined> {
    const path = join(this.#folder, name);
    const { mtimeMs, size } = await stat(path);
    if (Date.now() - mtimeMs > FILE_MAX_AGE_MS) {
      if (!name.endsWith(DRAFT_ENDING)) log.info({ file: name }, "a kept room is too old, and forgotten");
      await rm(path, { force: true, recursive: true });
      return undefined;
    }
    const code = name.slice(0, -ENDING.length);
    if (!name.endsWith(ENDING) || !isRoomCode(code)) return undefined;
    const { writer = "", snapshot } = size > FILE_MAX_BYTES ? {} : parse(await readFile(path, "utf8"));
    if (snapshot?.code !== code) throw new Error("it is damaged, or of another version");
    return isRunningElsewhere(writer) ? undefined : snapshot;
  }

  #pathOf(code: string): string {
    return join(this.#folder, `${code}${ENDING}`);
  }
}

/** Without its fields for text that is no file of this version. */
function parse(text: string): Partial<z.infer<typeof RoomFile>> {
  try {
    return RoomFile.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** The fields of a snapshot that change although nothing happens. */
const TIMES = /"(?:takenAtMs|elapsedMs)":[^,}]+/g;

const digestOf = (json: string): string =>
  createHash("sha256").update(json.replace(TIMES, "")).digest("base64");
