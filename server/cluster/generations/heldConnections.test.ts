/** Connections that come while a front opens, on a real port. */
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { boundHeld } from "#server/edge/httpBounds.ts";
import { until } from "#server/testing/bootServer.ts";
import { holdConnections } from "./heldConnections.ts";

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

test("[GENERATION-10] one network's connections that wait for a front are bounded, those of a trusted proxy are not; all are answered", async () => {
  for (const [trustedProxies, waiting] of [
    [[], 512],
    [["127.0.0.1"], 520],
  ] as const) {
    const http = createServer((_, response) => void response.end("late"));
    const answer = holdConnections(http, boundHeld({ maxClients: 100, trustedProxies, production: true }));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    let [closed, answered] = [0, 0];
    for (let at = 0; at < 520; at++) {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
      );
      sockets.push(socket);
      socket.on("error", () => {});
      socket.on("close", () => closed++);
      socket.on("data", (bytes) => {
        if (String(bytes).includes("200 OK")) answered++;
      });
    }
    await until("those beyond are ended", () => closed === 520 - waiting);
    expect(answered).toBe(0);
    answer();
    await until("the others are answered", () => answered === waiting);
    http.close();
  }
});
