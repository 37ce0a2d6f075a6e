/** A recorded match in the page's replay: wherever a viewer jumps, the picture is that of playing through. */
import { v7 as uuidV7 } from "uuid";
import { expect, test } from "vitest";
import { ReplayRoom } from "#client/replay/replayRoom.ts";
import { openReplay } from "#client/replay/replaySession.ts";
import { replayPath } from "#server/services/replays/files.ts";
import { fileTapes } from "#server/services/replays/fileTape.ts";
import { readReplay } from "#server/testing/readReplay.ts";
import { RecordedFight, sortedJson } from "#server/testing/recordedFight.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const SEEKS = 1000;

async function recordedMatch(players: number) {
  const folder = temporaryFolder("replays");
  const fail = (_match: string, error: unknown) => {
    throw error;
  };
  const [tapes, match] = [fileTapes({ folder, failed: fail, tiledJsonOf: () => undefined }), uuidV7()];
  new RecordedFight({ mode: "captureTheFlag", seed: 5, seconds: 30, tapes, match, players }).playOut();
  await tapes.written();
  return readReplay(replayPath(folder, match));
}

test.each([16, 64])(
  "[TAPE-60] 1,000 random seeks show what playing through shows, in a room of %d seats",
  async (players) => {
    const { head, segments, frames, end } = await recordedMatch(players);
    const info = { head, segments, marks: end?.marks ?? [], people: end?.people ?? [] };
    const handshake = Buffer.from(head.handshake, "base64");
    const through = new ReplayRoom(head.room, handshake);
    /** After each frame of each segment. */
    const shown = frames.map((segment) =>
      segment.map(({ bytes }) => {
        through.feed(bytes);
        return sortedJson(through.state.toJSON());
      }),
    );
    const failures: unknown[] = [];
    const starts = segments.map(({ fromMs }) => fromMs);
    const source = { starts, frames: async (index: number) => frames[index] ?? [] };
    const { room, playhead } = openReplay(info, source, (error) => void failures.push(error));
    const random = seededRandom(17);
    const wrong: number[] = [];
    for (let seek = 0; seek < SEEKS; seek++) {
      const ms = Math.floor(random.next() * ((segments.at(-1)?.toMs ?? 0) + 1));
      await playhead.seek(ms);
      const index = starts.findLastIndex((fromMs) => fromMs <= ms);
      // The whole state takes two frames.
      const place = Math.max(1, frames[index]?.findLastIndex(({ atMs }) => atMs <= ms) ?? 0);
      if (sortedJson(room.state.toJSON()) !== shown[index]?.[place]) wrong.push(ms);
    }
    expect([wrong, failures]).toEqual([[], []]);
    expect(new Set(shown.flat()).size).toBeGreaterThan(500);
  },
);
