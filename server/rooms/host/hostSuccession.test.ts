import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  gatherIn,
  leaveAll,
  letIn,
  type Person,
  passTime,
  returnTo,
} from "#server/testing/company.ts";
import { HOST_AWAY_MS } from "#shared/config.ts";
import { ArenaState, NEW_SEAT, RANK, Seat } from "#shared/schema/state.ts";
import { HostSuccession } from "./hostSuccession.ts";

describe("in a room", () => {
  let server: TestServer;
  const here: Person[] = [];
  let ann: Person;
  let ben: Person;
  let cat: Person;
  const enter = (name: string, options: object = {}) => letIn(server, here, ann, { name, ...options });
  const state = () => server.roomOf(here.find(({ room }) => room.connection.isOpen)?.room ?? ann.room).state;
  const rankOf = ({ id }: Person) => state().roster.get(id)?.rank;
  const drop = async (person: Person) => {
    server.cut(person.room);
    await until("the connection is gone", () => state().roster.get(person.id)?.connected === false);
  };
  const comeBack = async (person: Person) => {
    const back = await returnTo(server, person);
    here.push(back);
    return back;
  };
  const pass = (ms: number) => passTime(server.roomOf(here.at(-1)?.room ?? ann.room), ms);
  const untilHost = (person: Person) => until("somebody is host", () => rankOf(person) === RANK.host);

  beforeAll(async () => {
    server = await bootServer(BEHIND_PROXY);
  });
  afterAll(() => server.close());
  afterEach(() => leaveAll(here));
  const gather = async (settings: object = {}) => {
    [ann, ben, cat] = await gatherIn(server, here, ["Ann", "Ben", "Cat"], { bots: 1, ...settings });
  };

  test("[HOST-1] when the host leaves, the longest-present player becomes host at once, never a bot", async () => {
    await gather();
    await ann.room.leave();
    await untilHost(ben);
    await until("Cat gets the notice", () => cat.told("host").at(-1)?.name === "Ben");
    await ben.room.leave();
    await untilHost(cat);
  });

  test("[HOST-2] a co-host succeeds before longer-present players, and a spectator last", async () => {
    await gather();
    const dan = await enter("Dan");
    expect(await ben.place({ to: "spectators" })).toEqual({ ok: true });
    expect(await ann.host({ do: "cohost", seat: dan.id, cohost: true })).toEqual({ ok: true });
    await ann.room.leave();
    await untilHost(dan);
    await dan.room.leave();
    await untilHost(cat);
    await cat.room.leave();
    await untilHost(ben);
  });

  test("[HOST-3] a dropped host is replaced after ten seconds, and gets the room back on a later return", async () => {
    await gather();
    await drop(ann);
    pass(HOST_AWAY_MS - 1500);
    await until("nearly ten seconds", () => ben.state.tick > 5);
    expect([rankOf(ann), rankOf(ben)]).toEqual([RANK.host, RANK.player]);
    pass(1500);
    await untilHost(ben);
    expect(rankOf(ann)).toBe(RANK.player);
    const back = await comeBack(ann);
    await untilHost(back);
    expect(rankOf(ben)).toBe(RANK.player);
    await until("Cat gets the notice", () => cat.told("host").length === 2);
    expect(cat.told("host").map(({ name }) => name)).toEqual(["Ben", "Ann"]);
  });

  test("[HOST-4] a host who returns within ten seconds stays host without a notice", async () => {
    await gather();
    await drop(ann);
    const back = await comeBack(ann);
    pass(2 * HOST_AWAY_MS);
    const { tick } = ben.state;
    await until("ten ticks", () => ben.state.tick > tick + 10);
    expect(rankOf(back)).toBe(RANK.host);
    expect(ben.told("host")).toEqual([]);
  });

  test("[HOST-5] a stand-in cannot kick, ban, mute or promote the absent host", async () => {
    await gather();
    await drop(ann);
    pass(HOST_AWAY_MS);
    await untilHost(ben);
    for (const action of ["kick", "ban", "handOver"] as const) {
      const answer = await ben.host({ do: action, seat: ann.id });
      expect(answer, action).toEqual({ ok: false, reason: "notOnThem" });
    }
    expect(await ben.host({ do: "mute", seat: ann.id, muted: true })).toEqual({
      ok: false,
      reason: "notOnThem",
    });
    await untilHost(await comeBack(ann));
  });

  test("[HOST-6] when a stand-in leaves or hands over, the next one stands in, and the host still gets the room back", async () => {
    await gather();
    await drop(ann);
    pass(HOST_AWAY_MS);
    await untilHost(ben);
    expect(await ben.host({ do: "handOver", seat: cat.id })).toEqual({ ok: true });
    await untilHost(cat);
    expect(rankOf(ben)).toBe(RANK.player);
    await cat.room.leave();
    await untilHost(ben);
    const back = await comeBack(ann);
    await untilHost(back);
    expect(rankOf(ben)).toBe(RANK.player);
  });

  test("[HOST-7] when an empty room's host is away too long, the first to return stands in", async () => {
    await gather();
    const room = server.roomOf(ann.room);
    for (const person of [ann, ben, cat]) server.cut(person.room);
    await until("the room is empty", () => room.clients.length === 0);
    passTime(room, HOST_AWAY_MS + 1000);
    const { elapsedTime } = room.clock;
    await until("it has passed", () => room.clock.elapsedTime > elapsedTime + 500);
    const back = await comeBack(cat);
    await untilHost(back);
    await untilHost(await comeBack(ann));
    expect(rankOf(cat)).toBe(RANK.player);
  });

  test("[HOST-8] after a handover the old host is a co-host and does not get the room back by reconnecting", async () => {
    await gather();
    expect(await ann.host({ do: "handOver", seat: cat.id })).toEqual({ ok: true });
    expect([rankOf(ann), rankOf(cat)]).toEqual([RANK.cohost, RANK.host]);
    await drop(ann);
    const back = await comeBack(ann);
    expect([rankOf(back), rankOf(cat)]).toEqual([RANK.cohost, RANK.host]);
  });
});

test("[HOST-9] any order of joins, drops, returns, leaves and handovers leaves exactly one host while somebody is connected", () => {
  const step = fc.record({
    what: fc.constantFrom("come", "drop", "return", "leave", "wait", "handOver"),
    who: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { roster } = new ArenaState();
      const timers: (() => void)[] = [];
      const setTimeout = (ring: () => void) => {
        timers.push(ring);
        return { clear: () => void timers.splice(timers.indexOf(ring), timers.includes(ring) ? 1 : 0) };
      };
      const succession = new HostSuccession(roster, { setTimeout }, () => {});
      for (const { what, who } of steps) {
        const id = `p${who}`;
        const seat = roster.get(id);
        if (what === "come" && !seat) {
          roster.set(id, new Seat({ ...NEW_SEAT, name: id, spectating: who > 3 }));
          succession.entered(id);
        } else if (what === "drop" && seat?.connected) {
          seat.connected = false;
          succession.dropped(id);
        } else if (what === "return" && seat && !seat.connected) {
          seat.connected = true;
          succession.entered(id);
        } else if (what === "leave" && seat) {
          roster.delete(id);
          succession.left(id);
        } else if (what === "wait") for (const ring of timers.splice(0)) ring();
        else if (
          what === "handOver" &&
          seat?.connected &&
          id !== succession.host &&
          succession.rankOf(id) < RANK.host
        ) {
          succession.handOver(id);
        }
        const seats = [...roster.values()];
        const hosts = seats.filter(({ rank }) => rank === RANK.host);
        expect(hosts.length).toBeLessThanOrEqual(1);
        if (seats.some(({ connected }) => connected)) expect(hosts).toHaveLength(1);
        // When the timers have fired, the host is connected if anybody is.
        if (what === "wait" && seats.some(({ connected }) => connected))
          expect(hosts[0]?.connected).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
