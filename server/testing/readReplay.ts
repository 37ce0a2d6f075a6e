/** Reads a replay's file whole. */
import { readFile } from "node:fs/promises";
import { readIndexOf } from "#server/services/replays/readReplay.ts";
import { type ReplayIndex, unpackSegment } from "#shared/replay/container.ts";
import type { Frame } from "#shared/replay/frames.ts";
import { gunzip } from "#shared/replay/gzip.ts";

export interface ReadReplay extends ReplayIndex {
  /** The frames of each segment. */
  readonly frames: readonly (readonly Frame[])[];
}

/** Rejects with a ReplayError, or with the system's error. */
export async function readReplay(path: string): Promise<ReadReplay> {
  const index = await readIndexOf(path);
  const file = await readFile(path);
  const unpacked = index.segments.map(({ at, bytes }) =>
    unpackSegment(file.subarray(at, at + bytes), gunzip),
  );
  return { ...index, frames: await Promise.all(unpacked) };
}
