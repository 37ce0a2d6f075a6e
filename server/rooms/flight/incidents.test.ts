/** Rooms that write incidents, and the command that simulates them again. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import { rerun } from "#server/rerun/rerun.ts";
import {
  INCIDENTS_MAX,
  incidentsIn,
  keepIncidents,
  writeIncident,
} from "#server/services/incidents/incidentFiles.ts";
import { registry } from "#server/services/metrics.ts";
import { ask, Guest } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { BEHIND_PROXY, enterRoom, openRoom } from "#server/testing/company.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { World } from "#shared/sim/world.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { FlightRecorder } from "./flightRecorder.ts";
import { readIncident } from "./incident.ts";
import { Incidents } from "./incidents.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Exit code and output of `npm run rerun -- WORDS`. */
const runAgain = (...words: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      ["run.js", "server/rerun/main.ts", ...words],
      { cwd: ROOT, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    ),
  );

const incidentFrom = async (path: string) => readIncident(readFileSync(path));

describe("a room", () => {
  let server: TestServer;
  const dataDir = temporaryFolder("data");
  beforeAll(async () => {
    server = await bootServer({ ...BEHIND_PROXY, dataDir });
  });
  afterAll(() => server.close());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const filesOf = async (room: ArenaClient, kind: string) =>
    (await incidentsIn(dataDir)).filter((path) => path.endsWith(`-${room.roomId}-${kind}.incident`));
  /** The only file of this kind that the room has written. */
  const theFile = async (room: ArenaClient, kind: string): Promise<string> => {
    await expect.poll(async () => (await filesOf(room, kind)).length).toBe(1);
    return (await filesOf(room, kind))[0] ?? "";
  };
  const play = (mode?: string) => new Guest(server).play({ name: "Ann", mode }, "create");

  /** Changes the world of this room before its next step. Resolves when it has. */
  const poison = (room: ArenaClient, change: (world: World) => void): Promise<void> =>
    new Promise((resolve) => {
      const { state } = server.roomOf(room);
      const step = FlightRecorder.prototype.step;
      const spy = vi.spyOn(FlightRecorder.prototype, "step");
      spy.mockImplementation(function (this: FlightRecorder, ...given) {
        if (this.world.state === state) {
          spy.mockRestore();
          change(this.world);
          resolve();
        }
        return step.apply(this, given);
      });
    });

  test("[FLIGHT-20] whose step throws writes one file, with which the command throws at the same tick", async () => {
    const logged = captureLog();
    const ann = await play("kingOfTheHill");
    await until("a second of play", () => ann.state.tick > 40);
    await poison(ann, (world) => {
      world.hillIndex = -2;
      world.hillStep = 1;
      world.state.hill.movesTick = 0;
    });
    await until("several steps have thrown", () =>
      logged.some(({ msg, room }) => msg === "uncaught in room" && room === ann.roomId),
    );
    await poison(ann, (world) => {
      world.hillIndex = 0;
    });
    const file = await theFile(ann, "throw");
    const { tick, kind, what, stack } = await incidentFrom(file);
    expect({ kind, what }).toEqual({ kind: "throw", what: 'arena "foundry" has no hill' });
    expect(stack).toContain("kingOfTheHill.ts");
    const line = logged.find(({ msg }) => msg.endsWith(`npm run rerun -- ${file}`));
    expect(line).toBeDefined();

    const again = await runAgain(file);
    expect(again.output).toContain(`tick ${tick}`);
    expect(again.output).toContain("THROWS, as in the room");
    expect(again.output).toContain('arena "foundry" has no hill');
    expect(again.code).toBe(1);
    const before = await runAgain(file, "--until", String(tick - 1), "--hashes");
    expect(before.output).toMatch(new RegExp(`tick ${tick - 1} +[0-9a-f]{8}\n`));
    expect(before.output).toContain(`after tick ${tick - 1}`);
    expect(before.output).toContain(ann.sessionId);
    expect(before.code).toBe(0);
    await ann.leave();
  });

  test("[FLIGHT-21] whose world breaks an invariant writes a file, with which the command finds it", async () => {
    const ann = await play();
    await until("a moment of play", () => ann.state.tick > 5);
    await poison(ann, ({ state }) => {
      const drone = state.drones.get(ann.sessionId);
      if (drone) drone.shield = 150;
    });
    const again = await runAgain(await theFile(ann, "invariant"));
    expect(again.output).toContain(`BREAKS an invariant: drone ${ann.sessionId} has a shield of 150`);
    expect(again.code).toBe(1);
    await ann.leave();
  });

  test("[FLIGHT-22] writes one file a minute for pages that report a correction, and none for a spectator's", async () => {
    const settings = RoomSettings.parse({ bots: 0, players: 4 });
    const host = await openRoom(server, { settings });
    const eve = await enterRoom(server, host.room.roomId, { spectate: true, name: "Eve" });
    await host.host({ do: "start" });
    await until("a moment of play", () => host.state.tick > 10);
    eve.room.send(MESSAGE.drift, { px: 99 });
    host.room.send(MESSAGE.drift, { px: 61.5 });
    host.room.send(MESSAGE.drift, { px: 77 });
    const file = await theFile(host.room, "drift");
    // Answered after the messages before it.
    await host.room.request(MESSAGE.chat, { scope: "all", text: "hello" });
    expect(await filesOf(host.room, "drift")).toHaveLength(1);
    expect((await incidentFrom(file)).what).toBe(`${host.id} was corrected by 61.5 px`);
    await Promise.all([host.room.leave(), eve.room.leave()]);
  });
});

describe.each([{ processes: 1 }, { processes: 2 }])(
  "an operator, with PROCESSES=$processes",
  ({ processes }) => {
    const password = "the password of this test";
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    let server: TestServer;
    beforeAll(async () => {
      server = await bootServer({ ...BEHIND_PROXY, adminPassword: password, processes });
    });
    afterAll(() => server.close());
    const post = (code: string, headers = {}) =>
      ask(server, `/admin/rooms/${code}/incident`, { method: "POST", headers });

    test("[FLIGHT-23] gets a room's last minute, which runs again to the same bit, though its player's shots were compensated", async () => {
      const settings = RoomSettings.parse({ mode: "deathmatch", map: "foundry", bots: 6, players: 8 });
      const host = await openRoom(server, { settings, name: "Somebody Special" });
      await host.host({ do: "start" });
      const driving = setInterval(() => host.steer(1), 33);
      await until("a fight", () => host.state.phase === "live" && host.state.tick > 200, 30_000);
      clearInterval(driving);
      const answer = await post(host.room.roomId, { authorization });
      expect(answer.status).toBe(201);
      const { path, rerun: command } = JSON.parse(answer.body);
      expect(command).toBe(`npm run rerun -- ${path}`);
      const incident = await incidentFrom(path);
      expect(incident).toMatchObject({ kind: "operator", room: host.room.roomId });
      const outcome = rerun(incident);
      expect(outcome).toMatchObject({ is: "same" });
      expect((outcome as { ticks: number }).ticks).toBeGreaterThan(150);
      const text = JSON.stringify(incident);
      for (const secret of ["Somebody Special", host.guest.token ?? "none", host.room.reconnectionToken])
        expect(text).not.toContain(secret);
      // Neither without the password, nor by a browser over plain http, nor of a room that is none.
      expect(await post(host.room.roomId)).toMatchObject({ status: 401 });
      expect(await post(host.room.roomId, { authorization, "user-agent": "Mozilla/5.0" })).toMatchObject({
        status: 403,
      });
      expect((await post("BCDFG", { authorization })).status).toBeGreaterThanOrEqual(400);
      await host.room.leave();
    });
  },
);

describe("the folder of incidents", () => {
  const content = async () => ({ is: "some content" });

  test("[FLIGHT-24] keeps the newest hundred, and of those that pages ask for the newest twenty", async () => {
    const dataDir = temporaryFolder("data");
    keepIncidents({ dataDir });
    const first = await writeIncident("throw", "BCDFG", content);
    for (let at = 0; at < 60; at++) await writeIncident("drift", `D${at}`, content);
    expect(await incidentsIn(dataDir)).toHaveLength(21);
    expect(await incidentsIn(dataDir)).toContain(first);
    for (let at = 0; at < 110; at++) await writeIncident("invariant", `R${at}`, content);
    const kept = await incidentsIn(dataDir);
    expect(kept).toHaveLength(INCIDENTS_MAX);
    expect(kept[0]).toContain("-R109-invariant");
    expect(readdirSync(join(dataDir, "incidents"))).toHaveLength(INCIDENTS_MAX);
  });

  test("[FLIGHT-25] that cannot be written is a metric and a line in the log; nothing rejects", async () => {
    const dataDir = temporaryFolder("data");
    // A file where the folder belongs.
    writeFileSync(join(dataDir, "incidents"), "");
    keepIncidents({ dataDir });
    const logged = captureLog();
    const failed = async () =>
      (await registry.getSingleMetricAsString("fracas_incidents_failed_total")).split(" ").at(-1);
    const before = Number(await failed());
    expect(await writeIncident("throw", "BCDFG", content)).toBeUndefined();
    expect(
      await writeIncident("throw", "BCDFG", async () => {
        throw new Error("cannot be told");
      }),
    ).toBeUndefined();
    expect(Number(await failed())).toBe(before + 2);
    expect(logged.filter(({ msg }) => msg.startsWith("an incident could not be written"))).toHaveLength(2);
  });
});

describe("an attacker whose rooms ask for incidents", () => {
  test("[FLIGHT-32] cannot fill the memory while the disk hangs: beyond eight that wait they are dropped, and counted", async () => {
    const dataDir = temporaryFolder("data");
    keepIncidents({ dataDir });
    const logged = captureLog();
    let go: (content: object) => void = () => {};
    const slow = new Promise<object>((resolve) => {
      go = resolve;
    });
    const all = Array.from({ length: 100 }, (_, at) => writeIncident("throw", `R${at}`, () => slow));
    const dropped = await Promise.all(all.slice(8));
    expect(dropped.every((path) => path === undefined)).toBe(true);
    expect(logged.filter(({ msg }) => msg.startsWith("an incident is not written"))).toHaveLength(1);
    go({ is: "some content" });
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(8);
    expect(await writeIncident("throw", "LATER", async () => ({}))).toContain("LATER");
  });

  test("[FLIGHT-33] displaces no other incident with large ones", async () => {
    const dataDir = temporaryFolder("data");
    keepIncidents({ dataDir });
    const first = await writeIncident("throw", "BCDFG", async () => ({ is: "a defect" }));
    const noise = randomBytes(4_000_000).toString("base64");
    for (let at = 0; at < 18; at++) await writeIncident("drift", `D${at}`, async () => ({ noise, at }));
    const kept = await incidentsIn(dataDir);
    expect(kept).toContain(first);
    expect(kept[0]).toContain("-D17-drift");
    expect(kept.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(16 * 1024 * 1024 + 1_000);
  });

  test("[FLIGHT-34] gets few of them from a process, however many rooms they have", async () => {
    const dataDir = temporaryFolder("data");
    keepIncidents({ dataDir });
    const rooms = Array.from({ length: 50 }, (_, at) => {
      const flight = new FlightRecorder(createWorld(arenaOf("foundry"), at, ENDLESS));
      return new Incidents(flight, () => `R${at}`);
    });
    await Promise.all(rooms.map((room) => room.write({ kind: "drift", what: "far" })));
    expect((await incidentsIn(dataDir)).length).toBeLessThanOrEqual(4);
    // Defects are written all the same.
    expect(await rooms[49]?.write({ kind: "throw", what: "a defect" })).toContain("-R49-throw");
  });
});

test("[FLIGHT-28] a test whose room fails prints the command, with a file that outlasts it", async () => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  const server = await bootServer(BEHIND_PROXY);
  await writeIncident("throw", "BCDFG", async () => ({ is: "a flight" }));
  await server.close();
  const [line] = printed.mock.calls.flat().map(String);
  printed.mockRestore();
  expect(line).toMatch(/^a room failed: npm run rerun -- \S+-BCDFG-throw\.incident$/);
  const path = line?.split(" ").at(-1) ?? "";
  expect(readFileSync(path).length).toBeGreaterThan(0);
  rmSync(path);
});

test("[FLIGHT-26] the command says what is wrong with its words or its file, with exit code 2", async () => {
  const folder = temporaryFolder("incidents");
  mkdirSync(folder, { recursive: true });
  const damaged = join(folder, "damaged.incident");
  writeFileSync(damaged, "hello");
  const outcomes = [
    [],
    ["a", "b"],
    [damaged, "--until", "soon"],
    ["--sideways"],
    [damaged],
    [join(folder, "none")],
  ];
  const said = await Promise.all(outcomes.map((words) => runAgain(...words)));
  expect(said.map(({ code }) => code)).toEqual(Array(6).fill(2));
  for (const { output } of said.slice(0, 3)) expect(output).toContain("npm run rerun -- FILE");
  expect(said[3]?.output).toContain("--sideways");
  expect(said[4]?.output).toContain("damaged, or no incident");
  expect(said[5]?.output).toContain("ENOENT");
});
