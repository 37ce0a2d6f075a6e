/** Every host action against a running server, by the host, by co-hosts and by people who may not. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registry } from "#server/services/metrics.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  gatherIn,
  leaveAll,
  letIn,
  OK,
  type Person,
  refused,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { RANK } from "#shared/schema/state.ts";

let server: TestServer;
let ann: Person;
let ben: Person;
let cat: Person;
let logged: LogLine[];
const here: Person[] = [];
const enter = (options: object) => letIn(server, here, ann, options);
/** Ann hosts; Ben and Cat play. */
const gather = async (settings: object = {}) => {
  [ann, ben, cat] = await gatherIn(server, here, ["Ann", "Ben", "Cat"], settings);
};
const state = () => server.roomOf(ann.room).state;
const settings = (): RoomSettings => JSON.parse(state().settings);
const endPhase = () => {
  state().phaseEndsTick = state().tick;
};
const phase = (wanted: string) => until(`it is ${wanted}`, () => ben.state.phase === wanted);
const goLive = async () => {
  expect(await ann.host({ do: "start" })).toEqual(OK);
  await phase("countdown");
  endPhase();
  await phase("live");
};
const bots = () => [...state().roster.entries()].flatMap(([id, { bot }]) => (bot ? [id] : []));

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
beforeEach(() => {
  logged = captureLog();
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

describe("the match", () => {
  test("[ACT-1] start, pause, resume and end each work only in the phase they fit, and every client gets a notice", async () => {
    await gather();
    expect(await ann.host({ do: "pause" })).toEqual(refused("notNow"));
    expect(await ann.host({ do: "end" })).toEqual(refused("notNow"));
    await goLive();
    expect(state().held).toBe(false);
    expect(await ann.host({ do: "start" })).toEqual(refused("notNow"));
    expect(await ann.host({ do: "pause" })).toEqual(OK);
    expect(await ann.host({ do: "pause" })).toEqual(refused("notNow"));
    const { tick } = state();
    ben.steer();
    const { elapsedTime } = server.roomOf(ann.room).clock;
    await until("a while", () => server.roomOf(ann.room).clock.elapsedTime > elapsedTime + 300);
    expect(state().tick).toBe(tick);
    await until("Cat sees it", () => cat.state.paused);
    expect(await ann.host({ do: "start" })).toEqual(OK);
    await until("it goes on", () => state().tick > tick + 5);
    expect(await ann.host({ do: "end" })).toEqual(OK);
    await phase("results");
    expect(state()).toMatchObject({ held: true, paused: false });
    expect(await ann.host({ do: "end" })).toEqual(refused("notNow"));
    endPhase();
    await phase("waiting");
    const waited = state().tick;
    await until("it waits", () => state().tick > waited + 20);
    expect(state()).toMatchObject({ held: true, phase: "waiting" });
    expect(await ann.host({ do: "start" })).toEqual(OK);
    await phase("countdown");
    const did = cat.told("match").map(({ by, did }) => `${by} ${did}`);
    expect(did).toEqual(["Ann start", "Ann pause", "Ann resume", "Ann end", "Ann start"]);
  });

  test("[ACT-2] without votes, the next match begins by itself with the mode and map of the settings", async () => {
    await gather({ mode: "teamDeathmatch", map: "causeway" });
    await goLive();
    const [drone] = state().drones.values();
    if (drone) drone.team === 0 ? state().scoreA++ : state().scoreB++;
    endPhase();
    await phase("results");
    expect(state().candidates.length).toBe(0);
    endPhase();
    await phase("countdown");
    expect(state()).toMatchObject({ mode: "teamDeathmatch", map: "causeway", held: false });
  });

  test("[ACT-3] with votes, the winning mode and map are played and become the room's settings", async () => {
    await gather({ vote: true });
    await goLive();
    await ann.host({ do: "end" });
    await until("there is something to vote on", () => state().candidates.length > 1);
    for (const { room } of [ann, ben, cat]) room.send(MESSAGE.vote, { choice: 1 });
    await until("all have voted", () => Array.from(state().candidates)[1]?.votes === 3);
    const { map, mode } = Array.from(state().candidates)[1] ?? {};
    await ann.host({ do: "start" });
    await phase("countdown");
    expect(state()).toMatchObject({ map, mode });
    expect(settings()).toMatchObject({ map, mode });
  });

  test("[ACT-4] restart goes to the countdown, with all scores at 0 and the newest settings", async () => {
    await gather();
    expect(await ann.host({ do: "restart" })).toEqual(refused("notNow"));
    await goLive();
    for (const drone of state().drones.values()) drone.score = 3;
    await ann.host({ do: "settings", change: { mode: "teamDeathmatch", map: "orchard", scoreLimit: 9 } });
    await ann.host({ do: "pause" });
    expect(await ann.host({ do: "restart" })).toEqual(OK);
    await phase("countdown");
    expect(state()).toMatchObject({ mode: "teamDeathmatch", map: "orchard", paused: false, held: false });
    await until("all scores are 0", () => [...cat.state.roster.values()].every(({ score }) => score === 0));
    await until("Cat's own drone is complete", () => cat.state.drones.get(cat.id)?.vx !== undefined);
    expect(new Set([...state().roster.values()].map(({ team }) => team))).toEqual(new Set([0, 1]));
  });

  test("[ACT-5] ending a countdown makes the match wait for the host", async () => {
    await gather();
    await ann.host({ do: "start" });
    await phase("countdown");
    expect(await ann.host({ do: "end" })).toEqual(OK);
    await phase("waiting");
    expect(state().held).toBe(true);
  });
});

describe("the settings", () => {
  test("[ACT-10] mode and map change with the next match, all else at once, and a notice says which", async () => {
    await gather({ timeLimitMin: 5 });
    await goLive();
    const endsTick = state().phaseEndsTick;
    const change = { mode: "kingOfTheHill", timeLimitMin: 8, bots: 2, title: "Den", players: 8 } as const;
    expect(await ann.host({ do: "settings", change })).toEqual(OK);
    await until("the bots are there", () => bots().length === 2);
    expect(state().phaseEndsTick).toBe(endsTick + 3 * 60 * 30);
    expect(state().mode).toBe("deathmatch");
    await until("Cat gets the notice", () => cat.told("settings").length === 1);
    // The change to eight players is none.
    expect(cat.told("settings")).toEqual([
      { type: "settings", by: "Ann", now: ["title", "bots", "timeLimitMin"], next: ["mode"] },
    ]);
    await until("Cat sees them", () => JSON.parse(cat.state.settings).mode === "kingOfTheHill");
    await ann.host({ do: "end" });
    endPhase();
    await phase("waiting");
    expect(state().mode).toBe("kingOfTheHill");
  });

  test("[ACT-11] while the match waits, mode and map change at once", async () => {
    await gather();
    expect(await ann.host({ do: "settings", change: { map: "orchard" } })).toEqual(OK);
    await until("it is another arena", () => cat.state.map === "orchard");
    await until("Cat gets the notice", () => cat.told("settings").length === 1);
    expect(cat.told("settings")).toEqual([{ type: "settings", by: "Ann", now: ["map"], next: [] }]);
  });

  test("[ACT-12] an unknown map, a map not made for the mode, or values already set change nothing", async () => {
    await gather();
    const before = state().settings;
    for (const change of [{ map: "atlantis" }, { map: "anvil", mode: "captureTheFlag" as const, bots: 5 }]) {
      expect(await ann.host({ do: "settings", change })).toEqual(refused("badMap"));
    }
    expect(await ann.host({ do: "settings", change: { map: "foundry", players: 8 } })).toEqual(OK);
    expect(state().settings).toBe(before);
    await ann.host({ do: "lock", locked: true });
    expect(cat.told("settings")).toEqual([]);
  });

  test("[ACT-13] illegal values change nothing, and the request fails", async () => {
    await gather();
    const before = state().settings;
    for (const change of [
      { players: 1000 },
      { bots: -1 },
      { timeLimitMin: 0.5 },
      { mode: "chess" },
      { map: "../etc" },
    ]) {
      const forged = { do: "settings", change } as unknown as HostAction;
      await expect(ann.host(forged)).rejects.toThrow();
    }
    expect(state().settings).toBe(before);
  });

  test("[ACT-14] fewer seats than players keep every player and admit no more", async () => {
    await gather();
    expect(await ann.host({ do: "settings", change: { players: 2 } })).toEqual(OK);
    expect(state().roster.size).toBe(3);
    await expect(enter({})).rejects.toMatchObject({ code: 462 });
  });

  test("[ACT-15] bots are added up to the number of seats and removed one by one, and the settings count them", async () => {
    await gather({ players: 5 });
    expect(await ann.host({ do: "addBot" })).toEqual(OK);
    expect(await ann.host({ do: "addBot" })).toEqual(OK);
    expect(await ann.host({ do: "addBot" })).toEqual(refused("full"));
    expect(settings().bots).toBe(2);
    const [first = ""] = bots();
    expect(await ann.host({ do: "removeBot", seat: first })).toEqual(OK);
    expect(bots()).not.toContain(first);
    expect([bots().length, settings().bots]).toEqual([1, 1]);
    expect(await ann.host({ do: "removeBot", seat: first })).toEqual(refused("nobody"));
    expect(await ann.host({ do: "removeBot", seat: ben.id })).toEqual(refused("notOnThem"));
  });

  test("[ACT-16] a password is set and removed, and appears neither in the state nor in the log", async () => {
    await gather();
    expect(await ann.host({ do: "password", password: "open sesame" })).toEqual(OK);
    await until("Cat sees that there is one", () => cat.state.password);
    await expect(enter({})).rejects.toMatchObject({ code: 460 });
    await enter({ password: "open sesame" });
    expect(JSON.stringify([logged, cat.state.toJSON()])).not.toContain("sesame");
    expect(await ann.host({ do: "password", password: "" })).toEqual(OK);
    await enter({});
  });
});

describe("the people", () => {
  test("[ACT-20] a kicked person gets the reason, loses the seat at once, and may come back", async () => {
    await gather();
    expect(await ann.host({ do: "kick", seat: ben.id })).toEqual(OK);
    await until("Ben's connection is closed", () => ben.code !== undefined);
    expect(ben.code).toBe(CLOSE.kicked);
    await until("Cat gets the notice", () => cat.told("left").length === 1);
    expect(cat.told("left")).toEqual([{ type: "left", name: "Ben", why: "kicked" }]);
    expect(cat.told("away")).toEqual([]);
    expect(state().roster.has(ben.id)).toBe(false);
    await expect(returnTo(server, ben)).rejects.toThrow();
    await enterRoom(server, ann.room.roomId, { name: "Ben" }, ben.guest).then((back) => here.push(back));
    expect(await ann.host({ do: "kick", seat: ben.id })).toEqual(refused("nobody"));
  });

  test("[ACT-21] a disconnected person can be kicked and finds no seat to return to", async () => {
    await gather();
    server.cut(ben.room);
    await until("he is disconnected", () => state().roster.get(ben.id)?.connected === false);
    expect(await ann.host({ do: "kick", seat: ben.id })).toEqual(OK);
    await until("his seat is gone", () => !state().roster.has(ben.id));
    await expect(returnTo(server, ben)).rejects.toThrow();
    await until("Cat gets the notice", () => cat.told("left").at(-1)?.why === "kicked");
  });

  test("[ACT-22] messages in flight from a kicked person do nothing", async () => {
    await gather();
    await ann.host({ do: "cohost", seat: ben.id, cohost: true });
    const answers: unknown[] = [];
    const kicked = ann.host({ do: "kick", seat: ben.id });
    // These are in flight while the server removes him.
    for (let i = 0; i < 10; i++) {
      ben.steer(1);
      ben.host({ do: "kick", seat: cat.id }).then(
        (answer) => answers.push(answer),
        () => answers.push("cut off"),
      );
    }
    await kicked;
    await until("Ben is gone", () => ben.code !== undefined);
    // Some may be applied before he is removed, but none after it.
    const done = logged.filter(({ msg, player, ok }) => msg === "host action" && player === ben.id && ok);
    const turnedOut = logged.findIndex(({ msg, player }) => msg === "left" && player === ben.id);
    for (const line of done) expect(logged.indexOf(line)).toBeLessThan(turnedOut);
    const { tick } = state();
    await until("the room goes on", () => state().tick > tick + 5);
    expect(state().drones.has(ben.id)).toBe(false);
  });

  test("[ACT-23] muting and unmuting shows in every client's roster", async () => {
    await gather();
    expect(await ann.host({ do: "mute", seat: ben.id, muted: true })).toEqual(OK);
    await until("Cat sees it", () => cat.state.roster.get(ben.id)?.muted === true);
    await ann.host({ do: "mute", seat: ben.id, muted: false });
    await until("and that it is over", () => cat.state.roster.get(ben.id)?.muted === false);
  });

  test("[ACT-24] move puts a player on the other team and drops the flag they carry", async () => {
    await gather({ mode: "captureTheFlag", bots: 1 });
    await goLive();
    const drone = state().drones.get(ben.id);
    const team = drone?.team ?? 0;
    const flag = state().flags.get(String(1 - team));
    if (flag) flag.carrier = ben.id;
    expect(await ann.host({ do: "move", seat: ben.id, team: 1 - team })).toEqual(OK);
    await until("the flag falls", () => flag?.carrier === "");
    await until("Ben is on the other side", () => cat.state.roster.get(ben.id)?.team === 1 - team);
    await until("and back in the fight", () => (drone?.hp ?? 0) > 0);
    expect(drone?.team).toBe(1 - team);
    expect(await ann.host({ do: "move", seat: bots()[0] ?? "", team: 0 })).toEqual(OK);
    expect(await ann.host({ do: "move", seat: "nobody", team: 0 })).toEqual(refused("nobody"));
    await cat.place({ to: "spectators" });
    expect(await ann.host({ do: "move", seat: cat.id, team: 0 })).toEqual(refused("nobody"));
  });

  test("[ACT-25] move is refused in a mode without teams", async () => {
    await gather();
    expect(await ann.host({ do: "move", seat: ben.id, team: 1 })).toEqual(refused("noChoice"));
  });

  test("[ACT-26] a co-host may do what the host may, except to the host and co-hosts, and except appoint and hand over", async () => {
    await gather({ bots: 1 });
    for (const { id } of [ben, cat])
      expect(await ann.host({ do: "cohost", seat: id, cohost: true })).toEqual(OK);
    const dan = await enter({ name: "Dan" });
    expect(await ben.host({ do: "start" })).toEqual(OK);
    expect(await ben.host({ do: "lock", locked: true })).toEqual(OK);
    for (const { id } of [ann, ben, cat]) {
      for (const action of ["kick", "ban"] as const) {
        expect(await ben.host({ do: action, seat: id })).toEqual(refused("notOnThem"));
      }
      expect(await ben.host({ do: "mute", seat: id, muted: true })).toEqual(refused("notOnThem"));
    }
    expect(await ben.host({ do: "handOver", seat: dan.id })).toEqual(refused("notHost"));
    expect(await ben.host({ do: "cohost", seat: dan.id, cohost: true })).toEqual(refused("notHost"));
    expect(await ben.host({ do: "kick", seat: dan.id })).toEqual(OK);
    expect(await ann.host({ do: "cohost", seat: ben.id, cohost: false })).toEqual(OK);
    expect(await ben.host({ do: "lock", locked: false })).toEqual(refused("notHost"));
    expect(await ann.host({ do: "kick", seat: cat.id })).toEqual(OK);
  });

  test("[ACT-27] actions on people are refused for bots and for the host themselves", async () => {
    await gather({ bots: 1 });
    const [bot = ""] = bots();
    for (const seat of [bot, ann.id]) {
      const actions: HostAction[] = [
        { do: "kick", seat },
        { do: "ban", seat },
        { do: "mute", seat, muted: true },
        { do: "handOver", seat },
        { do: "cohost", seat, cohost: true },
      ];
      for (const action of actions) expect(await ann.host(action), action.do).toEqual(refused("notOnThem"));
    }
    expect(state().roster.get(ann.id)?.rank).toBe(RANK.host);
  });

  test("[ACT-29] a co-host moves bots, players and themselves, and does nothing to the host or a co-host", async () => {
    await gather({ mode: "teamDeathmatch", map: "orchard", bots: 1 });
    const dan = await enter({ name: "Dan" });
    for (const { id } of [ben, cat]) await ann.host({ do: "cohost", seat: id, cohost: true });
    const before = state().roster.toJSON();
    for (const seat of [ann.id, cat.id]) {
      const team = 1 - (state().roster.get(seat)?.team ?? 0);
      for (const action of [
        { do: "move", seat, team },
        { do: "mute", seat, muted: true },
        { do: "kick", seat },
        { do: "ban", seat },
      ] as const) {
        expect(await ben.host(action), action.do).toEqual(refused("notOnThem"));
      }
    }
    expect(state().roster.toJSON()).toEqual(before);
    for (const seat of [bots()[0] ?? "", dan.id, ben.id]) {
      const team = 1 - (state().roster.get(seat)?.team ?? 0);
      expect(await ben.host({ do: "move", seat, team })).toEqual(OK);
    }
  });

  test("[ACT-28] the room cannot be handed over to a disconnected person", async () => {
    await gather();
    server.cut(ben.room);
    await until("he is disconnected", () => state().roster.get(ben.id)?.connected === false);
    expect(await ann.host({ do: "handOver", seat: ben.id })).toEqual(refused("nobody"));
  });
});

describe("forged", () => {
  const ALL = (seat: string): HostAction[] => [
    { do: "start" },
    { do: "pause" },
    { do: "end" },
    { do: "restart" },
    { do: "settings", change: { bots: 9, title: "mine", spectating: "off" } },
    { do: "password", password: "mine" },
    { do: "move", seat, team: 1 },
    { do: "addBot" },
    { do: "removeBot", seat: "bot-0" },
    { do: "lock", locked: true },
    { do: "kick", seat },
    { do: "ban", seat },
    { do: "forgiveAll" },
    { do: "mute", seat, muted: true },
    { do: "handOver", seat },
    { do: "cohost", seat, cohost: true },
  ];
  const seen = () => {
    const { tick, phaseEndsTick, roster, ...rest } = state().toJSON() as Record<string, unknown>;
    const { settings, hosted, held, paused, locked, password, phase, map, mode } = rest;
    return { roster, settings, hosted, held, paused, locked, password, phase, map, mode };
  };
  const tryAll = async (forger: Person, on: Person) => {
    for (const action of ALL(on.id)) {
      expect(await forger.host(action), action.do).toEqual(refused("notHost"));
    }
  };

  test("[ACT-30] every action by a player or spectator is refused, counted and logged, and changes nothing", async () => {
    await gather({ bots: 1 });
    await until("the bot is there", () => state().roster.size === 4);
    const eve = await enter({ name: "Eve", spectate: true });
    const before = seen();
    for (const forger of [ben, eve]) await tryAll(forger, cat);
    expect(seen()).toEqual(before);
    const lines = logged.filter(({ msg, reason }) => msg === "host action" && reason === "notHost");
    expect(lines).toHaveLength(2 * ALL("").length);
    expect(lines[0]).toMatchObject({ room: ann.room.roomId, player: ben.id, action: { do: "start" } });
    const metrics = await registry.metrics();
    const counted = /fracas_refused_total\{reason="host action by somebody who is not the host"\} (\d+)/.exec(
      metrics,
    );
    expect(Number(counted?.[1])).toBeGreaterThanOrEqual(2 * ALL("").length);
  });

  test("[ACT-31] host actions are refused in a public room", async () => {
    await gather();
    const room = await (await somebody(server)).play();
    for (const action of [{ do: "start" }, { do: "kick", seat: room.sessionId }, { do: "addBot" }]) {
      expect(await room.request(MESSAGE.host, action)).toEqual(refused("notHost"));
    }
    await room.leave();
  });

  test("[ACT-32] repeated and interleaved actions are applied in order, each once", async () => {
    await gather();
    const answers = await Promise.all([
      ann.host({ do: "start" }),
      ann.host({ do: "start" }),
      ann.host({ do: "kick", seat: ben.id }),
      ann.host({ do: "kick", seat: ben.id }),
      ann.host({ do: "lock", locked: true }),
      ann.host({ do: "lock", locked: true }),
      ann.host({ do: "lock", locked: false }),
    ]);
    expect(answers.slice(0, 2)).toEqual([OK, refused("notNow")]);
    expect(answers[2]).toEqual(OK);
    expect(answers.slice(4)).toEqual([OK, OK, OK]);
    expect(state().locked).toBe(false);
    await until("Ben is gone, once", () => cat.told("left").length > 0);
    expect(cat.told("left")).toHaveLength(1);
  });
});
