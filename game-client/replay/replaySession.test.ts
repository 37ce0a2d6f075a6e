/** Tests a replay's session: the news of a moment reach a scene that comes later, and a part may play again and again. */
import { expect, test } from "vitest";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import type { EventMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { ReplaySession } from "./replaySession.ts";
import { openGolden, THIS } from "./testing/openGolden.ts";

/** Stands for the scene. The returned list has how long ago each kill that it hears of happened; undefined for a new one. */
function hearKills({ room, playout }: ReplaySession): (number | undefined)[] {
  const heard: (number | undefined)[] = [];
  room.onMessage(MESSAGE.event, ({ events }: EventMessage) => {
    for (const { type } of unpackEvents(events)) if (type === "kill") heard.push(playout.recalledMs);
  });
  playout.onJump(() => {});
  return heard;
}

const killIn = ({ info }: ReplaySession): number => {
  const kill = info.marks.find(({ is }) => is === "kill");
  if (!kill) throw new Error("nobody died");
  return kill.atMs;
};

test("[VIEWER-9] the scene of a replay that opens at a moment hears what has just happened there", async () => {
  const { session } = await openGolden(THIS);
  await session.playhead.seek(killIn(session) + 1000);
  const heard = hearKills(session);
  session.playout.advance(16);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  expect(heard.every((agoMs) => agoMs !== undefined && agoMs >= 0 && agoMs <= 6000)).toBe(true);
});

test("[VIEWER-10] of two jumps before there is a scene, only the last one's news are heard", async () => {
  const { session } = await openGolden(THIS);
  await session.playhead.seek(killIn(session) + 1000);
  await session.playhead.seek(0);
  const heard = hearKills(session);
  session.playout.advance(16);
  expect(heard).toEqual([]);
});

test("[VIEWER-11] a part plays again and again where the session is told of one, and else once", async () => {
  for (const part of [{ fromMs: 1000, toMs: 1500 }, undefined]) {
    const { session } = await openGolden(THIS, undefined, () => part);
    const { playhead, playout } = session;
    await playhead.seek(1200);
    await playhead.play();
    let wasBack = false;
    for (let frame = 0; frame < 40; frame++) {
      const beforeMs = playhead.atMs;
      playout.advance(50);
      while (playhead.isLoading) await new Promise((resolve) => setImmediate(resolve));
      wasBack ||= playhead.atMs < beforeMs;
    }
    expect(wasBack).toBe(part !== undefined);
  }
});
