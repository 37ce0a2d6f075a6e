/** Hosted rooms over a stop and a start of the server: a real process, its signals, and stock SDK clients. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { type ArenaState, RANK } from "#shared/schema/state.ts";
import { until } from "./testing/bootServer.ts";
import { enterRoom, leaveAll, openRoom, type Person } from "./testing/company.ts";
import { freePort } from "./testing/freePort.ts";
import { Restartable } from "./testing/restartable.ts";

const started: Restartable[] = [];
const here: Person[] = [];
afterEach(() => leaveAll(here));
afterAll(() => {
  for (const server of started) server.process.kill();
});

async function running(): Promise<Restartable> {
  const server = new Restartable(await freePort());
  started.push(server);
  await server.start();
  return server;
}

/** The SDK's own reconnection, which takes no rooms that have been up for less than 5 s. */
function staying(person: Person): Person {
  Object.assign(person.room.reconnection, { enabled: true, minUptime: 0, maxDelay: 500, maxRetries: 100 });
  here.push(person);
  return person;
}

const rosterOf = ({ roster }: ArenaState) =>
  Array.from(roster.values(), ({ name, rank, team, score, muted }) => ({ name, rank, team, score, muted }));

/** Stops the server by the signal and starts it again; resolves when everybody is back in their seats. */
async function restart(
  server: Restartable,
  people: readonly Person[],
  signal: NodeJS.Signals,
): Promise<void> {
  const back = people.map(({ room }) => new Promise<void>((resolve) => room.onReconnect.once(resolve)));
  await server.end(signal);
  await server.start();
  await Promise.all(back);
  await until("everybody is there", () =>
    people.every(({ state }) => people.every(({ id }) => state.roster.get(id)?.connected === true)),
  );
}

describe("a hosted room", () => {
  test.each(["SIGTERM", "SIGKILL"] as const)(
    "[SNAP-10] %s and a start: the same room, people, ranks, scores, bans, chat and password",
    async (signal) => {
      const server = await running();
      const settings = RoomSettings.parse({ bots: 2, title: "Kept" });
      const ann = staying(await openRoom(server.server, { name: "Ann", password: "secret", settings }));
      const code = ann.room.roomId;
      const joined = (name: string) => enterRoom(server.server, code, { name, password: "secret" });
      const [ben, cleo] = [staying(await joined("Ben")), staying(await joined("Cleo"))];
      const dan = await joined("Dan");
      await ann.host({ do: "cohost", seat: ben.id, cohost: true });
      await ann.host({ do: "mute", seat: cleo.id, muted: true });
      await ann.host({ do: "ban", seat: dan.id });
      await until("Dan is gone", () => dan.code === CLOSE.banned && !ann.state.roster.has(dan.id));
      await ben.room.request(MESSAGE.chat, { scope: "all", text: "before the restart" });
      await ann.host({ do: "pause" });
      await until("all is in the file", () => kept(server, code).includes("before the restart"));
      await until("the mute is known", () => ann.state.roster.get(cleo.id)?.muted === true);
      const before = rosterOf(ann.state);
      const lines: unknown[] = [];
      ann.room.onMessage(
        MESSAGE.chat,
        (some: { said: unknown }[]) => void lines.push(...some.map(({ said }) => said)),
      );

      await restart(server, [ann, ben, cleo], signal);

      expect(rosterOf(ann.state)).toEqual(before);
      expect(rosterOf(cleo.state)).toEqual(before);
      expect(JSON.parse(ann.state.settings).title).toBe("Kept");
      await until("Ann has the chat", () => lines.length > 0);
      expect(lines).toEqual([{ text: "before the restart" }]);
      expect(await cleo.room.request(MESSAGE.chat, { scope: "all", text: "psst" })).toMatchObject({
        reason: "muted",
      });
      const refused = (asked: Promise<unknown>) =>
        asked.then(
          () => "let in",
          ({ code }) => code,
        );
      const asDan = enterRoom(server.server, code, { password: "secret" }, dan.guest);
      expect(await refused(asDan)).toBe(REFUSAL.banned);
      expect(await refused(enterRoom(server.server, code, { password: "wrong" }))).toBe(
        REFUSAL.wrongPassword,
      );
      expect(await ben.host({ do: "mute", seat: cleo.id, muted: false })).toEqual({ ok: true });
      expect(ann.state.roster.get(ann.id)?.rank).toBe(RANK.host);
    },
  );

  test("[SNAP-11] its file is only for its owner, and a broken one beside it stops nothing", async () => {
    const server = await running();
    const ann = staying(await openRoom(server.server, { name: "Ann" }));
    const code = ann.room.roomId;
    await until("there is a file", () => kept(server, code) !== "");
    expect(server.files()).toEqual([`${code}.json`]);
    expect(statSync(join(server.dataDir, "rooms", `${code}.json`)).mode & 0o777).toBe(0o600);
    writeFileSync(join(server.dataDir, "rooms", "BROKEN.json"), "{");
    await restart(server, [ann], "SIGTERM");
    expect(server.process.output()).toContain("opened the rooms of the last run again");
  });
});

/** The text of the room's file; empty without one. */
function kept({ dataDir }: Restartable, code: string): string {
  try {
    return readFileSync(join(dataDir, "rooms", `${code}.json`), "utf8");
  } catch {
    return "";
  }
}
