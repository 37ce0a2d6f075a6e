/** A recorded match in the page's replay: wherever a viewer jumps, the picture is that of playing through. */
import { v7 as uuidV7 } from "uuid";
import { expect, test } from "vitest";
import { createRemotes } from "#client/net/remotes.ts";
import { ReplayRoom } from "#client/replay/replayRoom.ts";
import { openReplay, type ReplaySession } from "#client/replay/replaySession.ts";
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

async function openedMatch(players: number): Promise<ReplaySession> {
  const { head, segments, frames, end } = await recordedMatch(players);
  const info = { head, segments, marks: end?.marks ?? [], people: end?.people ?? [] };
  const starts = segments.map(({ fromMs }) => fromMs);
  const source = { starts, frames: async (index: number) => frames[index] ?? [] };
  const session = openReplay(info, source, (error) => {
    throw error;
  });
  const { room } = session;
  // The handshake of this fight announces no clock, as a room's does.
  let serverMs = 0;
  const sample = (ms: number) => {
    serverMs = ms;
  };
  room.clock = { ...room.clock, sample, lastServerTime: () => serverMs };
  room.onMessage("*", () => {});
  return session;
}

/** The drones as a page draws them, which begins anew at a jump; `show` returns the poses of the next frame. */
function drawn({ room, playhead, playout }: ReplaySession) {
  let remotes = createRemotes(room, playout.clock);
  playout.onJump(() => {
    remotes.dispose();
    remotes = createRemotes(room, playout.clock);
  });
  let nowMs = 0;
  return async (deltaMs: number): Promise<Map<string, { x: number; y: number }>> => {
    nowMs += deltaMs;
    playout.advance(deltaMs);
    while (playhead.isLoading) await new Promise((resolve) => setImmediate(resolve));
    remotes.advance(nowMs);
    const living = [...room.state.drones.entries()].filter(([, { hp }]) => hp > 0);
    return new Map(living.map(([id, drone]) => [id, remotes.pose(drone)]));
  };
}

/** A frame of 60 in a second. */
const FRAME_MS = 1000 / 60;
/** Frames around the one that is looked at. */
const AROUND = 12;

test.each([16, 64])(
  "[TAPE-61] drones glide, and after a jump are where playing through shows them, in a room of %d seats",
  async (players) => {
    const [played, jumped] = [await openedMatch(players), await openedMatch(players)];
    const [show, showAfterJump] = [drawn(played), drawn(jumped)];
    await played.playhead.seek(6_000);
    await played.playhead.play();
    const shown: Awaited<ReturnType<typeof show>>[] = [];
    const apart: number[] = [];
    for (let frame = 0; frame < 600; frame++) {
      shown.push(await show(FRAME_MS));
      if (frame % 100 !== 99) continue;
      await jumped.playhead.seek(played.playhead.atMs);
      const poses = await showAfterJump(0);
      for (const [id, { x, y }] of shown.at(-1) ?? []) {
        const other = poses.get(id);
        apart.push(other ? Math.hypot(x - other.x, y - other.y) : Number.POSITIVE_INFINITY);
      }
    }
    let [moving, halted] = [0, 0];
    const goneBetween = (id: string, from: number, to: number): number => {
      const [a, b] = [shown[from]?.get(id), shown[to]?.get(id)];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    for (const id of shown[0]?.keys() ?? [])
      for (let frame = AROUND; frame < shown.length - AROUND; frame++) {
        if (goneBetween(id, frame - AROUND, frame + AROUND) < 60) continue;
        moving++;
        if (goneBetween(id, frame - 1, frame) < 0.2) halted++;
      }
    expect(moving).toBeGreaterThan(500);
    expect(halted).toBeLessThan(moving / 20);
    expect(apart.filter((px) => px > 1)).toEqual([]);
  },
);

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
