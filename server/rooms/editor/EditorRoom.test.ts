/** Several people draw one draft, as real SDK clients of a real server. */
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { provideDrafts } from "#server/services/drafts/drafts.ts";
import type { Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, somebody } from "#server/testing/company.ts";
import { cut } from "#server/testing/cut.ts";
import {
  type Drawer,
  EDITOR_KEY,
  enterEditor,
  MemoryDrafts,
  returnToEditor,
  spawn,
  wall,
} from "#server/testing/editors.ts";
import { ARENA_OBJECTS_MAX } from "#shared/arena/limits.ts";
import { cellAt, copyOf, Draft, type DraftContent, SIDE_MAX, sizeOf } from "#shared/editor/draft.ts";
import type { Run } from "#shared/editor/edit.ts";
import { readTmj, writeTmj } from "#shared/editor/tmj.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import {
  CELL_RATE,
  CURSOR_RATE,
  EDIT_RATE,
  EDITOR_MESSAGE,
  EDITORS_MAX,
  VIEWERS_MAX,
} from "#shared/protocol/editor.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { EditorRoom } from "./EditorRoom.ts";

const DRAFT = "abcdef012345";
const OTHER = "zzzzzz012345";

let server: TestServer;
let drafts: MemoryDrafts;
const here: Drawer[] = [];
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
beforeEach(() => {
  drafts = new MemoryDrafts();
  drafts.add(DRAFT);
  drafts.add(OTHER);
  provideDrafts(drafts);
});
afterEach(async () => {
  here.length = 0;
  const rooms = await matchMaker.query({ name: ROOM.editor });
  await Promise.all(rooms.map(({ roomId }) => roomOf(roomId)?.disconnect()));
});
afterAll(() => server.close());

const roomOf = (id: string) => matchMaker.getLocalRoomById(id) as EditorRoom | undefined;

async function enter(entering: Parameters<typeof enterEditor>[2] = {}, draft = DRAFT): Promise<Drawer> {
  const drawer = await enterEditor(server, draft, entering);
  here.push(drawer);
  return drawer;
}

/** The content as text, to compare. */
function textOf(content: DraftContent): string {
  const { walls, bushes, objects, properties } = copyOf(content);
  return JSON.stringify([[...walls], [...bushes], [...objects].sort(), [...properties].sort()]);
}

/** All have had everything dealt with, and show the same. */
const agree = (...drawers: Drawer[]) =>
  until("everybody shows the same", () => {
    if (!drawers.every(({ isSettled }) => isSettled)) return false;
    const [first, ...others] = drawers.map(({ replica }) => textOf(replica.view));
    return others.every((other) => other === first);
  });

const wallAt = ({ replica }: Drawer, row: number, column: number) => cellAt(replica.view.walls, column, row);
const storedText = () => textOf(readTmj(JSON.parse(drafts.drafts.get(DRAFT)?.tiledJson ?? ""), "stored"));
const isStored = ({ state }: Drawer) => state.storedSeq === state.seq;

const FULL_ROWS: Run[] = Array.from({ length: SIDE_MAX }, (_, row) => [row, 0, SIDE_MAX]);

test("[EDITOR-1] what three people draw at once shows the same to all, and to one who comes later", async () => {
  const [ann, ben, cleo] = [
    await enter({ name: "Ann" }),
    await enter({ name: "Ben" }),
    await enter({ name: "Ann" }),
  ];
  expect([ann.name, ben.name, cleo.name]).toEqual(["Ann", "Ben", "Ann 2"]);
  for (let at = 0; at < 40; at++) {
    ann.edit([wall(at % 12, at % 16, 3)]);
    ben.edit([wall((at * 5) % 12, (at * 3) % 16, 4, at % 2 === 0 ? 0 : 1), spawn(String(at + 1), at, at)]);
    cleo.edit([wall(3, at % 16), { do: "change", id: String((at % 7) + 1), fields: { x: at, type: "a" } }]);
    if (at % 9 === 0) cleo.undo();
  }
  await agree(ann, ben, cleo);
  const late = await enter({ name: "Dan", key: "" });
  expect(textOf(late.replica.view)).toBe(textOf(ann.replica.view));
  expect(textOf(ann.replica.view)).toBe(textOf(roomOf(ann.room.roomId)?.state as unknown as DraftContent));
  expect(ann.replica.view.objects.size).toBe(40);
});

test("[EDITOR-2] an undo takes back the editor's own stroke, and leaves what another has painted over it", async () => {
  const [ann, ben] = [await enter(), await enter()];
  ann.edit([wall(2, 1, 2)], 1);
  ann.edit([wall(2, 3, 2)], 1);
  await agree(ann, ben);
  ben.edit([wall(2, 2, 1, 0), wall(2, 2)]);
  await agree(ann, ben);
  ann.undo();
  await agree(ann, ben);
  expect([1, 2, 3, 4].map((column) => wallAt(ben, 2, column))).toEqual([0, 1, 0, 0]);
  ann.redo();
  await agree(ann, ben);
  expect([1, 2, 3, 4].map((column) => wallAt(ben, 2, column))).toEqual([1, 1, 1, 1]);
});

test("[EDITOR-3] a viewer's commands are refused, acknowledged and withdrawn; so is what else a viewer may not do", async () => {
  const [ann, vera] = [await enter(), await enter({ key: "wrong" })];
  vera.edit([wall(2, 2)]);
  expect(wallAt(vera, 2, 2)).toBe(1);
  await until("the refusal", () => vera.refused.length === 1 && vera.isSettled);
  expect(vera.refused).toEqual([{ n: 1, why: "viewer" }]);
  expect([wallAt(vera, 2, 2), ann.state.seq]).toEqual([0, 0]);
  expect(await vera.ask(EDITOR_MESSAGE.save, { note: "" })).toEqual({ ok: false, reason: "viewer" });
  for (const type of [EDITOR_MESSAGE.restore, EDITOR_MESSAGE.tryOut] as const) {
    const message = type === EDITOR_MESSAGE.restore ? 1 : { do: "begin", mode: "deathmatch", bots: 2 };
    expect(await vera.ask(type, message)).toEqual({ ok: false, reason: "notHost" });
  }
  const owner = await somebody(server);
  drafts.owners.add(identityOf(owner));
  const odette = await enter({ by: owner, key: "" });
  expect(odette.state.editors.get(odette.room.sessionId)?.role).toBe("owner");
});

const identityOf = ({ token = "" }: Guest): string =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sub;

test("[EDITOR-4] nobody gets a seat for no draft, with wrong options, from an old page or without a store", async () => {
  const guest = await somebody(server);
  const status = async (options: object) =>
    (await guest.askSeat(options, "joinOrCreate", ROOM.editor)).status;
  expect(await status({ draft: "nodraft00000" })).toBe(REFUSAL.roomUnknown);
  for (const wrong of [{}, { draft: "NO" }, { draft: DRAFT, key: 7 }, { draft: DRAFT, tab: "a b" }])
    expect(await status(wrong)).toBe(REFUSAL.badJoinOptions);
  expect(await status({ draft: DRAFT, protocol: 1 })).toBe(REFUSAL.stalePage);
  drafts.isAway = true;
  expect(await status({ draft: DRAFT })).toBe(REFUSAL.restarting);
  provideDrafts(undefined);
  expect(await status({ draft: DRAFT })).toBe(REFUSAL.noStore);
  expect(await matchMaker.query({ name: ROOM.editor })).toEqual([]);
});

test("[EDITOR-5] a command counts once however often it comes, and one that comes too early waits for those before it", async () => {
  const ann = await enter();
  ann.send({ n: 1, do: "edit", edits: [wall(1, 1)] });
  ann.send({ n: 1, do: "edit", edits: [wall(9, 9)] });
  ann.send({ n: 3, do: "edit", edits: [wall(3, 3)] });
  ann.send({ n: 2, do: "edit", edits: [wall(2, 2)] });
  ann.send({ n: 2, do: "undo" });
  await until("both commands", () => ann.acked === 2);
  const view = copyOf(ann.state as unknown as DraftContent);
  expect([1, 2, 3, 9].map((at) => cellAt(view.walls, at, at))).toEqual([1, 1, 0, 0]);
  expect(ann.state.seq).toBe(2);
});

test("[EDITOR-6] after a cut the seat is kept with its undo, and what was drawn meanwhile arrives", async () => {
  const [ann, ben] = [await enter({ name: "Ann" }), await enter({ name: "Ben" })];
  ann.edit([wall(1, 1)]);
  await agree(ann, ben);
  cut(ann.room as never);
  await until("that ben sees it", () => ben.state.editors.get(ann.room.sessionId)?.connected === false);
  // Nobody sends what is drawn while the connection is gone.
  ann.replica.edit([wall(4, 4)]);
  ben.edit([wall(5, 5)]);
  const back = await returnToEditor(server, ann);
  await agree(back, ben);
  expect([wallAt(ben, 4, 4), wallAt(back, 5, 5)]).toEqual([1, 1]);
  expect(back.room.sessionId).toBe(ann.room.sessionId);
  back.undo();
  back.undo();
  await agree(back, ben);
  expect([wallAt(ben, 1, 1), wallAt(ben, 4, 4), wallAt(ben, 5, 5)]).toEqual([0, 0, 1]);
  expect(ben.news.slice(-2)).toEqual(["away Ann", "back Ann"]);
});

test("[EDITOR-7] a refreshed page takes its tab's seat over: commands count once, and undo reaches back", async () => {
  const [ann, ben] = [await enter({ name: "Ann", tab: "one" }), await enter({ name: "Ben" })];
  ann.edit([wall(1, 1)]);
  ann.edit([wall(2, 2)]);
  await agree(ann, ben);
  const pending = [{ n: 2, do: "undo" as const }, ann.replica.edit([wall(3, 3)])];
  const again = await enter({ name: "Ann", tab: "one", by: ann.guest, pending });
  await until("the former connection to end", () => ann.code === CLOSE.takenOver);
  await agree(again, ben);
  expect([again.name, ben.state.editors.size]).toEqual(["Ann", 2]);
  expect([1, 2, 3].map((at) => wallAt(ben, at, at))).toEqual([1, 1, 1]);
  for (let step = 0; step < 3; step++) again.undo();
  await agree(again, ben);
  expect([1, 2, 3].map((at) => wallAt(ben, at, at))).toEqual([0, 0, 0]);
  // Somebody else who knows the tab gets neither its seat nor its undo.
  again.edit([wall(6, 6)]);
  const thief = await enter({ name: "Cleo", tab: "one" });
  thief.undo();
  await agree(again, ben, thief);
  expect([wallAt(ben, 6, 6), ben.state.editors.size]).toEqual([1, 3]);
});

test("[EDITOR-8] commands beyond the bounds are refused as a whole and acknowledged; a copy of the whole map is within them", async () => {
  const ann = await enter();
  const checkered: Run[] = FULL_ROWS.flatMap(([row]) =>
    Array.from({ length: SIDE_MAX / 2 }, (_, at): Run => [row, 2 * at, 1]),
  );
  const parts = Array.from({ length: 5 }, (_, at) => checkered.slice(at * 1000, (at + 1) * 1000));
  ann.edit(
    (["walls", "bushes"] as const).flatMap((layer) =>
      parts.map((runs) => ({ do: "paint" as const, layer, value: 1 as const, runs })),
    ),
  );
  await until("the copy", () => ann.isSettled);
  expect([wallAt(ann, 95, 94), wallAt(ann, 95, 95), ann.refused.length]).toEqual([1, 0, 0]);
  const puts = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => spawn(String(from + at), 1, 1));
  ann.edit(puts(1, ARENA_OBJECTS_MAX));
  ann.edit(puts(1000, 1));
  ann.edit([...puts(2000, 1), { do: "remove", id: "1" }]);
  ann.edit([{ do: "remove", id: "1" }, ...puts(2000, 1)]);
  const runs: Run[] = Array.from({ length: 1000 }, () => [0, 0, SIDE_MAX]);
  ann.edit([{ do: "paint", layer: "walls", value: 1, runs }]);
  await until("all answers", () => ann.isSettled);
  expect(ann.refused.map(({ n, why }) => [n, why])).toEqual([
    [3, "tooMany"],
    [4, "tooMany"],
    [6, "tooLarge"],
  ]);
  expect(ann.replica.view.objects.size).toBe(ARENA_OBJECTS_MAX);
});

test("[EDITOR-9] a flood of edits is refused beyond the rates of commands and cells, and the others go on", async () => {
  const [ann, ben, cleo] = [await enter(), await enter(), await enter()];
  const fill = (value: 0 | 1) => ({ do: "paint" as const, layer: "walls" as const, value, runs: FULL_ROWS });
  const fills = Math.ceil(CELL_RATE.burst / SIDE_MAX ** 2) + 3;
  for (let at = 0; at < fills; at++) ann.edit([fill(at % 2 === 0 ? 1 : 0)]);
  await until("all fills", () => ann.isSettled);
  expect(ann.refused.length).toBeGreaterThan(0);
  expect(new Set(ann.refused.map(({ why }) => why))).toEqual(new Set(["tooFast"]));
  // He sends as many frames as a connection may send at once.
  for (let at = 0; at < EDIT_RATE.burst - 2; at++) ben.edit([wall(at % 8, 1, 1, at % 2 === 0 ? 0 : 1)]);
  cleo.edit([wall(11, 11)]);
  await agree(ann, ben, cleo);
  expect([ben.code, wallAt(cleo, 11, 11)]).toEqual([undefined, 1]);
});

test("[EDITOR-43] undo and redo of large strokes count as the cells that they change", async () => {
  const ann = await enter();
  const fill = (value: 0 | 1) => ({ do: "paint" as const, layer: "walls" as const, value, runs: FULL_ROWS });
  for (let at = 0; at < 3; at++) ann.edit([fill(at % 2 === 0 ? 1 : 0)], 1);
  for (let at = 0; at < 20; at++) at % 2 === 0 ? ann.undo() : ann.redo();
  await until("all answers", () => ann.isSettled);
  expect(ann.refused.length).toBeGreaterThan(0);
  expect(new Set(ann.refused.map(({ why }) => why))).toEqual(new Set(["tooFast"]));
});

test("[EDITOR-44] a map whose file has many layers grows only as far as the file can be stored, by a redo as well", async () => {
  const layer = { type: "tilelayer", name: "", width: 16, height: 12, data: new Array(192).fill(0) };
  const origin = writeTmj(new Draft(16, 12));
  const layers = [...(origin.layers as unknown[]), { type: "group", layers: new Array(198).fill(layer) }];
  drafts.add(DRAFT, JSON.stringify({ ...origin, layers }));
  const [ann, ben] = [await enter(), await enter()];
  ann.edit([{ do: "set", name: "columns", value: "96" }]);
  ann.edit([{ do: "set", name: "columns", value: "40" }]);
  ann.undo();
  await until("Ann's size", () => ann.isSettled);
  ben.edit([{ do: "set", name: "rows", value: "30" }]);
  await until("Ben's size", () => ben.isSettled && ann.replica.view.properties.get("rows") === "30");
  ann.redo();
  await until("Ann's redo", () => ann.isSettled);
  expect(ann.refused.map(({ n, why }) => [n, why])).toEqual([
    [1, "tooLarge"],
    [4, "tooLarge"],
  ]);
  expect(sizeOf(ann.replica.view)).toEqual({ columns: 16, rows: 30 });
  expect(ben.refused).toEqual([]);
});

test("[EDITOR-10] a malformed message is refused, eight end the connection, and so does a frame that is too long", async () => {
  const [ann, ben] = [await enter(), await enter()];
  const wrong = { n: 1, do: "edit", edits: [{ do: "paint", layer: "walls", value: 1, runs: [[0, 0, 97]] }] };
  for (let at = 0; at < 8; at++) ann.room.send(EDITOR_MESSAGE.edit, wrong);
  await until("the end", () => ann.code === CLOSE.badFrame);
  await until("no seat is kept", () => ben.state.editors.size === 1);
  const note = "x".repeat(70_000);
  ben.room.send(EDITOR_MESSAGE.chat, note);
  await until("the end", () => ben.code === 1009);
});

test("[EDITOR-11] whatever is drawn is stored when its editor drops, and at the latest when the room ends", async () => {
  const [ann, vera] = [await enter(), await enter({ key: "" })];
  ann.edit([wall(3, 3)], 1);
  ann.edit([{ do: "set", name: "title", value: "Mill" }]);
  await until("the commands", () => ann.isSettled);
  cut(vera.room as never);
  await until("it is stored", () => isStored(ann));
  expect(storedText()).toBe(textOf(ann.replica.view));
  expect(drafts.drafts.get(DRAFT)?.title).toBe("Mill");
  ann.edit([wall(4, 4)]);
  await until("the command", () => ann.isSettled);
  const shown = textOf(ann.replica.view);
  await roomOf(ann.room.roomId)?.disconnect();
  expect(storedText()).toBe(shown);
  const again = await enter();
  expect(textOf(again.replica.view)).toBe(shown);
});

test("[EDITOR-12] a draft is stored by itself a while after it was changed", async () => {
  const ann = await enter();
  ann.edit([wall(3, 3)]);
  await until("it is stored", () => ann.state.seq === 1 && isStored(ann));
  expect(storedText()).toBe(textOf(ann.replica.view));
  expect(drafts.writes).toBe(1);
});

test("[EDITOR-13] while the store is away drawing goes on; the room says so, and stores everything when it is back", async () => {
  const [ann, ben] = [await enter(), await enter()];
  drafts.isAway = true;
  ann.edit([wall(3, 3)]);
  await until("the command", () => ann.isSettled);
  cut(ben.room as never);
  await until("the news", () => ann.news.includes("storeAway"));
  ann.edit([wall(4, 4)]);
  await until("the command", () => ann.isSettled);
  expect(ann.state.storedSeq).toBe(0);
  drafts.isAway = false;
  await until("it is stored", () => isStored(ann) && ann.news.includes("storeBack"));
  expect(storedText()).toBe(textOf(ann.replica.view));
});

test("[EDITOR-14] a room that opens waits until the former one has stored its draft", async () => {
  const ann = await enter();
  ann.edit([wall(3, 3)]);
  await until("the command", () => ann.isSettled);
  const shown = textOf(ann.replica.view);
  const write = drafts.write.bind(drafts);
  const mayWrite = Promise.withResolvers<void>();
  let isWriting = false;
  drafts.write = async (...written) => {
    isWriting = true;
    await mayWrite.promise;
    return write(...written);
  };
  void roomOf(ann.room.roomId)?.disconnect();
  await until("the write", () => isWriting);
  const entering = enter();
  mayWrite.resolve();
  expect(textOf((await entering).replica.view)).toBe(shown);
});

test("[EDITOR-15] a draft that is deleted closes its room", async () => {
  const ann = await enter();
  drafts.drafts.delete(DRAFT);
  ann.edit([wall(3, 3)]);
  await until("the end", () => ann.code === CLOSE.roomEnded);
});

test("[EDITOR-25] what another machine has written is not overwritten: pages join again, and nothing drawn is lost", async () => {
  const ann = await enter();
  const theirs = drafts.drafts
    .get(OTHER)
    ?.tiledJson.replace(
      '"properties":[]',
      '"properties":[{"name":"title","type":"string","value":"Theirs"}]',
    );
  Object.assign(drafts.drafts.get(DRAFT) ?? {}, { tiledJson: theirs, changedAtMs: 8 });
  ann.edit([wall(3, 3)]);
  await until("the end", () => ann.code === CLOSE.restarting);
  const again = await enter({ by: ann.guest });
  expect([again.replica.view.properties.get("title"), again.state.versions]).toEqual(["Theirs", 1]);
  expect(await again.ask(EDITOR_MESSAGE.restore, 1)).toEqual({ ok: true });
  await until("what was drawn", () => wallAt(again, 3, 3) === 1);
});

test("[EDITOR-16] a version is saved with author and note, and comes back as one step that can be undone", async () => {
  const [ann, ben] = [await enter({ name: "Ann" }), await enter({ name: "Ben" })];
  ann.edit([wall(3, 3), spawn("1", 64, 64), { do: "set", name: "title", value: "One" }]);
  await agree(ann, ben);
  const first = textOf(ann.replica.view);
  const saved = await ann.ask(EDITOR_MESSAGE.save, { note: "the\u200B fucking start" });
  expect(saved).toMatchObject({ ok: true, version: { number: 1, author: "Ann", note: "the ****ing start" } });
  expect(await ben.ask(EDITOR_MESSAGE.save, { note: "" })).toEqual({ ok: false, reason: "unchanged" });
  ben.edit([wall(3, 3, 9, 0), { do: "change", id: "1", fields: { x: 96 } }, spawn("2", 1, 1), wall(8, 8)]);
  ben.edit([{ do: "set", name: "title" }]);
  await agree(ann, ben);
  const second = textOf(ann.replica.view);
  expect(await ann.ask(EDITOR_MESSAGE.restore, 1)).toEqual({ ok: true });
  await until("the first version", () => textOf(ben.replica.view) === first);
  ann.undo();
  await agree(ann, ben);
  expect(textOf(ben.replica.view)).toBe(second);
  expect(await ann.ask(EDITOR_MESSAGE.restore, 7)).toEqual({ ok: false, reason: "notNow" });
  expect([ann.state.versions, ben.news.slice(-2)]).toEqual([1, ["saved Ann", "restored Ann"]]);
});

test("[EDITOR-17] chat is filtered and limited, and a newcomer reads the last lines", async () => {
  const [ann, ben] = [await enter({ name: "Ann" }), await enter({ name: "Ben" })];
  expect(await ann.ask(EDITOR_MESSAGE.chat, "what the fuck <b>")).toEqual({ ok: true });
  expect(await ann.ask(EDITOR_MESSAGE.chat, " \u200B ")).toEqual({ ok: false, reason: "empty" });
  await until("the line", () => ben.lines.some(({ from }) => from === ann.room.sessionId));
  const line = { from: ann.room.sessionId, name: "Ann", text: "what the **** <b>" };
  const answers: unknown[] = [];
  for (let at = 0; at < 6; at++) answers.push(await ann.ask(EDITOR_MESSAGE.chat, "more"));
  expect(answers.at(-1)).toMatchObject({ ok: false, reason: "tooFast" });
  const late = await enter();
  await until("the lines", () => late.lines.length > 2);
  expect(late.lines[0]).toEqual(line);
});

test("[EDITOR-18] pointers and selections show to the others, ten times a second at most", async () => {
  const [ann, ben] = [await enter(), await enter()];
  const sent = 5 * CURSOR_RATE.burst;
  for (let x = 1; x <= sent; x++)
    ann.room.send(EDITOR_MESSAGE.cursor, { x: x + 0.4, y: 7, tool: "brush", selected: ["4", "12"] });
  await ann.ask(EDITOR_MESSAGE.chat, "after them");
  await until("the pointer", () => (ben.state.editors.get(ann.room.sessionId)?.x ?? 0) > 0);
  const { x = 0, y, tool, selected } = ben.state.editors.get(ann.room.sessionId) ?? {};
  expect([y, tool, selected]).toEqual([7, "brush", "4,12"]);
  expect(x).toBeLessThan(sent);
});

test("[EDITOR-19] sixteen people draw in sixteen colours; viewers leave places to editors, and drafts to one another", async () => {
  const viewers: Drawer[] = [];
  for (let at = 0; at < VIEWERS_MAX; at++) viewers.push(await enter({ key: "" }));
  const status = async (key: string, draft = DRAFT) =>
    (await (await somebody(server)).askSeat({ draft, key }, "joinOrCreate", ROOM.editor)).status;
  expect(await status("")).toBe(REFUSAL.roomFull);
  const editors: Drawer[] = [];
  for (let at = VIEWERS_MAX; at < EDITORS_MAX; at++) editors.push(await enter());
  expect(await status(EDITOR_KEY)).toBe(REFUSAL.roomFull);
  const [ann, ben] = editors as [Drawer, Drawer];
  await until("everybody", () => ann.state.editors.size === EDITORS_MAX);
  expect(new Set(Array.from(ann.state.editors.values(), ({ colour }) => colour)).size).toBe(EDITORS_MAX);
  const names = Array.from(ann.state.editors.values(), ({ name }) => name);
  expect(new Set(names).size).toBe(EDITORS_MAX);
  for (const [at, editor] of editors.entries()) editor.edit([wall(at, at)]);
  await agree(...editors, ...viewers);
  // A page that reloads in a full room finds its own place.
  cut(ben.room as never);
  await until("the drop", () => ann.state.editors.get(ben.room.sessionId)?.connected === false);
  const again = await enter({ tab: ben.tab, by: ben.guest });
  await agree(ann, again);
  const other = await enter({}, OTHER);
  expect([other.room.roomId === ann.room.roomId, wallAt(other, 1, 1)]).toEqual([false, 0]);
});

test("[EDITOR-45] one person opens so many drafts at a time, and another one once they have left one", async () => {
  const ann = await somebody(server);
  const ids = Array.from({ length: 7 }, (_, at) => drafts.add(`many${at}000000a`));
  const opened: Drawer[] = [];
  for (const id of ids.slice(0, 6)) opened.push(await enter({ by: ann }, id));
  const last = () => ann.askSeat({ draft: ids[6], key: EDITOR_KEY }, "joinOrCreate", ROOM.editor);
  expect((await last()).status).toBe(REFUSAL.tooMany);
  await enter({ by: ann }, ids[0]);
  await opened[1]?.room.leave();
  await until("the room's end", () => roomOf(opened[1]?.room.roomId ?? "") === undefined);
  expect((await last()).status).toBe(200);
});
