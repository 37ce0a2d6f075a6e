/** Failures of the bad network: cuts, offline, black holes, and a missing server. */
import { expect, it } from "vitest";
import { openBadNetwork } from "./badNetwork.ts";
import { useEchoServer } from "./echoServer.ts";

const echo = useEchoServer();

it("[NET-10] a cut resets both ends at once, without the delay of the line, and the next connection works", async () => {
  const network = await echo.openNetwork({ rttMs: 120_000 });
  const client = await echo.join(network);
  await expect.poll(() => echo.accepted.length).toBe(1);
  network.cut();
  // The poll gives up long before the minute that the line delays everything else.
  await expect.poll(() => client.isClosed && echo.newest.isClosed, { interval: 5 }).toBe(true);
  expect([client.errorCode, echo.newest.errorCode]).toEqual(["ECONNRESET", "ECONNRESET"]);
  network.change({ rttMs: 0 });
  await echo.joinAndTalk(network);
});

it("[NET-11] offline cuts and refuses connections; online again, the same address works", async () => {
  const network = await echo.openNetwork();
  const before = await echo.joinAndTalk(network);
  network.setOnline(false);
  await expect.poll(() => before.isClosed).toBe(true);
  const during = echo.knock(network);
  await expect.poll(() => during.isClosed).toBe(true);
  expect(during).toMatchObject({ received: 0, errorCode: "ECONNRESET" });
  expect(echo.accepted).toHaveLength(1);
  network.setOnline(true);
  await echo.joinAndTalk(network);
});

it("[NET-12] in a black hole nothing arrives and no end notices; when it heals, the connection is cut", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  const before = { client: client.received, server: echo.newest.received };
  network.blackHole("both");
  client.socket.write("into the void");
  echo.newest.socket.write("from the void");
  await expect.poll(() => network.counts().up.swallowedBytes).toBe(13);
  await expect.poll(() => network.counts().down.swallowedBytes).toBe(13);
  expect({ client: client.received, server: echo.newest.received }).toEqual(before);
  expect([client.isClosed, echo.newest.isClosed]).toEqual([false, false]);
  network.blackHole("none");
  await expect.poll(() => client.isClosed && echo.newest.isClosed).toBe(true);
  expect({ client: client.received, server: echo.newest.received }).toEqual(before);
  await echo.joinAndTalk(network);
});

it("[NET-13] a black hole downwards lets everything upwards through, also on new connections", async () => {
  const network = await echo.openNetwork();
  network.blackHole("down");
  const client = await echo.join(network);
  client.socket.write("ping");
  await expect.poll(() => network.counts().down.swallowedBytes).toBe(4);
  expect(echo.newest.received).toBe(4);
  expect(client).toMatchObject({ received: 0, isClosed: false });
  // Only the way up heals here, on which nothing was swallowed.
  network.blackHole("both");
  network.blackHole("down");
  client.socket.write("ping");
  await expect.poll(() => echo.newest.received).toBe(8);
  network.blackHole("up");
  await expect.poll(() => client.isClosed && echo.newest.isClosed).toBe(true);
});

it("[NET-14] the other side does not notice a client that leaves in a black hole", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  network.blackHole("up");
  client.socket.resetAndDestroy();
  const other = await echo.join(network);
  other.socket.write("ping");
  await expect.poll(() => network.counts().up.swallowedBytes).toBe(4);
  expect(echo.accepted[0]).toMatchObject({ isEnded: false, isClosed: false });
  network.blackHole("none");
  await expect.poll(() => echo.accepted[0]?.isClosed).toBe(true);
});

it("[NET-15] a connection on which a black hole swallowed nothing survives it", async () => {
  const network = await echo.openNetwork();
  const client = await echo.joinAndTalk(network);
  network.blackHole("both");
  network.blackHole("none");
  await client.roundTripMs();
  expect(client.isClosed).toBe(false);
});

it("[NET-16] the server's last bytes arrive before its reset", async () => {
  const network = await echo.openNetwork({ rttMs: 200 });
  const client = await echo.joinAndTalk(network);
  const before = client.received;
  echo.newest.socket.write("goodbye");
  await expect.poll(() => network.counts().down.bytes).toBe(before + 7);
  echo.newest.socket.resetAndDestroy();
  await client.gone;
  expect(client).toMatchObject({ received: before + 7, errorCode: "ECONNRESET" });
});

it("[NET-17] a missing server closes the connection, without an exception", async () => {
  const network = await echo.openNetwork({ target: { host: "127.0.0.1", port: 1 } });
  const client = echo.knock(network);
  await expect.poll(() => client.isClosed).toBe(true);
  await expect.poll(() => network.counts().openConnections).toBe(0);
});

it.each(["192.168.0.1", "0.0.0.0", "example.com", "127.0.0.1.example.com", "::2"])(
  "[NET-18] a target on another machine is refused: %s",
  async (host) => {
    await expect(openBadNetwork({ target: { host, port: 80 } })).rejects.toThrow(
      `${host} is not on this machine`,
    );
  },
);
