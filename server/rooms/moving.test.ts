/** A room that stands still to move, and what a room restores that moved or whose process died. */
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { assertNotBanned } from "#server/admission/bans.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { arenaOf, MAPS } from "#server/arenas.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  gatherIn,
  leaveAll,
  letIn,
  type Person,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { ArenaRoom } from "./ArenaRoom.ts";
import { answerProcess, answerRoom } from "./answers.ts";

let server: TestServer;
let ann: Person;
let ben: Person;
let room: ArenaRoom;
let code: string;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

const enter = (options: object) => letIn(server, here, ann, options);
const gather = async (settings: object = {}) => {
  [ann, ben] = await gatherIn(server, here, ["Ann", "Ben"], settings);
  room = server.roomOf(ann.room);
  code = room.roomId;
};
/** Both come back by themselves, as pages do. */
const returning = (): void => {
  for (const { room } of [ann, ben])
    Object.assign(room.reconnection, { enabled: true, minUptime: 0, minDelay: 100, maxDelay: 300 });
};
const copyOf = (snapshot: RoomSnapshot) => RoomSnapshot.parse(JSON.parse(JSON.stringify(snapshot)));

/** Ends the room and opens it again in its place. */
async function reopen(snapshot: RoomSnapshot) {
  await room.disconnect(CLOSE.restarting);
  const answer = await answerProcess("open", { code, snapshot: copyOf(snapshot) });
  if (answer.ok) room = server.roomOf(ann.room);
  return answer;
}
const everybodyIsBack = () =>
  until("both are back", () =>
    [ann, ben].every(
      ({ id, room: { connection, reconnection } }) =>
        room.state.roster.get(id)?.connected && connection.isOpen && !reconnection.isReconnecting,
    ),
  );

describe("a room that stands still", () => {
  test("[SNAP-130] reads no request until it goes on, and then answers all", async () => {
    await gather();
    room.moving.freeze();
    const answers: unknown[] = [];
    const banned = ann.host({ do: "ban", seat: ben.id }).then((answer) => answers.push(answer));
    const said = ben.room.request(MESSAGE.chat, { scope: "all", text: "hello" });
    const chatted = said.then((answer) => answers.push(answer));
    // An answer of another connection, which takes as long as theirs would.
    await somebody(server);
    expect(answers).toEqual([]);
    expect(room.state.roster.has(ben.id)).toBe(true);
    room.moving.thaw();
    await Promise.all([banned, chatted.catch(() => {})]);
    expect(answers).toContainEqual({ ok: true });
    await until("Ben is gone", () => !room.state.roster.has(ben.id));
  });

  test("[SNAP-131] asks everybody to try again, and keeps the seats of those who come", async () => {
    await gather();
    server.cut(ben.room);
    await until("Ben has dropped", () => room.state.roster.get(ben.id)?.connected === false);
    const { people } = room.moving.freeze();
    const again = { ok: false, status: REFUSAL.restarting, retryAfterSec: 1 };
    const token = ben.room.reconnectionToken.split(":")[1] ?? "";
    const visitor = { identity: undefined, network: "192.0.2.1", isExempt: false } as never;
    const arrival = { sessionId: ben.id, reconnectionToken: token, visitor };
    expect(await answerRoom(code, "arrive", arrival)).toMatchObject(again);
    expect(await answerRoom(code, "reconnect", { token, visitor })).toMatchObject(again);
    expect(await answerRoom(code, "takeOver", { visitor })).toMatchObject(again);
    expect(await answerRoom(code, "freePlace", { seat: ben.id })).toMatchObject(again);
    await expect(returnTo(server, ben)).rejects.toMatchObject({ code: REFUSAL.restarting });
    await expect(enterRoom(server, code, { name: "Cleo" })).rejects.toMatchObject({
      code: REFUSAL.restarting,
    });
    expect(people.find(({ seat }) => seat === ben.id)?.token).toBe(token);
    room.moving.thaw();
    here.push(await returnTo(server, ben));
    await until("Ben is back", () => room.state.roster.get(ben.id)?.connected === true);
  });

  test("[SNAP-132] cuts a connection that was on its way, and leaves its seat as it was", async () => {
    await gather();
    server.cut(ben.room);
    await until("Ben has dropped", () => room.state.roster.get(ben.id)?.connected === false);
    const token = ben.room.reconnectionToken.split(":")[1] ?? "";
    room.moving.freeze();
    const cut: string[] = [];
    const client = { sessionId: ben.id, ref: { terminate: () => void cut.push(ben.id) } };
    await Reflect.get(room, "_onJoin")(client, undefined, { reconnectionToken: token });
    expect(cut).toEqual([ben.id]);
    expect(room.hasReservedSeat(ben.id, token)).toBe(true);
    room.moving.thaw();
  });

  test("[SNAP-133] loses nothing when it moves: who drops meanwhile comes back, who asked is not told that it is done", async () => {
    await gather();
    returning();
    const snapshot = room.moving.freeze();
    let answer: unknown;
    ann.host({ do: "lock", locked: true }).then(
      (given) => {
        answer = given;
      },
      () => {},
    );
    server.cut(ben.room);
    expect(await reopen(snapshot)).toEqual({ ok: true, value: null });
    await everybodyIsBack();
    expect(answer).toBeUndefined();
    expect(room.state.locked).toBe(false);
    expect(await ann.host({ do: "lock", locked: true })).toEqual({ ok: true });
  });

  test("[SNAP-134] does not go on once it has ended", async () => {
    await gather();
    room.moving.freeze();
    await room.disconnect(CLOSE.restarting);
    let isTicking = false;
    Object.assign(room.clock, {
      tick() {
        isTicking = true;
      },
    });
    room.moving.thaw();
    await gather();
    await until("another room has gone on", () => room.clock.elapsedTime > 300);
    expect(isTicking).toBe(false);
  });
});

describe("what a crash must not undo", () => {
  test("[SNAP-135] seats, removals and whatever a host does are in a snapshot soon", async () => {
    await gather();
    room.moving.snapshot();
    expect(room.moving.hasChanged).toBe(false);
    const { moving } = room;
    const snapshot = moving.snapshot.bind(moving);
    let wasDue = false;
    // The keeper of rooms may take the snapshot before this test looks.
    moving.snapshot = () => {
      wasDue ||= moving.hasChanged;
      return snapshot();
    };
    const hurries = async (act: () => Promise<unknown>) => {
      moving.snapshot();
      wasDue = false;
      await act();
      await until("a snapshot is due", () => wasDue || moving.hasChanged);
    };
    const acts = [
      { do: "mute", seat: ben.id, muted: true },
      { do: "cohost", seat: ben.id, cohost: true },
      { do: "lock", locked: true },
      { do: "lock", locked: false },
      { do: "password", password: "secret" },
      { do: "settings", change: { title: "Other" } },
      { do: "handOver", seat: ben.id },
    ] as const;
    for (const action of acts) await hurries(() => ann.host(action));
    await hurries(() => ben.host({ do: "ban", seat: ann.id }));
    expect(room.moving.snapshot().people.map(({ seat }) => seat)).toEqual([ben.id]);
    const cleo = await enter({ name: "Cleo", password: "secret" });
    await hurries(() => cleo.room.leave());
  });

  test("[SNAP-136] a room that is open is not opened again, and its bans hold", async () => {
    await gather();
    const snapshot = copyOf(room.moving.snapshot());
    const { visitor } = snapshot.people.find(({ seat }) => seat === ben.id) ?? {};
    await ann.host({ do: "ban", seat: ben.id });
    expect(await answerProcess("open", { code, snapshot })).toMatchObject({ ok: false, status: 409 });
    const banned = { identity: visitor?.identity ?? undefined, network: visitor?.network ?? "" };
    expect(() => assertNotBanned(code, banned)).toThrow();
    await room.disconnect(CLOSE.restarting);
    const opened = [1, 2].map(() => answerProcess("open", { code, snapshot }));
    expect((await Promise.all(opened)).map(({ ok }) => ok)).toEqual([true, false]);
    await matchMaker.getLocalRoomById(code)?.disconnect();
  });
});

/** The middle of the first bush that only the first arena has, px. */
function bushOnlyIn(one: Arena, other: Arena): Place {
  const { bushes, columns, tilePx } = one;
  const middles = Array.from(bushes.keys(), (tile) => ({
    x: ((tile % columns) + 0.5) * tilePx,
    y: (Math.floor(tile / columns) + 0.5) * tilePx,
  }));
  const found = middles.find(({ x, y }) => isBushAt(one, x, y) && !isBushAt(other, x, y));
  if (!found) throw new Error("no such bush");
  return found;
}

describe("a restored room", () => {
  test("[SNAP-137] shows the match's map, whatever map comes next", async () => {
    await gather({ map: "foundry" });
    returning();
    await ann.host({ do: "start" });
    await until("the match is live", () => ann.state.phase === "live", 20_000);
    await ann.host({ do: "settings", change: { map: "causeway" } });
    await ann.host({ do: "pause" });
    const place = bushOnlyIn(arenaOf("foundry"), arenaOf("causeway"));
    Object.assign(room.state.drones.get(ben.id) ?? {}, { ...place, lastFiredTick: -1000 });
    Object.assign(room.state.drones.get(ann.id) ?? {}, { x: place.x + 400, y: place.y });
    await reopen(room.moving.snapshot());
    await everybodyIsBack();
    expect(room.state.map).toBe("foundry");
    await until("Ann has her drone", () => ann.state.drones.get(ann.id)?.x === place.x + 400);
    const { elapsedTime } = room.clock;
    await until("patches were made", () => room.clock.elapsedTime > elapsedTime + 300);
    expect([...ann.state.drones.keys()]).toEqual([ann.id]);
  });

  test("[SNAP-138] has another map where this server lacks the next one, and is refused without the match's", async () => {
    await gather();
    const snapshot = copyOf(room.moving.snapshot());
    snapshot.settings.map = "removed";
    expect(await reopen(snapshot)).toEqual({ ok: true, value: null });
    expect(MAPS.has(JSON.parse(room.state.settings).map)).toBe(true);
    snapshot.world.state.map = "removed";
    expect(await reopen(snapshot)).toMatchObject({ ok: false, status: REFUSAL.badSettings });
  });

  test.each([
    [-3_600_000, 0],
    [60_000, 60_000],
    [86_400_000, 3_600_000],
  ])(
    "[SNAP-139] goes on by its own time: %i ms later by the wall clock it is %i ms later",
    async (sinceMs, expected) => {
      await gather();
      const snapshot = { ...copyOf(room.moving.snapshot()), takenAtMs: Date.now() - sinceMs };
      const { elapsedMs } = snapshot;
      await reopen(snapshot);
      const laterMs = room.clock.elapsedTime - elapsedMs;
      expect(laterMs).toBeGreaterThanOrEqual(expected);
      expect(laterMs).toBeLessThan(expected + 30_000);
    },
  );

  test("[SNAP-140] shows a spectator the player that they follow", async () => {
    await gather({ spectating: "follow" });
    const eve = await enter({ name: "Eve", spectate: true });
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await until("she follows Ben", () => eve.state.drones.has(ben.id));
    const snapshot = room.moving.snapshot();
    expect(snapshot.followed).toEqual([[eve.id, ben.id]]);
    await reopen(snapshot);
    expect(room.moving.snapshot().followed).toEqual([[eve.id, ben.id]]);
  });

  test("[SNAP-141] is opened by the server only: what a client asks for is no snapshot", async () => {
    await gather();
    const snapshot = copyOf(room.moving.snapshot());
    for (const asked of [{ snapshot }, { reopening: { snapshot } }]) {
      const { roomId } = await matchMaker.handleCreateRoom(ROOM.arena, JSON.parse(JSON.stringify(asked)));
      const opened = matchMaker.getLocalRoomById(roomId) as ArenaRoom;
      expect(opened.state.hosted).toBe(false);
      expect(opened.state.roster.has(ann.id)).toBe(false);
      await opened.disconnect();
    }
  });
});
