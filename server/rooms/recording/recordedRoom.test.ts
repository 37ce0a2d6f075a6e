/** A booted room that records: what is written when, what others can read of it, and where it goes on after a move. */
import { readdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { answerProcess } from "#server/rooms/answers.ts";
import { partPath, replayPath } from "#server/services/replays/files.ts";
import { replaysWritten } from "#server/services/replays/replays.ts";
import { replaysFolder } from "#server/store/places.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  leaveAll,
  openRoom,
  type Person,
  passTime,
} from "#server/testing/company.ts";
import { type ReadReplay, readReplay } from "#server/testing/readReplay.ts";
import { PATCH_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { AFTERMATH_MS, SEGMENT_MS } from "./recording.ts";

const dataDir = temporaryFolder("data");
const folder = replaysFolder(dataDir);
let server: TestServer;
let ann: Person;
let ben: Person;
let room: ArenaRoom;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, dataDir });
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

/** Files of replays by their match; those that earlier tests left do not count. */
const files = () => {
  const names = existingNames();
  return new Map(
    names.flatMap((name) => {
      const [id = "", is = ""] = name.split(".");
      return ["replay", "part"].includes(is) && !earlier.has(id) ? [[id, is] as const] : [];
    }),
  );
};
const existingNames = (): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
const earlier = new Set<string>();

/** Ann hosts, Ben is her guest, and their match has just begun. Returns its id. */
async function beginMatch(settings: object = {}): Promise<string> {
  for (const id of files().keys()) earlier.add(id);
  ann = await openRoom(server, { name: "Ann", settings: RoomSettings.parse({ bots: 0, ...settings }) });
  room = server.roomOf(ann.room);
  ben = await enterRoom(server, room.roomId, { name: "Ben" });
  here.push(ann, ben);
  await ann.host({ do: "start" });
  await until("the match begins", () => room.state.phase === "live");
  await until("its file", () => files().size === 1);
  const [id] = files().keys();
  return id as string;
}

const get = (route: typeof ROUTE.replay | typeof ROUTE.replayMap | typeof ROUTE.replayFile, id: string) =>
  fetch(server.url + pathTo(route, { id }));

async function endMatch(id: string): Promise<ReadReplay> {
  expect(await ann.host({ do: "end" })).toEqual({ ok: true });
  passTime(room, AFTERMATH_MS);
  await until("the replay", () => files().get(id) === "replay");
  return readReplay(replayPath(folder, id));
}

describe("a hosted room", () => {
  test("[TAPE-40] records its match until the host ends it, and then the file opens", async () => {
    const id = await beginMatch();
    const { elapsedTime } = room.clock;
    await until("a second", () => room.clock.elapsedTime > elapsedTime + 1_000);
    const { head, end, frames } = await endMatch(id);
    expect(head).toMatchObject({
      match: id,
      room: "",
      isHosted: true,
      mode: "deathmatch",
      patchMs: 50,
    });
    expect(end?.people.map(({ name, isBot }) => [name, isBot])).toEqual([
      ["Ann", false],
      ["Ben", false],
    ]);
    expect(end?.marks.at(-1)?.is).toBe("end");
    expect(frames.flat().length).toBeGreaterThan(10);
    const answer = await get(ROUTE.replay, id);
    expect([answer.status, answer.headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
    expect(await answer.json()).toMatchObject({ head: { match: id }, people: end?.people });
  });

  test("[TAPE-41] shows nothing of a recording before the match is over", async () => {
    const id = await beginMatch();
    passTime(room, SEGMENT_MS);
    await until("a segment", () => files().get(id) === "part");
    await replaysWritten();
    expect((await get(ROUTE.replay, id)).status).toBe(202);
    expect((await get(ROUTE.replayFile, id)).status).toBe(404);
    for (const route of [ROUTE.replay, ROUTE.replayFile])
      expect((await get(route, `${id}.part`)).status).toBe(404);
    await endMatch(id);
    for (const route of [ROUTE.replay, ROUTE.replayFile]) expect((await get(route, id)).status).toBe(200);
  });

  test("[TAPE-42] keeps chat, passwords, tokens and its code out of its replay", async () => {
    const password = "open sesame 1881";
    const id = await beginMatch({});
    expect(await ann.host({ do: "password", password })).toEqual({ ok: true });
    const line = "meet at the quiet harbour";
    expect(await ann.room.request(MESSAGE.chat, { scope: "all", text: line })).toMatchObject({ ok: true });
    const { frames, head, end } = await endMatch(id);
    const bytes = Buffer.concat(frames.flat().map(({ bytes }) => bytes)).toString("latin1");
    expect(bytes).toContain("Ben");
    const rest = JSON.stringify({ head, end }) + Buffer.from(head.handshake, "base64").toString("latin1");
    const tokens = [ann, ben].flatMap(({ guest, room }) => [
      guest.token ?? "",
      room.reconnectionToken.split(":")[1] ?? "",
    ]);
    for (const secret of [line, password, room.roomId, ...tokens]) {
      expect(secret.length).toBeGreaterThan(4);
      expect(bytes.includes(secret), secret).toBe(false);
      expect(rest.includes(secret), secret).toBe(false);
    }
  });

  test("[TAPE-43] deletes the recording when the host turns it off, and says so in its settings", async () => {
    const id = await beginMatch();
    await ann.host({ do: "settings", change: { recorded: false } });
    await until("no file", () => !files().has(id));
    await until("Ben knows", () => JSON.parse(ben.state.settings).recorded === false);
    expect(await ann.host({ do: "end" })).toEqual({ ok: true });
    await replaysWritten();
    expect(files().has(id)).toBe(false);
  });

  test("[TAPE-44] records while all its players are away", async () => {
    const id = await beginMatch();
    for (const { room } of here) server.cut(room);
    await until("nobody is there", () => room.clients.length === 0);
    const awayAtMs = room.clock.elapsedTime;
    await until("patches without anybody", () => room.clock.elapsedTime > awayAtMs + 4 * PATCH_MS);
    const { fromMs = 0 } = room.moving.snapshot().recording ?? {};
    passTime(room, SEGMENT_MS);
    const lastMs = async () => (await readReplay(partPath(folder, id))).frames.flat().at(-1)?.atMs ?? 0;
    await expect.poll(lastMs).toBeGreaterThan(awayAtMs - fromMs + PATCH_MS);
  });

  test("[TAPE-45] goes on with its replay where it opens again", async () => {
    const id = await beginMatch();
    for (const { room } of [ann, ben])
      Object.assign(room.reconnection, { enabled: true, minUptime: 0, minDelay: 100, maxDelay: 300 });
    const snapshot = room.moving.freeze();
    const { roomId: code } = room;
    await room.disconnect(CLOSE.restarting);
    await replaysWritten();
    expect(files().get(id)).toBe("part");
    const copy = RoomSnapshot.parse(JSON.parse(JSON.stringify(snapshot)));
    expect(await answerProcess("open", { code, snapshot: copy })).toMatchObject({ ok: true });
    room = server.roomOf(ann.room);
    await until("both are back", () =>
      [ann, ben].every(
        ({ id: seat, room: { connection } }) => room.state.roster.get(seat)?.connected && connection.isOpen,
      ),
    );
    const { elapsedTime } = room.clock;
    await until("patches", () => room.clock.elapsedTime > elapsedTime + 300);
    const { segments, end } = await endMatch(id);
    // One segment is of the time before the move, and one of the time after it.
    expect(segments.length).toBeGreaterThanOrEqual(2);
    expect(end?.people).toHaveLength(2);
    expect(files().size).toBe(1);
  });
});
