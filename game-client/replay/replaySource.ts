/** Fetches a replay: what it says about itself, and its segments by HTTP ranges, of which the newest are kept. */
import { ask, askJson, waitSecOf } from "#client/net/http.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { unpackSegment } from "#shared/replay/container.ts";
import type { Frame } from "#shared/replay/frames.ts";
import { gunzip } from "#shared/replay/gzip.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import type { Segments } from "./playhead.ts";

/** Segments that are kept: a minute, so that a viewer who looks at a fight again and again waits once. */
const KEPT = 12;

/** There is no replay yet: its match goes on. */
export class MatchGoesOn extends Error {
  /** Seconds after which the server wants to be asked again. */
  readonly waitSec: number;

  constructor(waitSec: number) {
    super("the match of this replay goes on");
    this.waitSec = waitSec;
  }
}

/** Rejects with MatchGoesOn, with an HttpError, or without an answer. */
export async function fetchReplay(endpoint: string, id: string): Promise<ReplayInfo> {
  const response = await ask(endpoint + pathTo(ROUTE.replay, { id }));
  if (response.status === 202) throw new MatchGoesOn(waitSecOf(response));
  return response.json();
}

/** The Tiled map that the match was played on. Rejects with an HttpError, or without an answer. */
export const fetchReplayMap = (endpoint: string, id: string): Promise<unknown> =>
  askJson(endpoint + pathTo(ROUTE.replayMap, { id }));

/** Each segment is fetched with the one that follows it. */
export function segmentsOf(endpoint: string, { head, segments }: ReplayInfo): Segments {
  const url = endpoint + pathTo(ROUTE.replayFile, { id: head.match });
  /** The newest last. */
  const kept = new Map<number, Promise<readonly Frame[]>>();

  const have = (index: number): Promise<readonly Frame[]> => {
    const known = kept.get(index);
    const frames = known ?? fetchSegment(url, segments, index);
    kept.delete(index);
    kept.set(index, frames);
    // A failed one is asked for again.
    if (!known) frames.catch(() => kept.delete(index));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return frames;
  };

  return {
    starts: segments.map(({ fromMs }) => fromMs),
    frames(index) {
      const frames = have(index);
      if (index + 1 < segments.length) have(index + 1).catch(() => {});
      return frames;
    },
  };
}

async function fetchSegment(
  url: string,
  segments: ReplayInfo["segments"],
  index: number,
): Promise<readonly Frame[]> {
  const place = segments[index];
  if (!place) throw new RangeError(`the replay has no segment ${index}`);
  const { at, bytes } = place;
  const response = await ask(url, { headers: { range: `bytes=${at}-${at + bytes - 1}` } });
  const body = new Uint8Array(await response.arrayBuffer());
  // A proxy may ignore the range and answer with the whole file.
  if (response.status !== 206 && body.length !== bytes)
    return unpackSegment(body.subarray(at, at + bytes), gunzip);
  if (body.length !== bytes) throw new ReplayError("damaged");
  return unpackSegment(body, gunzip);
}
