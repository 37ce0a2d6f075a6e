/** Tests the rooms' side of what lasts: results handed over, and names under which people play. */
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Progress, provideProgress } from "#server/services/progress.ts";
import type { Entrant } from "#server/store/players/players.ts";
import { MatchResult } from "#server/store/results/matchResult.ts";
import type { Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  openRoom,
  type Person,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import type { PointsChange, ResultNews } from "#shared/protocol/progress.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const MATCH_SECONDS = 5;

interface Kept {
  result: MatchResult;
  tell: (player: number, news: ResultNews) => void;
}

/** Remembers what rooms ask and hand over. */
class FakeProgress implements Progress {
  readonly kept: Kept[] = [];
  readonly asked: { identity: string | undefined; wanted: string }[] = [];
  /** By wanted name. */
  readonly entrants = new Map<string, Partial<Entrant> | Promise<Entrant>>();
  failure: Error | undefined;

  async entering(identity: string | undefined, wanted: string): Promise<Entrant> {
    this.asked.push({ identity, wanted });
    return { name: wanted, isAccount: false, points: {}, ...(await this.entrants.get(wanted)) };
  }

  keep(result: MatchResult, tell: Kept["tell"]): void {
    this.kept.push({ result, tell });
    if (this.failure) throw this.failure;
  }
}

let server: TestServer;
let fake: FakeProgress;
const here: Person[] = [];
const entering = async (person: Promise<Person>) => {
  const entered = await person;
  here.push(entered);
  return entered;
};
const open = (options: object, by?: Guest) => entering(openRoom(server, options, by));
const enter = (room: Person, options: object, by?: Guest) =>
  entering(enterRoom(server, room.room.roomId, options, by));
/** Opens a public room. */
const openPublic = (name: string, options: object = {}, by?: Guest) =>
  open({ name, private: false, ...options }, by);
const roomOf = ({ room }: Person) => server.roomOf(room);
const score = (person: Person, points: number) => {
  const drone = roomOf(person).state.drones.get(person.id);
  if (drone) drone.score += points;
};
/** Ends the current phase with the next tick. */
const endPhase = (person: Person) => {
  const { state } = roomOf(person);
  state.phaseEndsTick = state.tick;
};
const untilPhase = (person: Person, phase: string) =>
  until(`the phase is ${phase}`, () => roomOf(person).state.phase === phase);
const theOne = (): Kept => {
  expect(fake.kept).toHaveLength(1);
  return fake.kept[0] as Kept;
};
const indexOf = ({ result }: Kept, name: string) =>
  result.players.findIndex((player) => player.name === name);
const counted = (match: string, points: Partial<PointsChange> = {}): ResultNews => ({
  is: "counted",
  match,
  gain: {
    xp: 10,
    level: { level: 1, xp: 10, fromXp: 0, toXp: 100 },
    points: { mode: "deathmatch", before: 1000, after: 1010, ...points },
    whyUnrated: null,
    career: null,
  },
});

beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, matchSeconds: MATCH_SECONDS });
});
beforeEach(() => {
  fake = new FakeProgress();
  provideProgress(fake);
});
afterEach(async () => {
  const still = here.splice(0).filter(({ room }) => room.connection.isOpen);
  await Promise.all(still.map(({ room }) => room.leave()));
  for (const { roomId } of await matchMaker.query({})) {
    await matchMaker.getLocalRoomById(roomId)?.disconnect();
  }
});
afterAll(() => server.close());

describe("a match that has ended", () => {
  test("[OUTCOME-1] is handed over once, whole and valid, and each player hears of their own gain", async () => {
    const ann = await openPublic("Ann");
    const ben = await enter(ann, { name: "Ben" });
    score(ann, 5);
    await untilPhase(ann, "results");
    await until("it is handed over", () => fake.kept.length > 0);
    const match = theOne();
    expect(MatchResult.parse(match.result)).toMatchObject({
      how: "timeLimit",
      isHosted: false,
      mode: "deathmatch",
    });
    const people = match.result.players.filter(({ isBot }) => !isBot);
    expect(people).toMatchObject([
      { name: "Ann", place: 1, score: expect.any(Number), left: null },
      { name: "Ben", left: null },
    ]);
    expect(new Set(people.map(({ identity }) => identity)).size).toBe(2);
    expect(people[0]?.playedSec).toBeGreaterThan(MATCH_SECONDS - 1.5);
    match.tell(indexOf(match, "Ann"), { is: "kept", match: match.result.id });
    match.tell(indexOf(match, "Ben"), counted(match.result.id));
    await until("both have heard", () => ann.told("result").length + ben.told("result").length === 2);
    expect(ann.told("result")).toEqual([{ type: "result", news: { is: "kept", match: match.result.id } }]);
    expect(ben.told("result")).toMatchObject([{ news: { is: "counted", match: match.result.id } }]);
    endPhase(ann);
    await untilPhase(ann, "countdown");
    expect(fake.kept).toHaveLength(1);
  });

  test("[OUTCOME-2] is handed over with those who left, dropped out or came back", async () => {
    const ann = await openPublic("Ann");
    const ben = await enter(ann, { name: "Ben" });
    const cat = await enter(ann, { name: "Cat" });
    const dan = await enter(ann, { name: "Dan" });
    const { state } = roomOf(ann);
    const began = state.tick;
    await until("everybody has played for a second", () => state.tick - began > 31);
    for (const person of [ben, cat, dan]) score(person, 7);
    score(ann, 9);
    await ben.room.leave();
    await cat.room.leave();
    await until(
      "both are gone",
      () => state.drones.get(cat.id) === undefined && state.drones.get(ben.id) === undefined,
    );
    const back = await enter(ann, { name: "Cat" }, cat.guest);
    expect(state.drones.get(back.id)?.score).toBeGreaterThanOrEqual(7);
    server.cut(dan.room);
    endPhase(ann);
    await untilPhase(ann, "results");
    await until("it is handed over", () => fake.kept.length > 0);
    const { result } = theOne();
    const people = Object.fromEntries(
      result.players.filter(({ isBot }) => !isBot).map(({ name, left }) => [name, left?.why]),
    );
    expect(people).toEqual({ Ann: undefined, Ben: "left", Cat: undefined, Dan: undefined });
    expect(result.players[indexOf(theOne(), "Ben")]?.score).toBeGreaterThanOrEqual(7);
  });

  test("[OUTCOME-3] tells nobody who has gone, and nothing once the room has ended", async () => {
    const ann = await openPublic("Ann");
    const ben = await enter(ann, { name: "Ben" });
    score(ann, 5);
    endPhase(ann);
    await until("it is handed over", () => fake.kept.length > 0);
    const match = theOne();
    await ben.room.leave();
    await until("Ben is gone", () => !roomOf(ann).state.roster.has(ben.id));
    match.tell(indexOf(match, "Ben"), counted(match.result.id));
    match.tell(999, counted(match.result.id));
    await roomOf(ann).disconnect();
    await until("the room is gone", () => matchMaker.getLocalRoomById(ann.room.roomId) === undefined);
    match.tell(indexOf(match, "Ann"), counted(match.result.id));
    expect([...ann.told("result"), ...ben.told("result")]).toEqual([]);
  });

  test("[OUTCOME-4] that cannot be handed over does not disturb the room", async () => {
    fake.failure = new Error("the disk is full");
    const ann = await openPublic("Ann");
    score(ann, 5);
    endPhase(ann);
    await until("it was tried", () => fake.kept.length > 0);
    await until("the vote is open", () => roomOf(ann).state.candidates.length > 0);
    endPhase(ann);
    await untilPhase(ann, "countdown");
    expect(ann.room.connection.isOpen).toBe(true);
  });

  test("[OUTCOME-5] and the next one have different ids, the later one after the earlier", async () => {
    const ann = await openPublic("Ann");
    for (const matches of [1, 2]) {
      score(ann, 5);
      // The vote may lead to a mode with sides.
      roomOf(ann).state.scoreA += 5;
      endPhase(ann);
      await until("it is handed over", () => fake.kept.length === matches);
      for (const phase of ["countdown", "live"]) {
        endPhase(ann);
        await untilPhase(ann, phase);
      }
    }
    const [first, second] = fake.kept.map(({ result }) => result.id);
    expect(String(second) > String(first)).toBe(true);
  });
});

test("[OUTCOME-7] a match under way when its room ends is not handed over", async () => {
  const ann = await openPublic("Ann");
  const { state } = roomOf(ann);
  const began = state.tick;
  await until("she has played for a second", () => state.tick - began > 31);
  roomOf(ann).onBeforeShutdown();
  await until("the room is gone", () => matchMaker.getLocalRoomById(ann.room.roomId) === undefined);
  expect(state.phase).toBe("live");
  expect(fake.kept).toEqual([]);
});

describe("a hosted match", () => {
  test("[OUTCOME-6] that its host ends is handed over as called off; one that is restarted is not", async () => {
    const ann = await open({ name: "Ann" });
    await enter(ann, { name: "Ben", spectate: true });
    const live = async () => {
      endPhase(ann);
      await untilPhase(ann, "live");
    };
    await ann.host({ do: "start" });
    await untilPhase(ann, "countdown");
    await live();
    await ann.host({ do: "restart" });
    await untilPhase(ann, "countdown");
    await live();
    expect(fake.kept).toEqual([]);
    await ann.host({ do: "end" });
    await until("it is handed over", () => fake.kept.length > 0);
    const { result } = theOne();
    expect(MatchResult.parse(result)).toMatchObject({ how: "calledOff", isHosted: true });
    expect(result.players.filter(({ isBot }) => !isBot).map(({ name }) => name)).toEqual(["Ann"]);
  });
});

describe("whoever enters", () => {
  test("[ENTER-1] is asked about once, and not again when they reconnect", async () => {
    const ann = await openPublic("Ann");
    const ben = await enter(ann, { name: "Ben" });
    server.cut(ben.room);
    await until("Ben is away", () => roomOf(ann).state.roster.get(ben.id)?.connected === false);
    here.push(await returnTo(server, ben));
    expect(fake.asked.map(({ wanted }) => wanted)).toEqual(["Ann", "Ben"]);
    expect(fake.asked.every(({ identity }) => identity !== undefined)).toBe(true);
  });

  test("[ENTER-2] with an account plays under its name, with a mark; a guest who wants the name gets a number", async () => {
    fake.entrants.set("whatever", { name: "Ann", isAccount: true });
    fake.entrants.set("Zoe", { reserved: ["Zoe"] });
    const ann = await openPublic("whatever");
    const zoe = await enter(ann, { name: "Zoe" });
    const copy = await enter(ann, { name: "Ann" });
    const seatOf = ({ id }: Person) => ann.state.roster.get(id);
    await until("all are in the list", () => seatOf(copy) !== undefined);
    expect(seatOf(ann)).toMatchObject({ name: "Ann", account: true });
    expect(seatOf(zoe)).toMatchObject({ name: "Zoe 2", account: false });
    expect(seatOf(copy)).toMatchObject({ name: "Ann 2", account: false });
  });

  test("[ENTER-3] with an account takes its name from a guest who has it already", async () => {
    fake.entrants.set("mine", { name: "Ann", isAccount: true });
    const guest = await openPublic("Ann");
    const ann = await enter(guest, { name: "mine" });
    await until("the guest has another name", () => guest.state.roster.get(guest.id)?.name === "Ann 2");
    expect(ann.state.roster.get(ann.id)).toMatchObject({ name: "Ann", account: true });
  });

  test.each([
    ["public", false],
    ["hosted", true],
  ])(
    "[ENTER-4] a %s room gives an account's other device no second place, but the lost device's",
    async (_kind, isHosted) => {
      fake.entrants.set("Ann", { name: "Ann", isAccount: true });
      const host = await open({ name: "Host", private: isHosted });
      const phone = await enter(host, { name: "Ann" });
      await expect(enter(host, { name: "Ann" })).rejects.toMatchObject({ code: REFUSAL.alreadyHere });
      server.cut(phone.room);
      await until("the phone is away", () => host.state.roster.get(phone.id)?.connected === false);
      const laptop = await enter(host, { name: "Ann" });
      await until("one seat is left", () => !host.state.roster.has(phone.id));
      expect(laptop.state.roster.get(laptop.id)).toMatchObject({ name: "Ann", account: true });
    },
  );

  test("[ENTER-5] while the store is slow for one, others enter by quick play", async () => {
    const { promise, resolve } = Promise.withResolvers<Entrant>();
    fake.entrants.set("Slow", promise);
    const [slow, quick] = [await somebody(server), await somebody(server)];
    const waiting = slow.reserve({ name: "Slow" });
    await until("the store is asked about the slow one", () => fake.asked.length === 1);
    const { roomId } = await quick.reserve({ name: "Quick" });
    resolve({ name: "Slow", isAccount: false, points: {} });
    expect((await waiting).roomId).toBe(roomId);
  });

  test("[ENTER-7] counts towards the room's average points, which quick play looks at", async () => {
    fake.entrants.set("Strong", { points: { deathmatch: 1500 } });
    const strong = await openPublic("Strong");
    const newcomer = await enter(strong, { name: "Newcomer" });
    const averageIn = async () =>
      (await matchMaker.query({ roomId: strong.room.roomId }))[0]?.metadata?.points;
    await expect.poll(averageIn).toBe(1250);
    await newcomer.room.leave();
    await expect.poll(averageIn, { timeout: 5_000 }).toBe(1500);
  });

  test("[CAREER-14] shows the level and the look that the store knows, and the level that a result raises", async () => {
    fake.entrants.set("Dressed", { level: 7, look: 5 });
    const dressed = await openPublic("Dressed");
    const plain = await enter(dressed, { name: "Plain" });
    const seats = roomOf(dressed).state.roster;
    const shown = (id: string) => [seats.get(id)?.level, seats.get(id)?.look];
    expect([shown(dressed.id), shown(plain.id)]).toEqual([
      [7, 5],
      [0, 0],
    ]);
    for (const [id, { bot }] of seats.entries()) if (bot) expect(shown(id)).toEqual([0, 0]);
    score(dressed, 5);
    endPhase(dressed);
    await until("it is handed over", () => fake.kept.length > 0);
    const match = theOne();
    const news = counted(match.result.id);
    if (news.is === "counted") news.gain.level.level = 8;
    match.tell(indexOf(match, "Dressed"), news);
    expect(shown(dressed.id)).toEqual([8, 5]);
    expect(match.result.players[indexOf(match, "Dressed")]?.feats).toEqual({});
  });

  test("[ENTER-6] sides of a new match are drawn by points, and by what the last match has changed", async () => {
    const points = (deathmatch: number) => ({ points: { deathmatch, teamDeathmatch: deathmatch } });
    for (const [name, value] of [
      ["A", 3000],
      ["B", 2900],
      ["C", 200],
      ["D", 100],
    ] as const) {
      fake.entrants.set(name, points(value));
    }
    const host = await open({ name: "A", settings: { mode: "teamDeathmatch", bots: 0, players: 8 } });
    const people = [host];
    for (const name of ["B", "C", "D"]) people.push(await enter(host, { name }));
    const sides = () => people.map(({ id }) => roomOf(host).state.roster.get(id)?.team);
    await host.host({ do: "start" });
    await untilPhase(host, "countdown");
    await host.host({ do: "restart" });
    // 3000 + 100 against 2900 + 200.
    expect(sides()).toEqual([0, 1, 1, 0]);
    endPhase(host);
    await untilPhase(host, "live");
    await host.host({ do: "end" });
    await until("it is handed over", () => fake.kept.length > 0);
    const match = theOne();
    match.tell(indexOf(match, "C"), counted(match.result.id, { mode: "teamDeathmatch", after: 3500 }));
    await host.host({ do: "start" });
    await untilPhase(host, "countdown");
    // 3500 + 100 against 3000 + 2900.
    expect(sides()).toEqual([1, 1, 0, 0]);
  });
});
