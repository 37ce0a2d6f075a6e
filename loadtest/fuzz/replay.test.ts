/** The replay of corpus entries at a server that is scripted here. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { replay } from "./replay.ts";

let server: Server | undefined;
afterEach(() => server?.close());

test("[FUZZ-22] a request of the corpus waits for the seats of clients that were thrown out before", async () => {
  const statuses = [REFUSAL.roomFull, REFUSAL.roomFull, 200];
  server = createServer((_request, response) => response.writeHead(statuses.shift() ?? 500).end());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const entry = {
    file: "joins.json",
    what: "needs a seat",
    connections: [],
    requests: ["POST /matchmake/joinById/{room} HTTP/1.1\r\nHost: {host}\r\n\r\n"],
    expect: { status: [200] },
  };
  const target = { host, origin: `http://${host}`, token: "secret", room: "room" };
  expect(await replay(entry, { host: "127.0.0.1", port }, target)).toBeUndefined();
  expect(statuses).toEqual([]);
});
