/** The files of the replays' folder: `ID.replay`, `ID.part` while it is written, and `ID.pin` beside one that stays. */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type ReplayIndex, readIndex } from "#shared/replay/container.ts";
import { gunzip } from "#shared/replay/gzip.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const FILE = /^([\da-f-]{36})\.(replay|part|pin)$/;

/** Whether a text from outside may become a file's name. */
export const isReplayId = (id: string): boolean => UUID.test(id);

export const replayPath = (folder: string, id: string): string => join(folder, `${id}.replay`);
export const partPath = (folder: string, id: string): string => join(folder, `${id}.part`);
export const pinPath = (folder: string, id: string): string => join(folder, `${id}.pin`);

/** Undefined for a file that is none of these. */
export function readFileName(name: string): { id: string; is: "replay" | "part" | "pin" } | undefined {
  const [, id = "", is] = FILE.exec(name) ?? [];
  return isReplayId(id) ? { id, is: is as "replay" | "part" | "pin" } : undefined;
}

/** Rejects with a ReplayError, or with the system's error. */
export async function readIndexOf(path: string): Promise<ReplayIndex> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const readAt = async (at: number, length: number) => {
      const bounded = Math.max(0, Math.min(length, size - at));
      const { buffer, bytesRead } = await file.read(new Uint8Array(bounded), 0, bounded, at);
      return buffer.subarray(0, bytesRead);
    };
    return await readIndex(readAt, size, gunzip);
  } finally {
    await file.close();
  }
}
