/** Reads parts of a replay's file. */
import { type FileHandle, open } from "node:fs/promises";
import { type ReadAt, type ReplayIndex, readHead, readIndex } from "#shared/replay/container.ts";
import { gunzip } from "#shared/replay/gzip.ts";
import type { ReplayHead } from "#shared/replay/replay.ts";

/** Rejects with a ReplayError, or with the system's error. */
export const readIndexOf = (path: string): Promise<ReplayIndex> =>
  withFile(path, (readAt, size) => readIndex(readAt, size, gunzip));

/** Rejects like readIndexOf. */
export const readHeadOf = (path: string): Promise<ReplayHead> =>
  withFile(path, async (readAt) => (await readHead(readAt, gunzip)).head);

async function withFile<Read>(
  path: string,
  read: (readAt: ReadAt, size: number) => Promise<Read>,
): Promise<Read> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await read((at, length) => readPart(file, at, Math.min(length, size - at)), size);
  } finally {
    await file.close();
  }
}

async function readPart(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  if (length <= 0) return new Uint8Array();
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
