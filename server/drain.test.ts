/** How the server stops: a real process, real signals, and players in a match. */
import { afterAll, describe, expect, test } from "vitest";
import { SEAT_KEPT_SEC } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { CommandInput } from "#shared/schema/input.ts";
import { parseConfig } from "./config.ts";
import { CLOSE_WITHIN_MS } from "./drain.ts";
import { type ArenaClient, until } from "./testing/bootServer.ts";
import { type ServerProcess, startServer } from "./testing/serverProcess.ts";

const SLACK_MS = 2_500;

const started: ServerProcess[] = [];
afterAll(() => {
  for (const server of started) server.kill();
});
const start = async (drainSeconds: number) => {
  const server = await startServer({ DRAIN_SECONDS: String(drainSeconds) });
  started.push(server);
  return server;
};

interface Player {
  readonly room: ArenaClient;
  readonly notices: Notice[];
  readonly closed: Promise<{ code: number; at: number }>;
}
const play = async (server: ServerProcess, how?: "create"): Promise<Player> => {
  const room = await server.join(how);
  const notices: Notice[] = [];
  room.onMessage(MESSAGE.notice, (notice: Notice) => {
    // Skips notices of players who join and leave.
    if (notice.type === "restarting" || notice.type === "roomFailed") notices.push(notice);
  });
  room.reconnection.enabled = false;
  const closed = new Promise<{ code: number; at: number }>((resolve) => {
    room.onLeave((code) => resolve({ code, at: performance.now() }));
  });
  return { room, notices, closed };
};
const isNotified = ({ notices }: Player) => until("the player is notified", () => notices.length > 0);

/** Repeats the signal, because one that follows another at once counts as the same. */
async function signalUntilEnded(server: ServerProcess, signal: NodeJS.Signals) {
  const repeating = setInterval(() => server.signal(signal), 50);
  const end = await server.ended;
  clearInterval(repeating);
  return end;
}

const ask = (server: ServerProcess, path: string) => fetch(`${server.url}${path}`);
const askToJoin = (server: ServerProcess) =>
  fetch(`${server.url}/matchmake/joinOrCreate/${ROOM.arena}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: "{}",
  });

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("[DRAIN-1] in a match: refuses newcomers, notifies the players, runs to the deadline, then closes with 4010 and exits with 0", async () => {
    const drainMs = 3_000;
    const server = await start(drainMs / 1000);
    const [ann, bob] = [await play(server), await play(server)];
    expect((await ask(server, "/readyz")).status).toBe(200);
    const at = performance.now();
    server.signal(signal);
    await Promise.all([isNotified(ann), isNotified(bob)]);
    expect([ann.notices, bob.notices]).toEqual([
      [{ type: "restarting", inMs: drainMs }],
      [{ type: "restarting", inMs: drainMs }],
    ]);

    const refusal = await askToJoin(server);
    expect(refusal.status).toBe(503);
    expect(Number(refusal.headers.get("retry-after"))).toBe((drainMs + CLOSE_WITHIN_MS) / 1000);
    expect([(await ask(server, "/readyz")).status, (await ask(server, "/healthz")).status]).toEqual([
      503, 200,
    ]);

    const own = ann.room.state.drones.get(ann.room.sessionId);
    const input = ann.room.input({ type: CommandInput });
    input.data.aim = (own?.aim ?? 0) > 3 ? 1 : 5;
    input.send();
    await until("the drone obeys", () => Math.abs((own?.aim ?? 0) - input.data.aim) < 0.1);

    // Commands that are on their way at the end must not cost the client the close code.
    const playing = setInterval(() => input.send(), 5);
    const closed = await Promise.all([ann.closed, bob.closed]);
    clearInterval(playing);
    for (const end of closed) {
      expect(end.code).toBe(CLOSE.restarting);
      expect(end.at - at).toBeGreaterThan(drainMs - 100);
    }
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(0);
    expect(endedAt - at).toBeLessThan(drainMs + SLACK_MS);
  });

  test("[DRAIN-2] without players: exits at once with 0", async () => {
    const server = await start(600);
    const at = performance.now();
    server.signal(signal);
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(0);
    expect(endedAt - at).toBeLessThan(SLACK_MS);
  });
});

describe.concurrent("the match", () => {
  test("[DRAIN-3] ends the drain when its last player leaves, and not before", async () => {
    const server = await start(600);
    const [ann, bob] = [await play(server), await play(server)];
    server.signal("SIGTERM");
    await Promise.all([isNotified(ann), isNotified(bob)]);
    await ann.room.leave();
    const { tick } = bob.room.state;
    await until("Bob plays on", () => bob.room.state.tick > tick + 30);
    const at = performance.now();
    await bob.room.leave();
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(0);
    expect(endedAt - at).toBeLessThan(SLACK_MS);
  });

  test("[DRAIN-4] lets a player who drops during the drain return", async () => {
    const server = await start(600);
    const [ann, bob] = [await play(server), await play(server)];
    server.signal("SIGTERM");
    await isNotified(ann);
    Object.assign(ann.room.reconnection, { enabled: true, minUptime: 0 });
    const back = new Promise<void>((resolve) => ann.room.onReconnect(() => resolve()));
    // A drop, as by the network: the room sends no leave.
    ann.room.connection.close(CLOSE.restarting);
    await back;
    const { sessionId } = ann.room;
    await until("Bob sees that she is back", () => bob.room.state.roster.get(sessionId)?.connected === true);
    const { tick } = ann.room.state;
    await until("Ann plays on", () => ann.room.state.tick > tick);
    await Promise.all([ann.room.leave(), bob.room.leave()]);
    expect((await server.ended).code).toBe(0);
  });

  test("[DRAIN-5] does not delay the stop if only kept seats are left", async () => {
    const server = await start(600);
    const ann = await play(server);
    ann.room.connection.close();
    await ann.closed;
    const at = performance.now();
    server.signal("SIGTERM");
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(0);
    expect(endedAt - at).toBeLessThan((SEAT_KEPT_SEC * 1000) / 2);
  });
});

describe.concurrent("a stop that goes wrong", () => {
  test("[DRAIN-6] a room that hangs: disconnects its players in time, and exits with 1 by the deadline", async () => {
    const server = await start(1);
    await server.spoil("hangOnDispose");
    const ann = await play(server);
    const at = performance.now();
    server.signal("SIGTERM");
    const { code, at: closedAt } = await ann.closed;
    expect(code).toBe(CLOSE.restarting);
    expect(closedAt - at).toBeLessThan(1_000 + SLACK_MS);
    const { code: exitCode, at: endedAt } = await server.ended;
    expect(exitCode).toBe(1);
    expect(endedAt - at).toBeGreaterThan(CLOSE_WITHIN_MS);
    expect(endedAt - at).toBeLessThan(1_000 + CLOSE_WITHIN_MS + SLACK_MS);
    expect(server.output()).toContain("a room hangs");
  });

  test.each([
    ["SIGTERM", "SIGTERM"],
    ["SIGTERM", "SIGINT"],
    ["SIGINT", "SIGTERM"],
  ] as const)("[DRAIN-7] %s and then %s: exits at once with 1", async (first, second) => {
    const server = await start(600);
    const ann = await play(server);
    server.signal(first);
    await isNotified(ann);
    const at = performance.now();
    const { code, at: endedAt } = await signalUntilEnded(server, second);
    expect(code).toBe(1);
    expect(endedAt - at).toBeLessThan(SLACK_MS);
  });

  test("[DRAIN-8] a second signal while a room hangs: exits at once with 1", async () => {
    const server = await start(0);
    await server.spoil("hangOnDispose");
    const ann = await play(server);
    server.signal("SIGTERM");
    expect((await ann.closed).code).toBe(CLOSE.restarting);
    const at = performance.now();
    const { code, at: endedAt } = await signalUntilEnded(server, "SIGTERM");
    expect(code).toBe(1);
    expect(endedAt - at).toBeLessThan(SLACK_MS);
  });

  test.each(["throw", "reject"] as const)(
    "[DRAIN-9] an uncaught error (%s): logs it, drains, then exits with 1",
    async (how) => {
      const server = await start(2);
      const ann = await play(server);
      const at = performance.now();
      await server.spoil(how);
      await isNotified(ann);
      expect((await askToJoin(server)).status).toBe(503);
      const { tick } = ann.room.state;
      await until("Ann plays on", () => ann.room.state.tick > tick + 15);
      const { code, at: closedAt } = await ann.closed;
      expect(code).toBe(CLOSE.restarting);
      expect(closedAt - at).toBeGreaterThan(1_900);
      expect((await server.ended).code).toBe(1);
      expect(server.output()).toContain("spoiled by a test");
      expect(server.output()).toContain(how === "throw" ? "uncaughtException" : "unhandledRejection");
    },
  );

  test.each(["throw", "reject"] as const)(
    "[DRAIN-10] an uncaught error (%s) during the drain is logged and does not end it",
    async (how) => {
      const server = await start(2);
      const ann = await play(server);
      const at = performance.now();
      server.signal("SIGTERM");
      await isNotified(ann);
      await server.spoil(how);
      await until("the error is logged", () => server.output().includes("spoiled by a test"));
      expect((await ann.closed).at - at).toBeGreaterThan(1_900);
      await server.ended;
    },
  );

  test("[DRAIN-11] a room that fails to announce the restart: logs it, and its players play on to the deadline", async () => {
    const server = await start(2);
    await server.spoil("throwOnAnnouncement");
    const ann = await play(server);
    const at = performance.now();
    server.signal("SIGTERM");
    const { code, at: closedAt } = await ann.closed;
    expect(code).toBe(CLOSE.restarting);
    expect(closedAt - at).toBeGreaterThan(1_900);
    expect((await server.ended).code).toBe(0);
    expect(server.output()).toContain("spoiled by a test");
  });

  test("[DRAIN-12] a drain that fails: logs it, and exits at once with 1", async () => {
    const server = await start(600);
    const ann = await play(server);
    await server.spoil("failDirectory");
    const at = performance.now();
    server.signal("SIGTERM");
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(1);
    expect(endedAt - at).toBeLessThan(SLACK_MS);
    expect(server.output()).toContain("spoiled by a test");
    await ann.closed;
  });
});

describe("signals that are no second request", () => {
  test("[DRAIN-13] SIGINT twice at once, as Ctrl+C under npm: drains to the end, and exits with 0", async () => {
    const server = await start(2);
    const ann = await play(server);
    server.signal("SIGINT");
    server.signal("SIGINT");
    await isNotified(ann);
    server.signal("SIGINT");
    expect((await ann.closed).code).toBe(CLOSE.restarting);
    expect((await server.ended).code).toBe(0);
  });

  test("[DRAIN-14] SIGHUP without a terminal, as under nohup or from logrotate: logs it, and plays on", async () => {
    const server = await start(600);
    const ann = await play(server);
    server.signal("SIGHUP");
    await until("it is logged", () => server.output().includes("SIGHUP ignored"));
    const { tick } = ann.room.state;
    await until("Ann plays on", () => ann.room.state.tick > tick + 15);
    expect([(await ask(server, "/readyz")).status, ann.notices]).toEqual([200, []]);
  });

  // `script` of other systems takes other options.
  test.runIf(process.platform === "linux")(
    "[DRAIN-15] the server's terminal hangs up: drains, and ends",
    async () => {
      const server = await startServer({ DRAIN_SECONDS: "1" }, true);
      const ann = await play(server);
      server.kill();
      await isNotified(ann);
      expect((await ann.closed).code).toBe(CLOSE.restarting);
      let hasEnded = false;
      while (!hasEnded)
        hasEnded = await ask(server, "/healthz").then(
          () => false,
          () => true,
        );
    },
  );
});

test.each([1, 2])(
  "[DRAIN-17] with PROCESSES=%i each of several rooms hears of it and closes in time",
  async (count) => {
    const drainMs = 2_000;
    const server = await startServer({ DRAIN_SECONDS: String(drainMs / 1000), PROCESSES: String(count) });
    started.push(server);
    const players: Player[] = [];
    const processes = () => new Set(server.output().match(/"process":"room \d","name":"fracas","room"/g));
    // A room more than processes: the rooms of two processes are in both.
    for (let rooms = 0; rooms < count + 1; rooms++) players.push(await play(server, "create"));
    if (count > 1) expect(processes().size).toBe(count);
    const at = performance.now();
    server.signal("SIGTERM");
    await Promise.all(players.map(isNotified));
    for (const { closed, notices } of players) {
      expect(notices).toEqual([{ type: "restarting", inMs: drainMs }]);
      const end = await closed;
      expect(end.code).toBe(CLOSE.restarting);
      expect(end.at - at).toBeGreaterThan(drainMs - 100);
    }
    const { code, at: endedAt } = await server.ended;
    expect(code).toBe(0);
    expect(endedAt - at).toBeLessThan(drainMs + SLACK_MS);
  },
);

test("[DRAIN-16] by default a stop ends two seconds before Docker kills, even if a room hangs", () => {
  expect(parseConfig({}).drainSeconds * 1000 + CLOSE_WITHIN_MS).toBeLessThanOrEqual(8_000);
});
