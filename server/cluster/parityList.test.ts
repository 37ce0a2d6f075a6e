/** The live list, metrics and limits of rooms in whatever process they run: the same tests with one process and with two. */
import { Client, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, type Person, somebody } from "#server/testing/company.ts";
import { openInEach, roomProcessesOf, rowOf } from "#server/testing/roomProcesses.ts";
import type { LobbyEntry, RoomListing } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { pidOf } from "#shared/testing/pidOf.ts";

/** Follows the list as the title screen does. */
async function watch(server: TestServer): Promise<Map<string, RoomListing>> {
  const rooms = new Map<string, RoomListing>();
  const client = new Client(server.url, { headers: new Guest(server).headers });
  const room: Room = await client.joinOrCreate(ROOM.lobby);
  room.reconnection.enabled = false;
  const put = ({ roomId, metadata }: LobbyEntry) => void rooms.set(roomId, metadata);
  room.onMessage("rooms", (all: LobbyEntry[]) => all.forEach(put));
  room.onMessage("+", ([, entry]: [string, LobbyEntry]) => put(entry));
  room.onMessage("-", (roomId: string) => void rooms.delete(roomId));
  return rooms;
}

describe.each([{ processes: 1 }, { processes: 2 }])("with PROCESSES=$processes", ({ processes }) => {
  let server: TestServer;
  let hosts: Person[];
  beforeAll(async () => {
    // Enough for openInEach, which opens some until each process has one.
    const maxRooms = processes + 8;
    server = await bootServer({ ...BEHIND_PROXY, processes, maxRooms, metricsToken: "m" });
    hosts = await openInEach(server, processes, { private: false });
  });
  afterAll(() => server.close());

  test("[PARITY-10] the live list has the rooms of all processes, their changes and their ends", async () => {
    const rooms = await watch(server);
    const codes = hosts.map(({ room }) => room.roomId);
    await expect.poll(() => [...rooms.keys()].sort()).toEqual([...codes].sort());
    for (const { room } of hosts) {
      const guest = await enterRoom(server, room.roomId);
      await expect.poll(() => rooms.get(room.roomId)?.players).toBe(2);
      await guest.room.leave();
      await expect.poll(() => rooms.get(room.roomId)?.players).toBe(1);
    }
    const more = await openInEach(server, processes, { private: false });
    await expect.poll(() => rooms.size).toBe(2 * processes);
    await Promise.all(more.map(({ room }) => room.leave()));
    await expect.poll(() => [...rooms.keys()].sort()).toEqual([...codes].sort());
  });

  test("[PARITY-11] one scrape has the sums of all processes, and CPU and memory of each", async () => {
    const scrape = async () =>
      (await fetch(`${server.url}/metrics`, { headers: { authorization: "Bearer m" } })).text();
    const text = await scrape();
    const values = (name: string) =>
      Array.from(text.matchAll(new RegExp(`^${name}({.*})? (\\S+)$`, "gm")), ([, labels = "", value]) => ({
        labels,
        value: Number(value),
      }));
    const names = processes === 1 ? [""] : ['{process="front"}', '{process="room 1"}', '{process="room 2"}'];
    for (const name of ["process_cpu_user_seconds_total", "process_resident_memory_bytes"]) {
      expect(
        values(name)
          .map(({ labels }) => labels)
          .sort(),
      ).toEqual(names);
      expect(values(name).every(({ value }) => value > 0)).toBe(true);
    }
    for (const name of [
      "fracas_ticks_held_total",
      "fracas_tick_duration_seconds_count",
      "fracas_queued_bytes",
    ])
      expect(values(name).map(({ labels }) => labels)).toEqual([""]);
    expect(text.match(/^# TYPE fracas_ticks_held_total /gm)).toHaveLength(1);
  });

  test("[PARITY-12] an identity may have three rooms, and the server as many as MAX_ROOMS, in all processes together", async () => {
    const seats: Answer[] = [];
    const owner = await somebody(server);
    const create = async (guest: Guest) => {
      const answer = await guest.askSeat({}, "create");
      if (answer.status === 200) seats.push(await guest.knock(JSON.parse(answer.body)));
      return answer.status;
    };
    const asked: number[] = [];
    for (let at = 0; at < 4; at++) asked.push(await create(new Guest(server, { token: owner.token ?? "" })));
    expect(asked).toEqual([200, 200, 200, REFUSAL.tooMany]);
    const others = await Promise.all(Array.from({ length: 9 }, async () => create(await somebody(server))));
    expect(others.sort()).toEqual([...Array(5).fill(200), ...Array(4).fill(REFUSAL.serverFull)]);
    for (const { socket } of seats) socket?.destroy();
    await expect.poll(() => server.app.rooms.directory.own.size).toBe(processes);
  });

  test.runIf(processes > 1)(
    "[PARITY-13] the list follows the rooms of a process that died to another one",
    async () => {
      const rooms = await watch(server);
      const before = hosts.map((host) => rowOf(server, host)?.processId);
      for (const pid of roomProcessesOf()) process.kill(pid, "SIGKILL");
      await until("the hosts have dropped", () => hosts.every(({ code }) => code !== undefined));
      await expect
        .poll(
          () => hosts.every((host, at) => ![undefined, before[at]].includes(rowOf(server, host)?.processId)),
          {
            timeout: 40_000,
          },
        )
        .toBe(true);
      const codes = hosts.map(({ room }) => room.roomId);
      await expect.poll(() => codes.every((code) => rooms.has(code))).toBe(true);
    },
  );

  test.runIf(processes > 1)(
    "[PARITY-14] quick play passes by the rooms of a process that hangs",
    async () => {
      const [ann, ben] = (await openInEach(server, processes, { private: false })) as [Person, Person];
      for (let more = 0; more < 3; more++) await enterRoom(server, ann.room.roomId);
      expect((await new Guest(server).reserve()).roomId).toBe(ann.room.roomId);
      const pid = pidOf(server.app.pool?.all.find(({ id }) => id === rowOf(server, ann)?.processId));
      process.kill(pid, "SIGSTOP");
      const seat = await new Guest(server).reserve();
      expect(seat.roomId).not.toBe(ann.room.roomId);
      expect(seat.processId).toBe(rowOf(server, ben)?.processId);
      await until("the front has killed it", () => !roomProcessesOf().includes(pid));
    },
  );
});
