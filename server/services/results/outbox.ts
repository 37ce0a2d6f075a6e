/**
 * A durable queue in a folder, one JSON file an item: a file is complete, or absent.
 *
 * A file is written under another name, flushed, renamed, and the folder flushed: after a crash or a power failure at any
 * step, a file with the item's name holds the whole item. Files that some file system or editor has damaged are set aside.
 */
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { log } from "#server/log.ts";

/** Ids are file names. UUIDv7 sort by age. */
const FILE = /^([\w-]{1,100})\.json$/;
/** A file that is being written, by the process of this id. Several may share DATA_DIR. */
const DRAFT = /\.json\.(\d{1,9})\.draft$/;
/** After this time its process is gone, even if another one has the id now. */
const DRAFT_MAX_AGE_MS = 3_600_000;
/** Files that were set aside are kept here for the operator. */
const ASIDE = "bad";
/** Bounds what one sweep reads of a folder; the rest follows in the next ones. */
const LIST_MAX = 10_000;

/** Bounds what is read into memory; a match of 1,000 players takes 1 MB. */
const FILE_MAX_BYTES = 8_000_000;

export class Outbox<Item extends { id: string }> {
  readonly #folder: string;
  readonly #schema: z.ZodType<Item>;
  #prepared: Promise<void> | undefined;
  #asideCount = 0;

  constructor(folder: string, schema: z.ZodType<Item>) {
    this.#folder = folder;
    this.#schema = schema;
  }

  /** How many files an operator should look at. */
  get asideCount(): number {
    return this.#asideCount;
  }

  /** Resolves once the item would survive a power failure. Throws the system's error. An item of the same id is replaced. */
  async write(item: Item): Promise<void> {
    const path = this.#path(item.id);
    const draft = `${path}.${process.pid}.draft`;
    await this.#ready();
    try {
      const file = await open(draft, "w", 0o600);
      try {
        await file.writeFile(JSON.stringify(item));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
      await this.#flushFolder();
    } catch (error) {
      // The folder may be gone.
      this.#prepared = undefined;
      await unlink(draft).catch(() => {});
      throw error;
    }
  }

  /** Ids of the items, oldest first. Throws the system's error. */
  async list(): Promise<string[]> {
    await this.#ready();
    const names = await readdir(this.#folder);
    return names
      .flatMap((name) => FILE.exec(name)?.[1] ?? [])
      .sort()
      .slice(0, LIST_MAX);
  }

  /** Undefined if there is no such item, or if its file was damaged: then it is set aside. Throws the system's error. */
  async read(id: string): Promise<Item | undefined> {
    const path = this.#path(id);
    let text: string;
    try {
      text = (await stat(path)).size > FILE_MAX_BYTES ? "" : await readFile(path, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const { data } = this.#schema.safeParse(parseJson(text));
    if (data?.id === id) return data;
    await this.setAside(id, "it is empty, incomplete or damaged");
    return undefined;
  }

  /** Takes an item out that cannot be used, and keeps its file for the operator. Throws the system's error. */
  async setAside(id: string, why: string): Promise<void> {
    const aside = join(this.#folder, ASIDE, `${id}.json`);
    await rename(this.#path(id), aside);
    this.#asideCount++;
    log.error(
      { file: aside, why },
      "a file was set aside: nothing happens with it until an operator looks at it",
    );
  }

  /** Throws the system's error, unless the item is gone already. */
  async remove(id: string): Promise<void> {
    await this.#delete(this.#path(id));
  }

  async #delete(path: string): Promise<void> {
    await unlink(path).catch((error) => {
      if (!isMissing(error)) throw error;
    });
  }

  #ready(): Promise<void> {
    this.#prepared ??= this.#prepare().catch((error) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#prepared;
  }

  /** Creates the folder, and deletes what interrupted writes of processes that are gone have left. */
  async #prepare(): Promise<void> {
    await mkdir(join(this.#folder, ASIDE), { recursive: true, mode: 0o700 });
    this.#asideCount = (await readdir(join(this.#folder, ASIDE))).length;
    for (const name of await readdir(this.#folder)) {
      const [, pid] = DRAFT.exec(name) ?? [];
      const path = join(this.#folder, name);
      if (pid !== undefined && (isGone(Number(pid)) || (await isOld(path)))) await this.#delete(path);
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  /** Without this flush a power failure may undo the rename. Windows cannot open folders, and needs none. */
  async #flushFolder(): Promise<void> {
    if (process.platform === "win32") return;
    const folder = await open(this.#folder, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

const isOld = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > DRAFT_MAX_AGE_MS,
    () => false,
  );

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
