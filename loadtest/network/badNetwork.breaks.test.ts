/** The bad network as it breaks: cut, offline, half-open, and in front of a server that is not there. */
import { expect, it } from "vitest";
import { openBadNetwork } from "./badNetwork.ts";
import { useEchoServer } from "./echoServer.ts";

const echo = useEchoServer();

it("[NET-10] a cut is a reset at both ends within a second, and the next connection is welcome", async () => {
  const network = await echo.openNetwork({ rttMs: 5000 });
  const client = await echo.join(network);
  await expect.poll(() => echo.accepted.length).toBe(1);
  const cutAtMs = performance.now();
  network.cut();
  await expect.poll(() => client.closed && echo.newest.closed, { interval: 5 }).toBe(true);
  expect(performance.now() - cutAtMs).toBeLessThan(1000);
  expect([client.errorCode, echo.newest.errorCode]).toEqual(["ECONNRESET", "ECONNRESET"]);
  network.change({ rttMs: 0 });
  await echo.joinAndTalk(network);
});

it("[NET-11] offline cuts and refuses; online again, the same address works", async () => {
  const network = await echo.openNetwork();
  const before = await echo.joinAndTalk(network);
  network.setOnline(false);
  await expect.poll(() => before.closed).toBe(true);
  const during = echo.knock(network);
  await expect.poll(() => during.closed).toBe(true);
  expect(during).toMatchObject({ received: 0, errorCode: "ECONNRESET" });
  expect(echo.accepted).toHaveLength(1);
  network.setOnline(true);
  await echo.joinAndTalk(network);
});

it("[NET-12] in a black hole nothing arrives and nobody is told; healed, the connection is cut", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  const heard = { client: client.received, server: echo.newest.received };
  network.blackHole("both");
  client.socket.write("into the void");
  echo.newest.socket.write("from the void");
  await expect.poll(() => network.counts().up.swallowedBytes).toBe(13);
  await expect.poll(() => network.counts().down.swallowedBytes).toBe(13);
  expect({ client: client.received, server: echo.newest.received }).toEqual(heard);
  expect([client.closed, echo.newest.closed]).toEqual([false, false]);
  network.blackHole("none");
  await expect.poll(() => client.closed && echo.newest.closed).toBe(true);
  expect({ client: client.received, server: echo.newest.received }).toEqual(heard);
  await echo.joinAndTalk(network);
});

it("[NET-13] a black hole downwards lets the way up through, also for who connects meanwhile", async () => {
  const network = await echo.openNetwork();
  network.blackHole("down");
  const client = await echo.join(network);
  client.socket.write("ping");
  await expect.poll(() => network.counts().down.swallowedBytes).toBe(4);
  expect(echo.newest.received).toBe(4);
  expect(client).toMatchObject({ received: 0, closed: false });
  // The way that heals here is not the one that misses something.
  network.blackHole("both");
  network.blackHole("down");
  client.socket.write("ping");
  await expect.poll(() => echo.newest.received).toBe(8);
  network.blackHole("up");
  await expect.poll(() => client.closed && echo.newest.closed).toBe(true);
});

it("[NET-14] who leaves in a black hole is still there for the other side", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  network.blackHole("up");
  client.socket.resetAndDestroy();
  const other = await echo.join(network);
  other.socket.write("ping");
  await expect.poll(() => network.counts().up.swallowedBytes).toBe(4);
  expect(echo.accepted[0]).toMatchObject({ ended: false, closed: false });
  network.blackHole("none");
  await expect.poll(() => echo.accepted[0]?.closed).toBe(true);
});

it("[NET-15] a connection that sent nothing into the black hole outlives it", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  network.blackHole("both");
  network.blackHole("none");
  await client.roundTripMs();
  expect(client.closed).toBe(false);
});

it("[NET-16] what the server said last arrives before the news that it died", async () => {
  const network = await echo.openNetwork({ rttMs: 200 });
  const client = await echo.joinAndTalk(network);
  const before = client.received;
  echo.newest.socket.write("goodbye");
  await expect.poll(() => network.counts().down.bytes).toBe(before + 7);
  echo.newest.socket.resetAndDestroy();
  await client.gone;
  expect(client).toMatchObject({ received: before + 7, errorCode: "ECONNRESET" });
});

it("[NET-17] a server that is not there closes the connection, and does not throw", async () => {
  const network = await echo.openNetwork({ target: { host: "127.0.0.1", port: 1 } });
  const client = echo.knock(network);
  await expect.poll(() => client.closed).toBe(true);
  await expect.poll(() => network.counts().openConnections).toBe(0);
});

it.each(["192.168.0.1", "0.0.0.0", "example.com", "127.0.0.1.example.com", "::2"])(
  "[NET-18] a target that is not on this machine is refused: %s",
  async (host) => {
    await expect(openBadNetwork({ target: { host, port: 80 } })).rejects.toThrow(
      `${host} is not on this machine`,
    );
  },
);
