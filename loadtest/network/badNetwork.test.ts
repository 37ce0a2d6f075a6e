/** The bad network as a line: bytes arrive whole and in order, and no delay is shorter than configured. */
import { describe, expect, it } from "vitest";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { chanceOf, drawDelay, PERFECT } from "./conditions.ts";
import { useEchoServer } from "./echoServer.ts";

const echo = useEchoServer();
const nextTurn = () => new Promise(setImmediate);

describe("what is carried", () => {
  it("[NET-1] 2,000 chunks of random sizes come back whole and in order, despite jitter and stalls", async () => {
    const network = await echo.openNetwork({
      rttMs: 40,
      jitterMs: 30,
      stallShare: 0.01,
      stallMs: 60,
      seed: 7,
    });
    const client = await echo.join(network);
    const random = seededRandom(7);
    const sent: Buffer[] = [];
    for (let i = 0; i < 2000; i++) {
      const chunk = Buffer.from(
        Array.from({ length: 1 + pickIndex(random, 400) }, () => pickIndex(random, 256)),
      );
      sent.push(chunk);
      client.socket.write(chunk);
      await nextTurn();
    }
    client.socket.end();
    await client.gone;
    expect(client.bytes.equals(Buffer.concat(sent))).toBe(true);
    const { up, down } = network.counts();
    expect(up.chunks).toBeGreaterThan(200);
    expect([up.bytes, down.bytes]).toEqual([client.received, client.received]);
    expect(up.stalls).toBeGreaterThan(0);
  });

  it("[NET-2] the proxy stops reading a sender that is ahead of the line, and resumes later", async () => {
    const network = await echo.openNetwork({ bytesPerSec: 100 });
    const client = await echo.join(network);
    const flood = Buffer.alloc(6_000_000, "fracas ");
    client.socket.end(flood);
    await expect.poll(() => network.counts().up.bytes).toBeGreaterThan(1_000_000);
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    // The line is full, up to one more read.
    expect(network.counts().up.bytes).toBeLessThan(2_000_000);
    network.change({ bytesPerSec: 0 });
    await client.gone;
    expect(client.bytes.equals(flood)).toBe(true);
  });

  it("[NET-3] an end arrives after everything that was sent before it", async () => {
    const network = await echo.openNetwork({ rttMs: 60, bytesPerSec: 200_000 });
    const client = await echo.join(network);
    client.socket.end(Buffer.alloc(20_000));
    await client.gone;
    expect(client).toMatchObject({ received: 20_000, isEnded: true, errorCode: undefined });
    await expect.poll(() => network.counts().openConnections).toBe(0);
  });
});

describe("how long it takes", () => {
  it("[NET-4] no round trip is shorter than configured, and a change applies at once", async () => {
    const network = await echo.openNetwork({ rttMs: 40 });
    const client = await echo.joinAndTalk(network);
    for (let i = 0; i < 20; i++) expect(await client.roundTripMs()).toBeGreaterThanOrEqual(40);
    network.change({ rttMs: 200 });
    expect(network.conditions.rttMs).toBe(200);
    expect(await client.roundTripMs()).toBeGreaterThanOrEqual(200);
  });

  it("[NET-5] jitter makes round trips vary, but none is shorter than the round-trip time minus the jitter", async () => {
    const client = await echo.joinAndTalk(await echo.openNetwork({ rttMs: 60, jitterMs: 40, seed: 3 }));
    const took: number[] = [];
    for (let i = 0; i < 30; i++) took.push(await client.roundTripMs());
    const [shortest, longest] = [Math.min(...took), Math.max(...took)];
    expect(shortest).toBeGreaterThanOrEqual(20);
    expect(longest - shortest).toBeGreaterThan(20);
  });

  it("[NET-6] a stall on every chunk delays every message each way", async () => {
    const network = await echo.openNetwork({ stallShare: 1, stallMs: 80 });
    const client = await echo.join(network);
    for (let i = 0; i < 3; i++) expect(await client.roundTripMs()).toBeGreaterThanOrEqual(160);
    const { up, down } = network.counts();
    expect([up.stalls, down.stalls]).toEqual([up.chunks, down.chunks]);
  });

  it("[NET-7] 50 kB take half a second at 100 kB a second, and arrive in pieces", async () => {
    const network = await echo.openNetwork({ bytesPerSec: 100_000 });
    const client = await echo.join(network);
    let arrivals = 0;
    client.socket.on("data", () => arrivals++);
    const startedAtMs = performance.now();
    client.socket.write(Buffer.alloc(50_000));
    await client.until(50_000);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(450);
    expect(arrivals).toBeGreaterThan(5);
  });

  it("[NET-8] lifting the bandwidth limit releases what waits for it", async () => {
    const network = await echo.openNetwork({ bytesPerSec: 100 });
    const client = await echo.join(network);
    client.socket.write(Buffer.alloc(100_000));
    await expect.poll(() => network.counts().up.bytes).toBe(100_000);
    network.change({ bytesPerSec: 0 });
    await client.until(100_000);
  });

  it("[NET-9] the same seed gives the same delays; another seed, connection or way gives others", () => {
    const conditions = { ...PERFECT, rttMs: 50, jitterMs: 100, stallShare: 0.1 };
    const draw = (seed: number, connection: number, way: "up" | "down") => {
      const chance = chanceOf(seed, connection, way);
      return Array.from({ length: 500 }, () => drawDelay(conditions, chance));
    };
    const first = draw(1, 0, "up");
    expect(draw(1, 0, "up")).toEqual(first);
    for (const other of [draw(2, 0, "up"), draw(1, 1, "up"), draw(1, 0, "down")])
      expect(other).not.toEqual(first);
    for (const { delayMs, stalled } of first) {
      expect(delayMs).toBeGreaterThanOrEqual(stalled ? 150 : 0);
      expect(delayMs).toBeLessThanOrEqual(stalled ? 225 : 75);
    }
    const stalls = first.filter(({ stalled }) => stalled).length;
    expect(stalls).toBeGreaterThan(20);
    expect(stalls).toBeLessThan(100);
  });
});
