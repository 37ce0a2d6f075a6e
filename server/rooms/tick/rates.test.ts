/** The rates of a room's ticks and patches on a booted server. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { PATCH_MS, PATCHES_PER_SEC, TICKS_PER_SEC } from "#shared/config.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { RoomClock } from "./roomClock.ts";

let server: TestServer;
let ann: ArenaClient;
beforeAll(async () => {
  server = await bootServer();
  ann = await server.join({ name: "Ann" });
});
afterAll(() => server.close());

test("[CLOCK-9] a second of a room's time has 30 ticks and 20 patches, and no other timer adds a patch", async () => {
  const room = server.roomOf(ann);
  const { clock } = room;
  let heldMs = clock.currentTime;
  const now = vi.fn(() => heldMs);
  Object.assign(clock, { now });
  const patches = vi.spyOn(room, "broadcastPatch");
  /** Advances the room's time and waits until the room has noticed. */
  const advance = async (ms: number) => {
    heldMs += ms;
    const before = now.mock.calls.length;
    // A run of the room's clock reads the time when it begins, and when it ends.
    await until("the room runs", () => now.mock.calls.length > before + 2);
  };
  // What was due when its time was stopped.
  await advance(0);
  const { tick } = room.state;
  patches.mockClear();
  for (let i = 0; i < 50; i++) await advance(20);
  expect(Math.abs(room.state.tick - tick - TICKS_PER_SEC)).toBeLessThanOrEqual(1);
  expect(Math.abs(patches.mock.calls.length - PATCHES_PER_SEC)).toBeLessThanOrEqual(1);
});

test("[CLOCK-10] a client is told both rates when it joins", () => {
  const input = ann.input({ type: CommandInput });
  expect(input).toMatchObject({ tickRate: TICKS_PER_SEC, patchRate: PATCH_MS });
});

test("[CLOCK-11] a room that ends stops its clock", async () => {
  const stop = vi.spyOn(RoomClock.prototype, "stop");
  await ann.leave();
  await until("the clock has stopped", () => stop.mock.calls.length > 0);
});
