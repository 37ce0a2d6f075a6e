/**
 * The files of the replays' folder: `ID.replay`, `ID.part` while it is written, and `ID.pin` beside one that stays. ID is
 * that of the match.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readMatchId } from "#server/services/matchId.ts";

const FILE = /^([\da-f-]{36})\.(replay|part|pin)$/;

export const replayPath = (folder: string, id: string): string => join(folder, `${id}.replay`);
export const partPath = (folder: string, id: string): string => join(folder, `${id}.part`);
export const pinPath = (folder: string, id: string): string => join(folder, `${id}.pin`);

/** Ids of the folder's files. */
export interface Listing {
  /** Whole ones. */
  readonly replays: ReadonlySet<string>;
  /** Those that are being written, or were when their writer died. */
  readonly parts: ReadonlySet<string>;
  readonly pins: ReadonlySet<string>;
}

/** A folder that does not exist is empty. Rejects with the system's error. */
export async function listFolder(folder: string): Promise<Listing> {
  const found = { replay: new Set<string>(), part: new Set<string>(), pin: new Set<string>() };
  for (const name of await readdir(folder).catch(nothingIfMissing)) {
    const [, id = "", is] = FILE.exec(name) ?? [];
    if (readMatchId(id)) found[is as keyof typeof found].add(id);
  }
  return { replays: found.replay, parts: found.part, pins: found.pin };
}

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

export function nothingIfMissing(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}
