/** Messages that no schema accepts: what they cost the log, and when the connection ends. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog, type LogLine } from "#server/testing/captureLog.ts";
import { BEHIND_PROXY, enterRoom, openRoom, type Person } from "#server/testing/company.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";

const MALFORMED_MAX = 8;

let server: TestServer;
let host: Person;
let logged: LogLine[];
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
  host = await openRoom(server);
  logged = captureLog();
});
afterAll(() => server.close());

const bytesOf = (lines: readonly LogLine[]) => JSON.stringify(lines).length;

test.each([MESSAGE.host, MESSAGE.chat])(
  "[EDGE-LOG-1] malformed %s requests of many connections cause one log line, answers without zod's text, and the connection's end",
  async (type) => {
    logged.length = 0;
    for (let connection = 0; connection < 3; connection++) {
      const stranger = await enterRoom(server, host.room.roomId);
      for (let sent = 0; sent < MALFORMED_MAX; sent++) {
        const answer = await stranger.room.request(type, { do: ["x".repeat(500)] }).catch((error) => error);
        if (sent < MALFORMED_MAX - 1) expect(answer).toMatchObject({ reason: "malformed" });
      }
      await until("the connection has ended", () => stranger.code !== undefined);
      expect(stranger.code).toBe(CLOSE.badFrame);
      await until("the seat is free", () => !host.state.roster.has(stranger.id));
    }
    const about = logged.filter(({ msg }) => !["joined", "left", "dropped"].includes(msg));
    expect(about).toMatchObject([{ msg: "a malformed message", type }]);
    expect(bytesOf(about)).toBeLessThan(300);
  },
);

test("[EDGE-LOG-2] a malformed message that asks for no answer causes no further line, and the client stays", async () => {
  logged.length = 0;
  const stranger = await enterRoom(server, host.room.roomId);
  for (const type of [MESSAGE.vote, MESSAGE.follow]) stranger.room.send(type, { choice: "x", seat: 7 });
  await until(
    "both are logged",
    () => logged.filter(({ msg }) => msg === "a malformed message").length === 2,
  );
  for (let sent = 0; sent < 2; sent++) stranger.room.send(MESSAGE.vote, { choice: "x" });
  expect(await stranger.place({ to: "spectators" })).toEqual({ ok: true });
  expect(logged.filter(({ level }) => level >= 40)).toHaveLength(2);
});

test("[EDGE-LOG-3] forty host actions at once are logged, and the rest counted", async () => {
  logged.length = 0;
  const forgers = [await enterRoom(server, host.room.roomId), await enterRoom(server, host.room.roomId)];
  for (let sent = 0; sent < 20; sent++) {
    await host.host({ do: "lock", locked: false });
    for (const forger of forgers) await forger.host({ do: "start" });
  }
  const lines = logged.filter(({ msg }) => msg === "host action").length;
  expect(lines).toBeGreaterThanOrEqual(40);
  expect(lines).toBeLessThan(60);
});
