/** Opens a golden replay as the page opens one, for tests: from the file instead of the server. */
import { readFileSync } from "node:fs";
import { openReplay, type ReplaySession } from "#client/replay/replaySession.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { readIndex, unpackSegment } from "#shared/replay/container.ts";
import type { Frame } from "#shared/replay/frames.ts";
import { gunzip } from "#shared/replay/gzip.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";

export const GOLDEN = new URL("../../../shared/replay/golden/", import.meta.url);
/** The golden replay of this protocol version. */
export const THIS = `protocol-${PROTOCOL_VERSION}.replay`;

interface Opened {
  readonly session: ReplaySession;
  readonly failures: unknown[];
}

type Change = (frame: Frame, index: number) => Frame;

/** `change`: spoils frames of all segments. `looped`: as of openReplay. */
export async function openGolden(
  name: string,
  change: Change = (frame) => frame,
  looped?: Parameters<typeof openReplay>[3],
): Promise<Opened> {
  const file = new Uint8Array(readFileSync(new URL(name, GOLDEN)));
  const readAt = async (at: number, length: number) => file.subarray(at, at + length);
  const { head, segments, end } = await readIndex(readAt, file.length, gunzip);
  const info: ReplayInfo = { head, segments, marks: end?.marks ?? [], people: end?.people ?? [] };
  const failures: unknown[] = [];
  const session = openReplay(
    info,
    {
      starts: segments.map(({ fromMs }) => fromMs),
      async frames(index) {
        const { at, bytes } = segments[index] as (typeof segments)[number];
        return (await unpackSegment(file.subarray(at, at + bytes), gunzip)).map(change);
      },
    },
    (error) => void failures.push(error),
    looped,
  );
  session.room.onMessage("*", () => {});
  return { session, failures };
}
