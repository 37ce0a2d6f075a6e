/**
 * The arenas of recorded matches, each once: `maps/SHA256.tmj` in the replays' folder is a Tiled file as it was when a match
 * was played on it.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing, nothingIfMissing } from "./files.ts";

/** A file that was touched more recently may belong to a replay that is about to be written. */
const UNUSED_MS = 60_000;

const HASH = /^[\da-f]{64}$/;
const FILE = /^([\da-f]{64})\.tmj/;

const arenasFolder = (folder: string): string => join(folder, "maps");
const arenaPath = (folder: string, sha256: string): string => join(arenasFolder(folder), `${sha256}.tmj`);

/** Keeps the arena, unless the folder has it. Rejects with the system's error. */
export async function keepArena(folder: string, sha256: string, tiledJson: string): Promise<void> {
  const path = arenaPath(folder, sha256);
  const now = new Date();
  const isKept = await utimes(path, now, now).then(
    () => true,
    (error) => !isMissing(error) && Promise.reject(error),
  );
  if (isKept) return;
  await mkdir(arenasFolder(folder), { recursive: true, mode: 0o700 });
  // Another room, of this process or another one, may write the same arena at this moment.
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, tiledJson, { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The text of the Tiled file; undefined if it is not there, or is another. */
export async function readArena(folder: string, sha256: string): Promise<string | undefined> {
  if (!HASH.test(sha256)) return undefined;
  const text = await readFile(arenaPath(folder, sha256), "utf8").catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return text !== undefined && hashOf(text) === sha256 ? text : undefined;
}

/** Deletes the arenas that no replay names. Rejects with the system's error. */
export async function sweepArenas(folder: string, named: ReadonlySet<string>, nowMs: number): Promise<void> {
  for (const name of await readdir(arenasFolder(folder)).catch(nothingIfMissing)) {
    const sha256 = FILE.exec(name)?.[1];
    const isWhole = name === `${sha256}.tmj`;
    if (sha256 === undefined || (isWhole && named.has(sha256))) continue;
    const path = join(arenasFolder(folder), name);
    const found = await stat(path).catch(() => undefined);
    if (found && nowMs - found.mtimeMs > UNUSED_MS) await rm(path, { force: true });
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
