/** Golden replays: a file of each protocol version, as players have them, plays to its end and shows how its match ended. */
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MESSAGE } from "#shared/protocol/names.ts";
import { writeHead } from "#shared/replay/container.ts";
import { gzip } from "#shared/replay/gzip.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";
import { scoreboardOf } from "#shared/testing/scoreboard.ts";
import { openReplay, type ReplaySession } from "./replaySession.ts";
import { GOLDEN, openGolden, THIS } from "./testing/openGolden.ts";

const names = readdirSync(GOLDEN).filter((name) => name.endsWith(".replay"));

async function playThrough({ playhead }: ReplaySession): Promise<void> {
  await playhead.seek(0);
  await playhead.play();
  for (let step = 0; !playhead.isAtEnd && playhead.isPlaying && step < 20_000; step++) {
    playhead.advance(50);
    // Until the next segment is there.
    while (playhead.isLoading) await new Promise((resolve) => setImmediate(resolve));
  }
}

test("[SHELF-21] there is a golden replay of this protocol version (npm run golden records it)", () => {
  expect(names).toContain(THIS);
});

describe.each(names)("%s", (name) => {
  test("[SHELF-22] plays to its end, and shows how the match ended", async () => {
    const { session, failures } = await openGolden(name);
    await playThrough(session);
    const expected = JSON.parse(readFileSync(new URL(name.replace(".replay", ".json"), GOLDEN), "utf8"));
    expect(scoreboardOf(session.room.state)).toEqual(expected);
    expect([session.playhead.isAtEnd, failures]).toEqual([true, []]);
    expect(session.info.marks.filter(({ is }) => is === "kill").length).toBeGreaterThan(3);
  });

  test("[SHELF-23] shows after a jump to its end what playing through shows", async () => {
    const [played, jumped] = [await openGolden(name), await openGolden(name)];
    await playThrough(played.session);
    await jumped.session.playhead.seek(Number.POSITIVE_INFINITY);
    expect(jumped.session.room.state.toJSON()).toEqual(played.session.room.state.toJSON());
  });
});

test("[VIEWER-13] drones go on over the borders of segments, where they are what a jump shows", async () => {
  const [played, jumped] = [await openGolden(THIS), await openGolden(THIS)];
  const { playhead, room, info } = played.session;
  await playhead.seek(0);
  for (const { fromMs } of info.segments.slice(1)) {
    await playhead.playTo(fromMs - 1);
    const before = [...room.state.drones.entries()];
    await playhead.playTo(fromMs);
    const after = room.state.drones;
    const stayed = before.filter(([id]) => after.has(id));
    expect(stayed.length).toBeGreaterThan(0);
    // Another object would be a drone that has not moved yet, which is drawn without interpolation.
    expect(stayed.filter(([id, drone]) => after.get(id) !== drone)).toEqual([]);
    await jumped.session.playhead.seek(fromMs);
    expect(room.state.toJSON()).toEqual(jumped.session.room.state.toJSON());
  }
});

test("[VIEWER-12] a scene that begins after the first jump is shown it again, once: what moved before it, and its news", async () => {
  const { session } = await openGolden(THIS);
  const { playhead, playout, room } = session;
  await playhead.seek(10_000);
  let jumps = 0;
  const recalledMs: number[] = [];
  playout.onJump(() => void jumps++);
  room.onMessage(MESSAGE.event, () => void recalledMs.push(playout.recalledMs ?? -1));
  for (let frame = 0; frame < 3; frame++) {
    playout.advance(16);
    while (playhead.isLoading) await new Promise((resolve) => setImmediate(resolve));
  }
  expect([jumps, playhead.atMs]).toEqual([1, 10_000]);
  expect(recalledMs.filter((ms) => ms >= 0).length).toBeGreaterThan(0);
});

/** Bytes of a frame, spoiled. */
type Spoil = (bytes: Uint8Array, random: Random) => Uint8Array;
const SPOILED: Readonly<Record<string, Spoil>> = {
  "noise behind the code": (bytes, random) =>
    bytes.map((byte, at) => (at === 0 ? byte : pickIndex(random, 256))),
  "a byte that is another": (bytes, random) =>
    bytes.with(pickIndex(random, bytes.length), pickIndex(random, 256)),
  "its end cut off": (bytes, random) => bytes.subarray(0, 1 + pickIndex(random, bytes.length)),
};

describe("frames that no server has sent", () => {
  // The decoder prints what it does not know.
  beforeEach(() => {
    for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  });
  afterEach(() => void vi.restoreAllMocks());

  test.each(Object.entries(SPOILED))(
    "[SHELF-24] with %s never stop the page: they are damaged, or something is shown",
    async (_what, spoil) => {
      const random = seededRandom(24);
      const seen = { damaged: 0 };
      for (let round = 0; round < 40; round++) {
        const spoiledAt = pickIndex(random, 60);
        const { session, failures } = await openGolden(THIS, (frame, index) =>
          index === spoiledAt ? { ...frame, bytes: spoil(frame.bytes, random) } : frame,
        );
        await session.playhead.seek(pickIndex(random, 20_000));
        expect(failures.filter((error) => !(error instanceof ReplayError))).toEqual([]);
        seen.damaged += failures.length;
      }
      expect(seen.damaged).toBeGreaterThan(0);
    },
  );

  test("[SHELF-25] of another kind are damaged: told once, the replay pauses, and goes on from a whole state", async () => {
    const { session, failures } = await openGolden(THIS, (frame, index) =>
      index === 30 && frame.atMs < 5000 ? { ...frame, bytes: Uint8Array.of(0xff, 1, 2, 3) } : frame,
    );
    await playThrough(session);
    expect(failures).toEqual([expect.objectContaining({ why: "damaged" })]);
    expect(session.playhead.isPlaying).toBe(false);
    await session.playhead.seek(6000);
    expect(failures).toHaveLength(1);
    const { session: whole } = await openGolden(THIS);
    await whole.playhead.seek(6000);
    expect(session.room.state.toJSON()).toEqual(whole.room.state.toJSON());
  });

  test("[SHELF-26] that write an array far behind its end are damaged at once", async () => {
    // Patch → the state's array of awards → item 4,294,967,294: compacting its holes would take minutes.
    const { session, failures } = await openGolden(THIS);
    await session.playhead.seek(1000);
    const { awards } = session.room.state as unknown as { awards: Record<symbol, number> };
    const refId = Object.getOwnPropertySymbols(awards).find(({ description }) => description === "$refId");
    const at = awards[refId as symbol] as number;
    const far = Uint8Array.of(
      15,
      255,
      0xcd,
      at & 0xff,
      at >> 8,
      128,
      0xce,
      0xfe,
      0xff,
      0xff,
      0xff,
      0xcd,
      0x99,
      0x09,
    );
    expect(() => session.room.feed(far)).toThrow(ReplayError);
    expect(failures).toEqual([]);
  });

  test("[SHELF-27] and handshakes are damaged: each is refused at once", async () => {
    const { session } = await openGolden(THIS);
    const { info } = session;
    const random = seededRandom(27);
    const good = Uint8Array.from(atob(info.head.handshake), (char) => char.charCodeAt(0));
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const spoil = Object.values(SPOILED)[round % 3] as Spoil;
      const handshake = btoa(String.fromCharCode(...spoil(good, random)));
      try {
        openReplay(
          { ...info, head: { ...info.head, handshake } },
          { starts: [], frames: async () => [] },
          () => {},
        );
      } catch (error) {
        expect(error).toBeInstanceOf(ReplayError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
    // A section whose length is negative would lead the SDK back for ever.
    const back = Uint8Array.of(...good, 99, 0xd0, 0xfd);
    const handshake = btoa(String.fromCharCode(...back));
    const opening = () =>
      openReplay(
        { ...info, head: { ...info.head, handshake } },
        { starts: [], frames: async () => [] },
        () => {},
      );
    expect(opening).toThrow(ReplayError);
    expect(await writeHead({ ...info.head, handshake }, gzip)).toBeInstanceOf(Uint8Array);
  });
});
