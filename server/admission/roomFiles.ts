/**
 * Keeps the newest snapshot of each hosted room as a file, DATA_DIR/rooms/CODE.json, so that a stop and a start keep the
 * rooms. A file is written under another name and renamed: it is whole, or absent. While a room that was opened from its
 * file has not proven itself, the name counts how often that was tried (CODE.1.json): a room that ends its server each time
 * is not tried for ever.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { log } from "#server/log.ts";
import { logError } from "#server/logOnce.ts";
import { isRunningElsewhere, ownMark } from "#server/services/runningProcess.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { RoomSnapshot } from "./roomSnapshot.ts";

const FOLDER = "rooms";
/** Code, tries, and the process that writes a draft. Whatever else is in the folder is somebody else's. */
const NAME = /^([A-Z]+)(?:\.(\d))?\.json(?:\.(\d+)\.draft)?$/;
/** An older file's people have long found something else. */
export const FILE_MAX_AGE_MS = 3_600_000;
/** A room that does not change is written again after this, so that its file does not grow too old. */
const REWRITTEN_MS = FILE_MAX_AGE_MS / 6;
/** A room of 32 players with a long match takes 100 KB. */
const FILE_MAX_BYTES = 8_000_000;
/** A room that was opened so often, and has not lived for PROVEN_MS since, is not opened again. */
export const TRIES_MAX = 2;
export const PROVEN_MS = 60_000;

/** `writer`: whose room it is (services/runningProcess.ts). Several servers may share DATA_DIR. */
const RoomFile = z.object({ writer: z.string(), snapshot: RoomSnapshot });

interface Trial {
  readonly tries: number;
  /** performance.now() when the room was opened. */
  readonly sinceMs: number;
}

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
  /** By code: rooms that were opened from a file and have not proven themselves. */
  readonly #trials = new Map<string, Trial>();
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

  /** The room does not end its server: the next start may open it without further ado. */
  vouchFor(code: string): void {
    const trial = this.#trials.get(code);
    if (trial) this.#trials.set(code, { ...trial, sinceMs: Number.NEGATIVE_INFINITY });
  }

  /**
   * Opens every kept room but those that are open already. Logs each room that cannot be read or opened, and goes on. Resolves
   * to the number of opened rooms. Never rejects.
   */
  async restoreRooms(
    open: (snapshot: RoomSnapshot) => Promise<unknown>,
    isOpen: (code: string) => boolean = () => false,
  ): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    let opened = 0;
    for (const name of names.sort()) {
      try {
        const kept = await this.#read(name);
        // The room may end before it leaves its first snapshot: then its file is deleted.
        if (kept) this.#known.add(kept.snapshot.code);
        if (!kept || !(await this.#mayTry(name, kept, isOpen))) continue;
        await open(kept.snapshot);
        opened++;
      } catch (error) {
        log.warn({ file: name, reason: (error as Error).message }, "a kept room could not be opened again");
      }
    }
    if (opened > 0) log.info({ rooms: opened }, "opened the rooms of the last run again");
    return opened;
  }

  /** Counts the try in the file's name first: the room may end this process. */
  async #mayTry(
    name: string,
    { snapshot, tries }: Kept,
    isOpen: (code: string) => boolean,
  ): Promise<boolean> {
    const { code } = snapshot;
    if (isOpen(code)) {
      if (tries > 0 && !this.#trials.has(code)) this.#trials.set(code, { tries, sinceMs: performance.now() });
      return false;
    }
    if (tries >= TRIES_MAX) {
      log.error(
        { file: name, folder: this.#folder, tries },
        `a kept room is not opened: it failed before, or the server ended soon after. To try again, rename the file to ${code}.json within the hour and restart`,
      );
      return false;
    }
    this.#trials.set(code, { tries: tries + 1, sinceMs: performance.now() });
    await rename(join(this.#folder, name), this.#pathOf(code));
    return true;
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
    await this.#endTrial(code);
    const digest = digestOf(json);
    const before = this.#written.get(code);
    const nowMs = Date.now();
    if (before?.digest === digest && nowMs - before.atMs < REWRITTEN_MS) return;
    const path = this.#pathOf(code);
    const draft = `${path}.${process.pid}.draft`;
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

  /** Gives the file of a room that has lived for long enough its ordinary name. */
  async #endTrial(code: string): Promise<void> {
    const trial = this.#trials.get(code);
    if (!trial || performance.now() - trial.sinceMs < PROVEN_MS) return;
    const former = this.#pathOf(code);
    this.#trials.delete(code);
    await rename(former, this.#pathOf(code)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  async #delete(code: string): Promise<void> {
    const path = this.#pathOf(code);
    this.#written.delete(code);
    this.#trials.delete(code);
    await rm(path, { force: true });
  }

  /** Undefined for what is not to be opened. Throws for a file that should be, and cannot be read. */
  async #read(name: string): Promise<Kept | undefined> {
    const [, code = "", tries = "0", draft] = NAME.exec(name) ?? [];
    if (!isRoomCode(code)) return undefined;
    const path = join(this.#folder, name);
    const stats = await lstat(path);
    if (!stats.isFile()) throw new Error("it is no file");
    if (Date.now() - stats.mtimeMs > FILE_MAX_AGE_MS) {
      if (!draft) log.info({ file: name }, "a kept room is too old, and forgotten");
      await unlink(path);
      return undefined;
    }
    if (draft) return undefined;
    const flag = constants.O_RDONLY | constants.O_NOFOLLOW;
    const text = stats.size > FILE_MAX_BYTES ? "" : await readFile(path, { encoding: "utf8", flag });
    const { writer = "", snapshot } = parse(text);
    if (snapshot?.code !== code) throw new Error("it is damaged, or of another version");
    return isRunningElsewhere(writer) ? undefined : { snapshot, tries: Number(tries) };
  }

  #pathOf(code: string): string {
    const { tries } = this.#trials.get(code) ?? {};
    return join(this.#folder, tries ? `${code}.${tries}.json` : `${code}.json`);
  }
}

interface Kept {
  readonly snapshot: RoomSnapshot;
  readonly tries: number;
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
