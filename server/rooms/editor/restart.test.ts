/** Drafts of the real store, over a restart of a real server process. */
import { afterAll, afterEach, expect, test } from "vitest";
import { type TestServer, until } from "#server/testing/bootServer.ts";
import { somebody } from "#server/testing/company.ts";
import { type Drawer, enterEditor, spawn, wall } from "#server/testing/editors.ts";
import { freePort } from "#server/testing/freePort.ts";
import { Restartable } from "#server/testing/restartable.ts";
import { cellAt } from "#shared/editor/draft.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { DraftPage } from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";

let restartable: Restartable | undefined;
// A server that never opened has no process yet.
afterAll(() => (restartable as Partial<Restartable> | undefined)?.process?.kill());

const here: Drawer[] = [];
afterEach(() => {
  for (const { room } of here.splice(0)) if (room.connection.isOpen) void room.leave();
});

async function enter(server: TestServer, draft: string, entering: Parameters<typeof enterEditor>[2]) {
  const drawer = await enterEditor(server, draft, entering);
  here.push(drawer);
  return drawer;
}

test("[EDITOR-24] a restart stores what is drawn, and pages go on where they were, with what they had not sent", async () => {
  restartable = new Restartable(await freePort());
  await restartable.start();
  const { server } = restartable;
  const owner = await somebody(server);
  const asked = { title: "Mill", theme: "foundry", columns: 24, rows: 16 };
  const { body } = await owner.post(ROUTE.drafts, asked);
  const { id, key = "" } = JSON.parse(body) as DraftPage;
  const ann = await enter(server, id, { name: "Ann", key: "", by: owner });
  const ben = await enter(server, id, { name: "Ben", key, tab: "bens" });
  expect([ann, ben].map(({ room, state }) => state.editors.get(room.sessionId)?.role)).toEqual([
    "owner",
    "editor",
  ]);
  ann.edit([wall(5, 5, 4)]);
  ben.edit([spawn("777", 320, 320)]);
  await until("both commands", () => ann.isSettled && ben.isSettled && ann.state.seq === 2);
  await restartable.end("SIGTERM");
  await until("the end", () => ann.code === CLOSE.restarting && ben.code === CLOSE.restarting);
  const unsent = ben.replica.edit([wall(7, 7)]);
  await restartable.start();
  const again = await enter(server, id, { key, tab: "bens", by: ben.guest, pending: [unsent] });
  await until("the command", () => again.isSettled);
  const { view } = again.replica;
  expect([cellAt(view.walls, 8, 5), cellAt(view.walls, 7, 7), view.objects.has("777")]).toEqual([1, 1, true]);
  expect(view.properties.get("title")).toBe("Mill");
}, 120_000);
