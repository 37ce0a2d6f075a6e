/** A match of bots from a seed, recorded as a room records it, without a network or a clock: the same bytes each time. */
import type { Segment, Tape } from "#server/services/replays/tape.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { writeEnd, writeHead, writeSegment } from "#shared/replay/container.ts";
import { gzip } from "#shared/replay/gzip.ts";
import type { ReplayEnd, ReplayHead, SegmentPlace } from "#shared/replay/replay.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { RecordedFight } from "./recordedFight.ts";

export interface SeededMatch {
  readonly seed: number;
  readonly mode: ModeName;
  readonly map: string;
  readonly bots: number;
  readonly lengthTicks: number;
}

const SMALL_MATCH: SeededMatch = {
  seed: 17,
  mode: "teamDeathmatch",
  map: "foundry",
  bots: 6,
  lengthTicks: 600,
};

/** 2026-11-28; the id is a UUIDv7 of that time. */
const STARTED_AT = Date.UTC(2026, 10, 28);
const MATCH = "019ac7b9-7800-7000-8000-000000000017";

export interface SeededReplay {
  readonly file: Uint8Array;
  /** The state at the end of the match. */
  readonly state: ArenaState;
}

export async function recordSeededMatch(match: SeededMatch = SMALL_MATCH): Promise<SeededReplay> {
  const { bots: drones, lengthTicks, ...rest } = match;
  const tape = new MemoryTape();
  const tapes = { open: tape.begin, resume: () => tape };
  const recorded = new RecordedFight({
    ...{ ...rest, drones, tapes },
    match: MATCH,
    seconds: lengthTicks / TICKS_PER_SEC,
  });
  recorded.playOut();
  return { file: await tape.written(), state: recorded.fight.world.state };
}

/** Like fileTape.ts, but in memory. */
class MemoryTape implements Tape {
  readonly isOver = false;
  readonly #segments: Segment[] = [];
  #head: ReplayHead | undefined;
  #end: Pick<ReplayEnd, "marks" | "people"> | undefined;

  readonly begin = (head: ReplayHead): Tape => {
    this.#head = { ...head, startedAt: STARTED_AT };
    return this;
  };

  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  finish(end: Pick<ReplayEnd, "marks" | "people">): void {
    this.#end = end;
  }

  touch(): void {}

  discard(): void {}

  async written(): Promise<Uint8Array> {
    if (!this.#head || !this.#end) throw new Error("the match was not recorded to its end");
    const parts = [await writeHead(this.#head, gzip)];
    const places: SegmentPlace[] = [];
    let at = parts[0]?.length ?? 0;
    for (const { fromMs, toMs, frames } of this.#segments) {
      const bytes = writeSegment(fromMs, toMs, await gzip(frames));
      parts.push(bytes);
      places.push({ at, bytes: bytes.length, fromMs, toMs });
      at += bytes.length;
    }
    parts.push(await writeEnd({ segments: places, ...this.#end }, at, gzip));
    return new Uint8Array(Buffer.concat(parts));
  }
}
