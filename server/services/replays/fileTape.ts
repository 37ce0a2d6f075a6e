/**
 * Writes a replay's file, one write after the other, off the tick: zlib compresses in libuv's threads. The file is
 * `ID.part` until it is whole.
 */
import { mkdir, open, rename, unlink } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { log } from "#server/log.ts";
import { writeEnd, writeHead, writeSegment } from "#shared/replay/container.ts";
import type { ReplayHead, SegmentPlace } from "#shared/replay/replay.ts";
import { keepArena } from "./arenas.ts";
import { partPath, replayPath } from "./files.ts";
import type { OpenTape, Segment, Tape } from "./tape.ts";

const gzip = promisify(gzipWithCallback);

export interface TapeParts {
  /** The Tiled file of the arena that a replay names; undefined if it is not known. */
  tiledJsonOf(head: ReplayHead): string | undefined;
  /** Told once for each tape that ends early, such as by a full disk. */
  failed(error: unknown): void;
}

export const tapesIn =
  (folder: string, parts: TapeParts): OpenTape =>
  (head) =>
    openTape(folder, head, parts);

function openTape(folder: string, head: ReplayHead, { tiledJsonOf, failed }: TapeParts): Tape {
  const part = partPath(folder, head.match);
  const places: SegmentPlace[] = [];
  let bytes = 0;
  let isOver = false;

  const append = async (data: Uint8Array): Promise<number> => {
    const at = bytes;
    const file = await open(part, at === 0 ? "wx" : "a", 0o600);
    try {
      await file.writeFile(data);
    } finally {
      await file.close();
    }
    bytes += data.length;
    return at;
  };

  let work: Promise<void> = Promise.resolve();
  /** After what is being done; nothing more is done after a failure. */
  const then = (task: () => Promise<void>): void => {
    work = work.then(async () => {
      if (isOver) return;
      try {
        await task();
      } catch (error) {
        isOver = true;
        await unlink(part).catch(() => {});
        failed(error);
      }
    });
  };

  then(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const tiledJson = tiledJsonOf(head);
    if (tiledJson !== undefined) await keepArena(folder, head.mapSha256, tiledJson);
    await append(await writeHead(head, gzip));
  });
  return {
    add: ({ fromMs, toMs, frames }: Segment) =>
      then(async () => {
        const segment = writeSegment(fromMs, toMs, await gzip(frames));
        places.push({ at: await append(segment), bytes: segment.length, fromMs, toMs });
      }),
    finish: (end) =>
      then(async () => {
        await append(await writeEnd({ segments: places, ...end }, bytes, gzip));
        await rename(part, replayPath(folder, head.match));
        log.info({ match: head.match, bytes }, "replay recorded");
      }),
    discard: () =>
      then(async () => {
        isOver = true;
        await unlink(part);
      }),
  };
}
