/** Replays' files for tests: the golden one, under other ids and with other heads. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HEAD_BYTES, readIndex, writeEnd, writeHead } from "#shared/replay/container.ts";
import { gunzip, gzip } from "#shared/replay/gzip.ts";
import type { ReplayHead } from "#shared/replay/replay.ts";

export const GOLDEN = readFileSync(new URL("../../shared/replay/golden/protocol-8.replay", import.meta.url));

const readAt = async (at: number, length: number) => GOLDEN.subarray(at, at + length);

export const goldenIndex = () => readIndex(readAt, GOLDEN.length, gunzip);

/** The golden replay with a changed head. */
export async function replayWith(change: Partial<ReplayHead>): Promise<Uint8Array> {
  const { head, segments, end } = await goldenIndex();
  const newHead = await writeHead({ ...head, ...change }, gzip);
  const shift = newHead.length - (HEAD_BYTES + GOLDEN.readUInt32LE(8));
  const [first, last] = [segments[0], segments.at(-1)];
  if (!end || !first || !last) throw new Error("the golden replay is not whole");
  const body = GOLDEN.subarray(first.at, last.at + last.bytes);
  const moved = segments.map((place) => ({ ...place, at: place.at + shift }));
  const tail = await writeEnd({ ...end, segments: moved }, newHead.length + body.length, gzip);
  return new Uint8Array(Buffer.concat([newHead, body, tail]));
}

/** Writes `ID.replay`, or with another ending, into the replays' folder. Returns its path. */
export function putReplay(
  folder: string,
  id: string,
  bytes: Uint8Array = GOLDEN,
  ending: "replay" | "part" | "pin" = "replay",
): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${id}.${ending}`);
  writeFileSync(path, bytes);
  return path;
}
