/** A hosted room that watches a replay, against a running server: who may open and control it, and what stands still. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  gatherIn,
  leaveAll,
  letIn,
  OK,
  type Person,
  passTime,
  refused,
} from "#server/testing/company.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { momentOf, readScreening, type Screening } from "#shared/replay/screening.ts";
import { RANK } from "#shared/schema/state.ts";

const ID = "0193a000-0000-7000-8000-000000000001";
const LENGTH_MS = 60_000;
const SCREEN = { do: "screen", id: ID, lengthMs: LENGTH_MS, atMs: 5_000 } as const;

let server: TestServer;
let ann: Person;
let ben: Person;
const here: Person[] = [];
const enter = (options: object) => letIn(server, here, ann, options);
/** Ann hosts, Ben plays. */
const gather = async (settings: object = {}) => {
  [ann, ben] = await gatherIn(server, here, ["Ann", "Ben"], settings);
};
const room = () => server.roomOf(ann.room);
const shownTo = ({ state }: Person): Screening | undefined => readScreening(state.screening);
const opened = (person: Person) => until("the replay is open", () => shownTo(person) !== undefined);
const passTicks = async (ms: number) => {
  const { elapsedTime } = room().clock;
  await until("time passes", () => room().clock.elapsedTime > elapsedTime + ms);
};

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

test("[TOGETHER-10] a host opens, controls and ends a replay, and everybody knows its moment by the room's clock", async () => {
  await gather();
  expect(shownTo(ben)).toBeUndefined();
  expect(await ann.host(SCREEN)).toEqual(OK);
  await opened(ben);
  const first = shownTo(ben) as Screening;
  expect(first).toMatchObject({ id: ID, lengthMs: LENGTH_MS, atMs: 5_000, rate: 1, isPlaying: false });
  expect(Math.abs(first.setAtMs - room().clock.elapsedTime)).toBeLessThan(10_000);
  expect(momentOf({ ...first, isPlaying: true }, first.setAtMs + 1_000)).toBe(6_000);

  const control = { do: "screenControl", atMs: 20_000, rate: 0.25, isPlaying: false } as const;
  expect(await ann.host(control)).toEqual(OK);
  await until("Ben sees it", () => shownTo(ben)?.atMs === 20_000);
  expect(shownTo(ben)).toMatchObject({ id: ID, lengthMs: LENGTH_MS, rate: 0.25, isPlaying: false });
  expect(shownTo(ben)?.setAtMs).toBeGreaterThanOrEqual(first.setAtMs);
  // A moment behind the end is the end.
  expect(await ann.host({ ...control, atMs: LENGTH_MS + 5_000 })).toEqual(OK);
  await until("Ben sees the end", () => shownTo(ben)?.atMs === LENGTH_MS);

  expect(await ann.host({ do: "screenEnd" })).toEqual(OK);
  await until("it is over", () => shownTo(ben) === undefined);
  await until("Ben is told", () => ben.told("match").length === 2);
  expect(ben.told("match").map(({ by, did }) => `${by} ${did}`)).toEqual(["Ann screen", "Ann screenEnd"]);
});

test("[TOGETHER-11] only hosts and co-hosts have the controls, and only of a replay that is open", async () => {
  await gather();
  const control = { do: "screenControl", atMs: 1, rate: 1, isPlaying: true } as const;
  expect(await ben.host(SCREEN)).toEqual(refused("notHost"));
  expect(await ann.host(control)).toEqual(refused("notNow"));
  expect(await ann.host({ do: "screenEnd" })).toEqual(refused("notNow"));
  await ann.host(SCREEN);
  await opened(ben);
  const before = room().state.screening;
  expect(await ben.host(control)).toEqual(refused("notHost"));
  expect(await ben.host({ do: "screenEnd" })).toEqual(refused("notHost"));
  expect(room().state.screening).toBe(before);
  await ann.host({ do: "cohost", seat: ben.id, cohost: true });
  await until("Ben is a co-host", () => room().state.roster.get(ben.id)?.rank === RANK.cohost);
  expect(await ben.host(control)).toEqual(OK);
});

test("[TOGETHER-12] what is no replay, no moment or no rate is refused", async () => {
  await gather();
  for (const change of [
    { id: "../../secret" },
    { id: "abc" },
    { lengthMs: -1 },
    { atMs: 0.5 },
    { lengthMs: 1e9 },
  ])
    await expect(ann.host({ ...SCREEN, ...change } as HostAction), JSON.stringify(change)).rejects.toThrow();
  expect(room().state.screening).toBe("");
  await ann.host(SCREEN);
  const control = { do: "screenControl", atMs: 0, rate: 3, isPlaying: true };
  await expect(ann.host(control as unknown as HostAction)).rejects.toThrow();
});

test("[TOGETHER-13] a match that is on stands still meanwhile, and waits for its host afterwards", async () => {
  await gather();
  await ann.host({ do: "start" });
  await until("the countdown", () => room().state.phase === "countdown");
  room().state.phaseEndsTick = room().state.tick;
  await until("it is live", () => room().state.phase === "live");
  await ann.host(SCREEN);
  const { tick, phaseEndsTick } = room().state;
  ben.steer();
  for (const action of ["start", "pause", "end", "restart"] as const)
    expect(await ann.host({ do: action }), action).toEqual(refused("notNow"));
  await passTicks(400);
  expect(room().state).toMatchObject({ tick, phaseEndsTick, phase: "live" });
  await ann.host({ do: "screenEnd" });
  await passTicks(200);
  expect(room().state).toMatchObject({ tick, paused: true });
  expect(await ann.host({ do: "start" })).toEqual(OK);
  await until("it goes on", () => room().state.tick > tick + 5);
});

test("[TOGETHER-14] a room that waits stands still meanwhile, starts no match, asks nobody whether they play, and then waits on", async () => {
  await gather();
  await ann.host(SCREEN);
  const { tick } = room().state;
  expect(await ann.host({ do: "start" })).toEqual(refused("notNow"));
  await ann.host({ do: "screenControl", atMs: 0, rate: 1, isPlaying: false });
  // Longer than anybody may go without playing.
  passTime(room(), 200_000);
  await passTicks(300);
  expect(room().state.tick).toBe(tick);
  expect([...ann.told("idle"), ...ben.told("idle")]).toEqual([]);
  await ann.host({ do: "screenEnd" });
  await until("it goes on", () => room().state.tick > tick + 5);
  expect(room().state).toMatchObject({ phase: "waiting", held: true, paused: false });
});

test("[TOGETHER-15] a replay that has played to its end is over; one that is paused there is not", async () => {
  await gather();
  await ann.host(SCREEN);
  await ann.host({ do: "screenControl", atMs: LENGTH_MS, rate: 1, isPlaying: false });
  passTime(room(), 60_000);
  await passTicks(300);
  expect(room().state.screening).not.toBe("");
  await ann.host({ do: "screenControl", atMs: 0, rate: 4, isPlaying: true });
  passTime(room(), LENGTH_MS / 4);
  await until("it is over", () => shownTo(ben) === undefined);
  const { tick } = room().state;
  await until("the room goes on", () => room().state.tick > tick + 5);
});

test("[TOGETHER-16] newcomers and delayed spectators know at once what the room watches", async () => {
  await gather({ spectating: "delayed" });
  const cat = await enterRoom(server, ann.room.roomId, { name: "Cat", spectate: true }, undefined, "early");
  here.push(cat);
  await ann.host(SCREEN);
  // Without the delay: its picture of the fight would be 10 s late.
  await until("Cat sees it", () => shownTo(cat)?.id === ID, 5_000);
  expect([...cat.state.drones.keys()]).toEqual([]);
  const dan = await enter({ name: "Dan" });
  expect(shownTo(dan)).toEqual(shownTo(ann));
  await ann.host({ do: "screenEnd" });
  await until("the delay begins anew", () => cat.told("late").length > 0);
});

test("[TOGETHER-17] chat works while a replay is watched", async () => {
  await gather();
  await ann.host(SCREEN);
  await opened(ben);
  const heard: unknown[] = [];
  ann.room.onMessage("chat", (lines: unknown[]) => void heard.push(...lines));
  expect(await ben.room.request("chat", { scope: "all", text: "look at that" })).toEqual(OK);
  await until("Ann reads it", () => JSON.stringify(heard).includes("look at that"));
});
