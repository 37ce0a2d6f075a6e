/** Editors try their draft out in an arena room, and come back. */
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { mapOf } from "#server/arenas.ts";
import { provideDrafts } from "#server/services/drafts/drafts.ts";
import { progress } from "#server/services/progress.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, leaveAll, type Person } from "#server/testing/company.ts";
import { type Drawer, enterEditor, MemoryDrafts, wall } from "#server/testing/editors.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { EDITOR_MESSAGE, type TryRequest } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RANK } from "#shared/schema/state.ts";
import type { EditorRoom } from "./EditorRoom.ts";
import { countTryOut } from "./tryOutLimit.ts";

const DRAFT = "abcdef012345";

let server: TestServer;
const drawing: Drawer[] = [];
const driving: Person[] = [];
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
beforeEach(() => {
  const drafts = new MemoryDrafts();
  drafts.add(DRAFT, mapOf("foundry")?.tiledJson);
  provideDrafts(drafts);
});
afterEach(async () => {
  await leaveAll(driving);
  await Promise.all(drawing.splice(0).map(({ room }) => room.connection.isOpen && room.leave()));
});
afterAll(() => server.close());

async function enter(name: string, key?: string): Promise<Drawer> {
  const drawer = await enterEditor(server, DRAFT, { name, ...(key !== undefined && { key }) });
  drawing.push(drawer);
  return drawer;
}

const begin = (drawer: Drawer, mode = "deathmatch", bots = 3) =>
  drawer.ask<Answer>(EDITOR_MESSAGE.tryOut, { do: "begin", mode, bots } satisfies TryRequest);
const end = (drawer: Drawer) => drawer.ask<Answer>(EDITOR_MESSAGE.tryOut, { do: "end" });

/** Follows the editor's state into the arena, as a page does. */
async function drive(drawer: Drawer): Promise<Person> {
  await until("the arena's code", () => drawer.state.trying !== "");
  const person = await enterRoom(server, drawer.state.trying, { name: drawer.name }, drawer.guest);
  driving.push(person);
  return person;
}

const roomStatus = async ({ guest }: Drawer, code: string) =>
  (await guest.askSeat({}, "joinById", code)).status;

test("[EDITOR-20] one press and everybody drives in what is drawn, with bots, hosted by who pressed; one press back", async () => {
  const [ann, ben, vera] = [await enter("Ann"), await enter("Ben"), await enter("Vera", "")];
  ann.edit([wall(9, 9, 3)]);
  await until("the wall", () => ann.isSettled);
  expect(await begin(ben)).toEqual({ ok: true });
  const [first, host, viewer] = [await drive(ann), await drive(ben), await drive(vera)];
  const { state } = host;
  await until("a match", () => state.phase === "live" || state.phase === "countdown");
  expect([state.hosted, state.held, viewer.state.drones.has(viewer.id)]).toEqual([true, false, true]);
  expect(Array.from(state.roster.values()).filter(({ bot }) => bot)).toHaveLength(3);
  await until("the host", () => state.roster.get(host.id)?.rank === RANK.host);
  expect(state.roster.get(first.id)?.rank).not.toBe(RANK.host);
  const file = await fetch(`${server.url}${pathTo(ROUTE.arenaFile, { sha256: state.map })}`);
  expect(JSON.stringify(await file.json())).toContain('"walls"');
  expect([ann.state.triedBy, ann.news.at(-1)]).toEqual(["Ben", "tryBegan Ben"]);
  expect(await begin(ann)).toEqual({ ok: false, reason: "notNow" });
  const code = ann.state.trying;
  expect(await end(ann)).toEqual({ ok: true });
  await until("the way back", () => vera.state.trying === "" && vera.news.at(-1) === "tryEnded Ann");
  await until("the arena's end", () => [first, host, viewer].every(({ code }) => code !== undefined));
  expect(await roomStatus(ann, code)).toBe(REFUSAL.roomEnded);
  ann.edit([wall(9, 9, 3, 0)]);
  await until("drawing goes on", () => ann.isSettled && ann.refused.length === 0);
});

test("[EDITOR-21] what cannot be played is not tried out, nor a mode that the arena is not made for", async () => {
  const ann = await enter("Ann");
  expect(await begin(ann, "noMode")).toEqual({ ok: false, reason: "badMap" });
  ann.edit([{ do: "set", name: "columns", value: "3" }]);
  await until("the edit", () => ann.isSettled);
  expect(await begin(ann)).toEqual({ ok: false, reason: "badMap" });
  expect(ann.state.trying).toBe("");
  expect(await begin(ann)).toMatchObject({ ok: false });
  expect(await begin(ann)).toMatchObject({ ok: false, reason: "tooFast" });
});

test("[EDITOR-22] when the arena room ends by itself, everybody draws again", async () => {
  const ann = await enter("Ann");
  await begin(ann);
  const person = await drive(ann);
  const answer = await server.app.rooms.ask(person.room.roomId, "disconnect", { seat: undefined });
  expect(answer.ok).toBe(true);
  await until("the way back", () => ann.state.trying === "");
});

test("[EDITOR-23] a match that is tried out counts for nobody", async () => {
  const ann = await enter("Ann");
  const keep = vi.spyOn(progress(), "keep");
  await begin(ann);
  const person = await drive(ann);
  await until("a match", () => person.state.phase === "live");
  expect(await person.host({ do: "end" })).toEqual({ ok: true });
  await until("the results", () => person.state.phase === "results");
  await person.room.leave();
  expect(keep).not.toHaveBeenCalled();
});

test("[EDITOR-46] whoever has tried out too many drafts within an hour waits, whichever draft it is", async () => {
  const ann = await enter("Ann");
  const [client] = (matchMaker.getLocalRoomById(ann.room.roomId) as EditorRoom).clients;
  for (let at = 0; at < 60; at++) if (client?.auth) await countTryOut(client.auth);
  const answer = await begin(ann);
  expect(answer).toEqual({ ok: false, reason: "tooFast", waitMs: expect.any(Number) });
  expect(ann.state.trying).toBe("");
});
