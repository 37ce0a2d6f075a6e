/** Deploys of a real server with several processes, under stock SDK clients. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { type ArenaState, RANK } from "#shared/schema/state.ts";
import { until } from "./testing/bootServer.ts";
import {
  DEPLOY_WITHIN_MS,
  type DeployedServer,
  enter,
  host,
  keepAsking,
  quickPlay,
  startDeployed,
  Wanderer,
} from "./testing/deployedServer.ts";

/** On a machine that runs other tests, too: a deploy starts three processes. */
const TEST_WITHIN_MS = 240_000;
const RESTART = fileURLToPath(new URL("cluster/generations/restart.ts", import.meta.url));

const servers: DeployedServer[] = [];
const start = async (environment: Record<string, string>): Promise<DeployedServer> => {
  const server = await startDeployed(environment);
  servers.push(server);
  return server;
};
const people: Wanderer[] = [];
const here = async (joining: Promise<Wanderer>): Promise<Wanderer> => {
  const person = await joining;
  people.push(person);
  return person;
};
afterEach(() => {
  for (const person of people.splice(0)) person.stop();
});
afterAll(() => {
  for (const server of servers) server.kill();
});

const isBack = (person: Wanderer, drops = 1) =>
  until(
    "the player is back",
    () => person.returns === drops && person.state.roster.get(person.room.sessionId)?.connected === true,
    DEPLOY_WITHIN_MS,
  );
const formerHasEnded = (server: DeployedServer, times: number) =>
  until(
    "the former generation has ended",
    () => server.count("the former generation has ended") === times,
    DEPLOY_WITHIN_MS,
  );

/** Runs `npm run restart` against the server. */
const restart = (server: DeployedServer) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: server.dataDir };
    execFile(process.execPath, [RESTART], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });

describe("a server whose matches are long", () => {
  let server: DeployedServer;
  beforeAll(async () => {
    server = await start({ DRAIN_SECONDS: "1" });
  });

  test(
    "[DEPLOYING-1] a deploy in a fight moves every room: players keep seat, roster, chat and host, and no request is refused",
    async () => {
      const { url } = server;
      const ann = await here(host(url, "Ann"));
      const cem = await here(host(url, "Cem"));
      await here(enter(url, ann.room.roomId, "Ben"));
      await here(enter(url, cem.room.roomId, "Dot"));
      for (const name of ["Eve", "Fay", "Gus", "Hal"]) await here(quickPlay(url, name));
      expect(await cem.room.request(MESSAGE.host, { do: "start" })).toEqual({ ok: true });
      await until("the match counts down", () => cem.state.phase !== "waiting");
      await ann.room.request(MESSAGE.chat, { scope: "all", text: "before the deploy" });
      const crowds = [2, 2, 2, 2, 4, 4, 4, 4];
      await until(
        "all are there",
        () => people.every((person, at) => person.players() === crowds[at]),
        30_000,
      );
      const before = people.map((person) => person.roster());
      const seats = people.map(({ room }) => [room.roomId, room.sessionId]);
      const heard = ann.messages.length;
      const asking = keepAsking(url, "/readyz");
      await server.deploy();
      await Promise.all(people.map((person) => isBack(person)));
      await formerHasEnded(server, 1);
      const { bad, asked } = await asking.stop();
      expect(bad).toEqual([]);
      expect(asked).toBeGreaterThan(10);
      expect(people.map(({ drops, ends }) => [drops, ends])).toEqual(
        people.map(() => [[CLOSE.restarting], []]),
      );
      expect(people.map(({ room }) => [room.roomId, room.sessionId])).toEqual(seats);
      // The fight goes on: nobody's score begins anew.
      const withoutScores = (roster: ReturnType<Wanderer["roster"]>) =>
        Object.entries(roster).map(([id, { score: _, ...seat }]) => [id, seat]);
      expect(people.map((person) => withoutScores(person.roster()))).toEqual(before.map(withoutScores));
      for (const [at, person] of people.entries())
        for (const [id, { score }] of Object.entries(before[at] ?? {}))
          expect(person.roster()[id]?.score).toBeGreaterThanOrEqual(score);
      await until("the chat is there", () => ann.chat(heard).includes("before the deploy"));
      expect(await ann.room.request(MESSAGE.host, { do: "start" })).toEqual({ ok: true });
      console.log(`gaps between patches: ${people.map(({ gapMs }) => Math.round(gapMs)).join(", ")} ms`);
    },
    TEST_WITHIN_MS,
  );

  test(
    "[DEPLOYING-2] npm run restart says how it went: code that fails leaves the old front in place",
    async () => {
      const ann = await here(host(server.url, "Ann"));
      const opened = server.count("Fracas is open");
      server.code("broken");
      const failed = await restart(server);
      expect(failed).toMatchObject({ code: 1 });
      expect(failed.output).toContain("a mistake in the new code");
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      expect([ann.drops, server.count("Fracas is open")]).toEqual([[], opened]);
      server.code("same");
      const done = await restart(server);
      expect(done).toMatchObject({ code: 0 });
      expect(done.output).toContain("Done: generation");
      await isBack(ann);
      expect(ann.ends).toEqual([]);
    },
    TEST_WITHIN_MS,
  );

  test(
    "[DEPLOYING-3] a front that hangs is killed: another one opens, and hosted rooms are back under their codes with their players",
    async () => {
      const ann = await here(host(server.url, "Ann"));
      const { roomId, sessionId } = ann.room;
      const file = join(server.dataDir, "rooms", `${roomId}.json`);
      await until(
        "the room is kept",
        () => existsSync(file) && readFileSync(file, "utf8").includes(sessionId),
      );
      const opened = server.count("Fracas is open");
      process.kill(server.frontPid(), "SIGSTOP");
      await until("a front is open", () => server.count("Fracas is open") > opened, DEPLOY_WITHIN_MS);
      await isBack(ann);
      expect([ann.room.roomId, ann.room.sessionId, ann.ends]).toEqual([roomId, sessionId, []]);
      expect(server.count("a front hangs: it is killed")).toBe(1);
    },
    TEST_WITHIN_MS,
  );

  test(
    "[DEPLOYING-4] SIGTERM while the next front cannot open ends the server at once, and keeps hosted rooms as they are",
    async () => {
      const ann = await here(host(server.url, "Ann"));
      server.code("stuck");
      server.signal("SIGHUP");
      const isWaiting = () =>
        fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
          () => false,
          (error: Error) => error.name === "TimeoutError",
        );
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 50));
      const heard = ann.messages.length;
      await ann.room.request(MESSAGE.chat, { scope: "all", text: "between two fronts" });
      await until("she hears herself", () => ann.chat(heard).length > 0);
      server.signal("SIGTERM");
      expect((await server.ended).code).toBe(0);
      await until("all processes have ended", () => !pidsIn(server).some(isAlive), 30_000);
      const file = join(server.dataDir, "rooms", `${ann.room.roomId}.json`);
      expect(readFileSync(file, "utf8")).toContain("between two fronts");
      expect((await restart(server)).output).toContain("PROCESSES=1");
    },
    TEST_WITHIN_MS,
  );
});

describe("a server whose matches are short", () => {
  let server: DeployedServer;
  beforeAll(async () => {
    // Visitors of this machine are exempt from the rule of one seat a person otherwise.
    const environment = { NODE_ENV: "production", TRUSTED_PROXIES: "127.0.0.1" };
    server = await start({ ...environment, DRAIN_SECONDS: "60", MATCH_SECONDS: "5" });
  });

  test(
    "[DEPLOYING-5] a room moves at the end of its match, with the votes; every result is counted once",
    async () => {
      const [eve, fay] = [await here(quickPlay(server.url, "Eve")), await here(quickPlay(server.url, "Fay"))];
      await until("the match is decided", () => eve.state.phase === "results", 30_000);
      await server.deploy();
      for (const person of [eve, fay]) {
        await until("there is a vote", () => person.state.candidates.length > 1, 60_000);
        person.room.send(MESSAGE.vote, { choice: 1 });
      }
      await Promise.all([eve, fay].map((person) => isBack(person)));
      await until("the next match is decided", () => eve.state.phase === "results", 60_000);
      await until(
        "both hear of both",
        () => [eve, fay].every((person) => person.counted().size >= 2),
        60_000,
      );
      const matches = [...new Set([...eve.counted(), ...fay.counted()])].sort();
      const db = new DatabaseSync(join(server.dataDir, "fracas.db"), { readOnly: true });
      const rows = db.prepare('SELECT count(*) AS n FROM "match"').get();
      const played = db.prepare('SELECT matches FROM "playerMode"').all();
      db.close();
      expect(Number(rows?.n)).toBe(matches.length);
      const sum = played.reduce((total, row) => total + Number(row.matches), 0);
      expect(sum).toBe(matches.length * 2);
      expect([eve.ends, fay.ends]).toEqual([[], []]);
    },
    TEST_WITHIN_MS,
  );

  test(
    "[DEPLOYING-6] code of another version keeps hosted rooms, and old pages are told to reload: code, host and settings are the same",
    async () => {
      const ann = await here(
        host(server.url, "Ann", { settings: { ...RoomSettings.parse({}), players: 5 } }),
      );
      const { roomId } = ann.room;
      server.code("newer");
      await server.deploy();
      await until("her session ends", () => ann.ends.length > 0, DEPLOY_WITHIN_MS);
      const asOldPage = ann.client.joinById(roomId, { name: "Ann", protocol: PROTOCOL_VERSION });
      await expect(asOldPage).rejects.toMatchObject({ code: REFUSAL.stalePage });
      // What the reloaded page does.
      const again = await ann.client.reconnect<ArenaState>(await ann.tokenOfKeptSeat());
      people.push(new Wanderer(ann.visitor, again));
      await until("she is there", () => again.state?.roster?.get(again.sessionId) !== undefined, 30_000);
      const seat = again.state.roster.get(again.sessionId);
      expect([seat?.name, seat?.rank]).toEqual(["Ann", RANK.host]);
      expect(JSON.parse(again.state.settings).players).toBe(5);
    },
    TEST_WITHIN_MS,
  );

  test(
    "[DEPLOYING-7] SIGTERM while a deploy prepares ends the server as ever, and no process is left",
    async () => {
      for (const person of people.splice(0)) person.stop();
      const fronts = server.count("a front starts");
      server.signal("SIGHUP");
      await until("a front starts", () => server.count("a front starts") > fronts, DEPLOY_WITHIN_MS);
      server.signal("SIGTERM");
      expect((await server.ended).code).toBe(0);
      await until("all processes have ended", () => !pidsIn(server).some(isAlive), 30_000);
    },
    TEST_WITHIN_MS,
  );
});

const pidsIn = (server: DeployedServer): number[] =>
  Array.from(server.output().matchAll(/"pid":(\d+)/g), ([, pid]) => Number(pid));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
