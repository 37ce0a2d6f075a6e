/**
 * Writes a replay's file, one write after the other, off the tick: zlib compresses in libuv's threads. The file is
 * `ID.part` until it is whole. It grows by whole segments, so that another process can go on with it.
 */
import { constants } from "node:fs";
import { mkdir, open, rename, stat, truncate, unlink, utimes } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { log } from "#server/log.ts";
import { writeEnd, writeHead, writeSegment } from "#shared/replay/container.ts";
import type { ReplayEnd, ReplayHead } from "#shared/replay/replay.ts";
import { keepArena } from "./arenas.ts";
import { partPath, replayPath } from "./files.ts";
import { readIndexOf } from "./readReplay.ts";
import type { Segment, Tape, Tapes } from "./tape.ts";

const gzip = promisify(gzipWithCallback);

const CREATE = "wx";
/** Never creates a file: one that was moved away has no head here. */
const APPEND = constants.O_WRONLY | constants.O_APPEND;

/** Bounds the bytes of all tapes of the process that wait for a slow disk: a minute of some twenty rooms of hundreds. */
export const WAITING_MAX_BYTES = 64 * 1024 * 1024;

export interface FileTapesParts {
  readonly folder: string;
  /** The Tiled file of the arena that a replay names; undefined if it is not known. */
  tiledJsonOf(head: ReplayHead): string | undefined;
  /** Called once for each tape that ends early, such as by a full disk. */
  failed(match: string, error: unknown): void;
  readonly waitingMaxBytes?: number;
}

export interface FileTapes extends Tapes {
  /** Resolves when all that the tapes were given so far is written, or has failed. */
  written(): Promise<void>;
}

export function fileTapes({ waitingMaxBytes = WAITING_MAX_BYTES, ...parts }: FileTapesParts): FileTapes {
  const waiting = new Waiting(waitingMaxBytes);
  return {
    open(head) {
      const tape = new FileTape(parts, head.match, waiting);
      tape.begin(head);
      return tape;
    },
    resume: (match) => new FileTape(parts, match, waiting, true),
    written: () => waiting.over(),
  };
}

/** The work of all tapes that is not done yet. */
class Waiting {
  readonly #maxBytes: number;
  readonly #works = new Set<Promise<void>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isFull(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  /** `work` never rejects. */
  add(work: Promise<void>, bytes: number): void {
    this.#bytes += bytes;
    this.#works.add(work);
    void work.then(() => {
      this.#works.delete(work);
      this.#bytes -= bytes;
    });
  }

  async over(): Promise<void> {
    await Promise.all(this.#works);
  }
}

type TapeParts = Omit<FileTapesParts, "waitingMaxBytes">;

class FileTape implements Tape {
  readonly #parts: TapeParts;
  readonly #match: string;
  readonly #part: string;
  readonly #waiting: Waiting;
  /** Whether another process wrote what is there, and may have died while it wrote. */
  #isResumed: boolean;
  #isOver = false;
  #work: Promise<void> = Promise.resolve();

  constructor(parts: TapeParts, match: string, waiting: Waiting, isResumed = false) {
    this.#parts = parts;
    this.#match = match;
    this.#part = partPath(parts.folder, match);
    this.#waiting = waiting;
    this.#isResumed = isResumed;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  begin(head: ReplayHead): void {
    this.#then(async () => {
      const { folder, tiledJsonOf } = this.#parts;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const tiledJson = tiledJsonOf(head);
      if (tiledJson !== undefined) await keepArena(folder, head.mapSha256, tiledJson);
      await this.#append(await writeHead(head, gzip), CREATE);
    });
  }

  add({ fromMs, toMs, frames }: Segment): void {
    const write = async () => {
      if (this.#isResumed) await this.#cut(fromMs);
      await this.#append(writeSegment(fromMs, toMs, await gzip(frames)));
    };
    if (this.#waiting.isFull) this.#fail(new Error("the disk is too slow"));
    else this.#then(write, frames.length);
  }

  touch(): void {
    this.#then(() => utimes(this.#part, new Date(), new Date()));
  }

  finish(end: Pick<ReplayEnd, "marks" | "people">): void {
    this.#then(async () => {
      const { segments } = await readIndexOf(this.#part);
      const { size } = await stat(this.#part);
      await this.#append(await writeEnd({ segments: [...segments], ...end }, size, gzip));
      await rename(this.#part, replayPath(this.#parts.folder, this.#match));
      this.#isOver = true;
      log.info({ match: this.#match, bytes: size }, "replay recorded");
    });
  }

  discard(): void {
    this.#then(async () => {
      this.#isOver = true;
      await unlink(this.#part);
    });
  }

  /** Does the task after those before it. Nothing is done after a failure. */
  #then(task: () => Promise<void>, bytes = 0): void {
    this.#work = this.#work.then(async () => {
      if (!this.#isOver) await task().catch((error: unknown) => this.#fail(error));
    });
    this.#waiting.add(this.#work, bytes);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#parts.failed(this.#match, error);
    // Frees the space, once the write under way is over.
    this.#work = this.#work.then(() => unlink(this.#part).catch(() => {}));
    this.#waiting.add(this.#work, 0);
  }

  async #append(data: Uint8Array, flags: string | number = APPEND): Promise<void> {
    const file = await open(this.#part, flags, 0o600);
    try {
      await file.writeFile(data);
    } finally {
      await file.close();
    }
  }

  /** Cuts off a torn segment, and those that a clock which was set back has made later than what follows. */
  async #cut(fromMs: number): Promise<void> {
    this.#isResumed = false;
    const { segments, headBytes } = await readIndexOf(this.#part);
    const last = segments.findLast(({ toMs }) => toMs <= fromMs);
    await truncate(this.#part, last ? last.at + last.bytes : headBytes);
  }
}
