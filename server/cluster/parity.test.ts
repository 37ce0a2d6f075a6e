/** What must hold for rooms in whatever process they run, as clients see it: the same tests with one process and with two. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Progress, provideProgress } from "#server/services/progress.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { ask, freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  leaveAll,
  openRoom,
  type Person,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { openInEach } from "#server/testing/roomProcesses.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const MATCH_SECONDS = 5;
const NOT_YOURS = "This place is somebody else's.";

let server: TestServer;
const here: Person[] = [];
const entering = async (person: Promise<Person>) => {
  const entered = await person;
  here.push(entered);
  return entered;
};
const enter = ({ room }: Person, options: object = {}, by?: Guest) =>
  entering(enterRoom(server, room.roomId, options, by));
const times = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const statusesOf = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);
const keyOf = ({ room }: Person) => room.reconnectionToken.split(":")[1] ?? "";
const askReturn = (guest: Guest, { room }: Person, key: string) =>
  guest.askSeat({ reconnectionToken: key }, "reconnect", room.roomId);
const knockAgain = (guest: Guest, { room }: Person, key: string) =>
  guest.knock(
    { processId: "any", roomId: room.roomId, sessionId: room.sessionId },
    { reconnectionToken: key },
  );
const isAway = ({ id }: Person, seenBy: Person) =>
  until("the player is away for the others", () => seenBy.state.roster.get(id)?.connected === false);
const playsOn = async ({ state }: Person) => {
  const { tick } = state;
  await until("the player receives a later tick", () => state.tick > tick);
};

describe.each([{ processes: 1 }, { processes: 2 }])("with PROCESSES=$processes", ({ processes }) => {
  beforeAll(async () => {
    server = await bootServer({ ...BEHIND_PROXY, processes, matchSeconds: MATCH_SECONDS });
  });
  afterEach(() => leaveAll(here));
  afterAll(() => server.close());

  /** The hosts of a room in each process. */
  const hostsOf = async (options: object = {}) => {
    const hosts = await openInEach(server, processes, options);
    here.push(...hosts);
    return hosts;
  };

  test("[PARITY-1] wrong passwords are refused and counted, simultaneous ones too, for each room apart", async () => {
    for (const { room } of await hostsOf({ password: "sesame" })) {
      const guesser = await somebody(server);
      const guess = (password: string) => guesser.askSeat({ password }, "joinById", room.roomId);
      const answers = await statusesOf(times(11, (at) => guess(`guess ${at}`)));
      expect(answers.filter((status) => status === REFUSAL.wrongPassword)).toHaveLength(10);
      expect(answers.filter((status) => status === REFUSAL.tooMany)).toHaveLength(1);
      expect((await guess("sesame")).status).toBe(REFUSAL.tooMany);
      expect(
        (await (await somebody(server)).askSeat({ password: "sesame" }, "joinById", room.roomId)).status,
      ).toBe(200);
    }
  });

  test("[PARITY-2] a stolen token opens no seat and closes nobody's connection; its owner returns", async () => {
    for (const host of await hostsOf()) {
      const ann = await enter(host, { name: "Ann" });
      const key = keyOf(ann);
      const thieves = [await somebody(server), new Guest(server)];
      const areRefused = async () => {
        for (const thief of thieves) {
          const body = JSON.stringify({ code: 401, error: NOT_YOURS });
          expect(await askReturn(thief, ann, key)).toMatchObject({ status: 401, body });
          expect(await knockAgain(thief, ann, key)).toMatchObject({ status: 401, body: NOT_YOURS });
        }
      };
      await areRefused();
      await playsOn(ann);
      expect(ann.code).toBeUndefined();
      server.cut(ann.room);
      await isAway(ann, host);
      await areRefused();
      const back = await entering(returnTo(server, ann));
      expect(back.id).toBe(ann.id);
      await until("she is back", () => host.state.roster.get(ann.id)?.connected === true);
      await areRefused();
      await playsOn(back);
    }
  });

  test("[PARITY-3] a second tab takes over a seat that is used or kept, and closes the first one with a code of its own", async () => {
    for (const host of await hostsOf()) {
      const takeOver = async ({ guest, room }: Person) =>
        JSON.parse((await guest.post(`/api/rooms/${room.roomId}/takeover`)).body);
      const first = await enter(host, { name: "Ann" });
      const { roomId } = first.room;
      const { reconnectionToken } = await takeOver(first);
      const second = await entering(
        returnTo(server, Object.assign(Object.create(first), { room: { ...first.room, reconnectionToken } })),
      );
      await until("the first tab is closed", () => first.code !== undefined);
      expect([first.code, second.id]).toEqual([CLOSE.takenOver, first.id]);
      const stranger = await somebody(server);
      expect((await stranger.post(`/api/rooms/${roomId}/takeover`)).status).toBe(REFUSAL.roomUnknown);
      const info = async ({ address, token }: Guest) =>
        JSON.parse(
          (
            await ask(server, `/api/rooms/${roomId}`, {
              headers: { "x-forwarded-for": address, authorization: `Bearer ${token}` },
            })
          ).body,
        );
      expect([await info(first.guest), await info(stranger)]).toMatchObject([
        { yours: true },
        { yours: false },
      ]);
      server.cut(second.room);
      await isAway(second, host);
      expect(await takeOver(second)).toMatchObject({ reconnectionToken: expect.stringContaining(roomId) });
    }
  });

  test("[PARITY-4] an ended room is told from a code that was never a room's", async () => {
    for (const { room } of await hostsOf({ private: false })) {
      const { roomId } = room;
      await room.leave();
      await until("the room has ended", () => !server.app.rooms.directory.own.has(roomId));
      const late = new Guest(server);
      expect((await late.askSeat({}, "joinById", roomId)).status).toBe(REFUSAL.roomEnded);
      expect((await late.askSeat({}, "joinById", "ZZZZZ")).status).toBe(REFUSAL.roomUnknown);
    }
  });

  test("[PARITY-5] twenty simultaneous quick plays fill one room before another, and no place is given twice", async () => {
    const seats = await Promise.all(times(20, () => new Guest(server).reserve()));
    const byRoom = Map.groupBy(seats, ({ roomId }) => roomId);
    expect(Array.from(byRoom.values(), ({ length }) => length)).toEqual([16, 4]);
    expect(new Set(seats.map(({ sessionId }) => sessionId)).size).toBe(20);
    const knocks = await Promise.all(seats.map((seat) => new Guest(server).knock(seat)));
    expect(knocks.every(({ status }) => status === 101)).toBe(true);
    for (const { socket } of knocks) socket?.destroy();
  });

  test("[PARITY-6] a banned player is refused by seat, handshake, reconnection and take-over, and is welcome in the other rooms", async () => {
    const hosts = await hostsOf();
    for (const host of hosts) {
      const address = freshAddress();
      const troll = await enter(host, { name: "Troll" }, await somebody(server, { address }));
      const awaited = await new Guest(server, { address }).reserve({}, "joinById", host.room.roomId);
      expect(await host.host({ do: "ban", seat: troll.id })).toEqual({ ok: true });
      await until("the troll is disconnected", () => troll.code !== undefined);
      expect(troll.code).toBe(CLOSE.banned);
      expect((await troll.guest.askSeat({}, "joinById", host.room.roomId)).status).toBe(REFUSAL.banned);
      expect((await new Guest(server, { address }).knock(awaited)).status).toBe(REFUSAL.banned);
      expect((await askReturn(troll.guest, troll, keyOf(troll))).status).not.toBe(200);
      const tab = await troll.guest.post(`/api/rooms/${host.room.roomId}/takeover`);
      expect(tab.status).toBe(REFUSAL.banned);
      const other = hosts.find((each) => each !== host) ?? (await entering(openRoom(server)));
      expect((await enter(other, {}, troll.guest)).code).toBeUndefined();
    }
  });

  describe("what lasts", () => {
    const kept: { result: MatchResult; tell: (player: number, news: ResultNews) => void }[] = [];
    const progress: Progress = {
      entering: async (_identity, name) => ({
        name: `${name} II`,
        isAccount: true,
        points: { deathmatch: 1234 },
      }),
      keep: (result, tell) => void kept.push({ result, tell }),
    };
    beforeEach(() => {
      kept.length = 0;
      provideProgress(progress);
    });
    afterEach(() => provideProgress());

    test("[PARITY-7] players have their accounts' names and points; a match is handed over once, and its news reach them", async () => {
      const open = () => entering(openRoom(server, { name: "Ann", private: false }));
      const people = [await open(), await open()];
      for (const { state, id } of people) expect(state.roster.get(id)?.name).toBe("Ann II");
      await until("both matches are handed over", () => kept.length === 2, 30_000);
      for (const { result, tell } of kept) {
        const at = result.players.findIndex(({ isBot }) => !isBot);
        expect(result.players[at]).toMatchObject({ name: "Ann II" });
        tell(at, { is: "kept", match: result.id });
      }
      await until("the news have arrived", () =>
        people.every((person) => person.told("result").length === 1),
      );
      expect(new Set(kept.map(({ result }) => result.id)).size).toBe(kept.length);
    });
  });
});
