/** How notices reach the clients of a booted server. */
import { Protocol } from "@colyseus/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import type { Notice } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer();
});
afterAll(() => server.close());

test("[NOTICE-1] notices of those who come and go leave with a patch, in their order, without a write of their own", async () => {
  const ann = await server.join({ name: "Ann" });
  const notices: Notice[] = [];
  ann.onMessage(MESSAGE.notice, (notice: Notice) => void notices.push(notice));
  const socket = server.roomOf(ann).clients.getById(ann.sessionId)?.ref as unknown as GuardedSocket;
  const sent = vi.spyOn(socket, "send");
  const bob = await server.join({ name: "Bob" });
  const cay = await server.join({ name: "Cay" });
  await bob.leave();
  await until("Ann knows that Bob has left", () => notices.some(({ type }) => type === "left"));
  expect(notices).toEqual([
    { type: "joined", name: "Bob", spectating: false },
    { type: "joined", name: "Cay", spectating: false },
    { type: "left", name: "Bob", why: "left" },
  ]);
  expect(sent.mock.calls.filter(([frame]) => (frame as Buffer)[0] === Protocol.ROOM_DATA)).toEqual([]);
  await cay.leave();
});
