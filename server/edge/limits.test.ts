/** Limits by network and identity: in memory, in a Redis that processes share, and while that Redis is down. */
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { log } from "#server/log.ts";
import { freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer } from "#server/testing/bootServer.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { createLimits, type Limits } from "./limits.ts";
import { Refused } from "./refused.ts";
import type { Visitor } from "./visitor.ts";

/** Reservations that a network may hold at once. */
const RESERVED_MAX = 5;
/** The longest answer that a player would not notice. */
const NOTICED_MS = 1_500;

let last = 0;
const stranger = (fields: Partial<Visitor> = {}): Visitor => ({
  network: freshAddress(),
  identity: undefined,
  isExempt: false,
  ...fields,
});
const newIdentity = () => `identity ${++last}`;

/** How many of `tries` reservations are granted; an error other than a refusal fails the test. */
async function granted(limits: Limits, visitor: Visitor, tries = RESERVED_MAX + 1): Promise<number> {
  let count = 0;
  for (let tried = 0; tried < tries; tried++) {
    try {
      const askedAt = performance.now();
      await limits.count("reserve", visitor);
      expect(performance.now() - askedAt).toBeLessThan(NOTICED_MS);
      count++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      expect(error.status).toBe(429);
      expect(error.retryAfterSec).toBeGreaterThanOrEqual(1);
      expect(error.retryAfterSec).toBeLessThanOrEqual(5);
      expect(Number.isInteger(error.retryAfterSec)).toBe(true);
    }
  }
  return count;
}

describe("in memory", () => {
  const limits = createLimits(undefined);

  test("[EDGE-LIMIT-17] each network has its own count, and each limit its own", async () => {
    const one = stranger();
    expect(await granted(limits, one)).toBe(RESERVED_MAX);
    expect(await granted(limits, stranger())).toBe(RESERVED_MAX);
    await limits.count("join", one);
  });

  test("[EDGE-LIMIT-18] an identity is counted across networks, and a network across its identities", async () => {
    const identity = newIdentity();
    for (let seats = 0; seats < RESERVED_MAX; seats++) await limits.count("reserve", stranger({ identity }));
    const { network } = stranger();
    expect(await granted(limits, stranger({ identity, network }))).toBe(0);
    // The refusal of one identity does not count against its network.
    for (let seats = 0; seats < RESERVED_MAX; seats++) {
      await limits.count("reserve", stranger({ identity: newIdentity(), network }));
    }
    expect(await granted(limits, stranger({ identity: newIdentity(), network }))).toBe(0);
  });

  test("[EDGE-LIMIT-19] an identity that equals a network's address is counted apart from it", async () => {
    const network = freshAddress();
    expect(await granted(limits, stranger({ network }))).toBe(RESERVED_MAX);
    expect(await granted(limits, stranger({ identity: network }))).toBe(RESERVED_MAX);
  });

  test("[EDGE-LIMIT-20] a refund frees one request, however many were refused before", async () => {
    const visitor = stranger({ identity: newIdentity() });
    expect(await granted(limits, visitor, 50)).toBe(RESERVED_MAX);
    await limits.refund("reserve", visitor);
    expect(await granted(limits, visitor)).toBe(1);
  });

  test("[EDGE-LIMIT-21] an exempt visitor is not counted", async () => {
    expect(await granted(limits, stranger({ isExempt: true }), 500)).toBe(500);
  });

  test("[EDGE-LIMIT-22] a request succeeds after the wait that the refusal announced", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    try {
      const timed = createLimits(undefined);
      const visitor = stranger();
      for (let joins = 0; joins < 60; joins++) await timed.count("join", visitor);
      vi.advanceTimersByTime(19_500);
      const refusal = await timed.count("join", visitor).catch((error) => error);
      expect(refusal).toMatchObject({ retryAfterSec: 41, message: expect.stringContaining("Wait 41 s") });
      vi.advanceTimersByTime(41_000);
      await timed.count("join", visitor);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("in Redis", () => {
  let redis: TestRedis;
  let one: Limits;
  let other: Limits;
  beforeAll(async () => {
    log.level = "silent";
    redis = await startRedis();
    one = createLimits(redis.url);
    other = createLimits(redis.url);
  });
  afterEach(() => void vi.restoreAllMocks());
  afterAll(async () => {
    one.close();
    other.close();
    await redis.close();
  });

  /** Reservations that both together grant to a stranger; RESERVED_MAX if they count together. */
  async function grantedByBoth(): Promise<number> {
    const visitor = stranger();
    return (await granted(one, visitor)) + (await granted(other, visitor));
  }
  const untilShared = () => expect.poll(grantedByBoth, { timeout: 20_000 }).toBe(RESERVED_MAX);

  test("[EDGE-LIMIT-23] two processes count together", async () => {
    await untilShared();
    const visitor = stranger({ identity: newIdentity() });
    expect(await granted(one, visitor, 3)).toBe(3);
    expect(await granted(other, visitor)).toBe(RESERVED_MAX - 3);
    await other.refund("reserve", visitor);
    expect(await granted(one, visitor)).toBe(1);
    expect(await granted(other, stranger({ identity: visitor.identity }))).toBe(0);
  });

  test("[EDGE-LIMIT-24] while Redis is down each process counts alone and warns once; afterwards both count together", async () => {
    const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
    // Each server of this process also warns of the other.
    const downs = () => warned.mock.calls.filter((words) => String(words).includes("Redis is down"));
    await untilShared();
    for (let outage = 1; outage <= 2; outage++) {
      await redis.kill();
      expect(await grantedByBoth()).toBe(2 * RESERVED_MAX);
      const visitor = stranger();
      expect(await granted(one, visitor)).toBe(RESERVED_MAX);
      await one.refund("reserve", visitor);
      expect(await granted(one, visitor)).toBe(1);
      await expect.poll(() => downs().length).toBe(2 * outage);
      await redis.start();
      await untilShared();
    }
    expect(downs()).toHaveLength(4);
  });

  test("[EDGE-LIMIT-25] answers hundreds of requests that are pending when Redis goes down", async () => {
    await untilShared();
    const asked = Promise.all(Array.from({ length: 300 }, () => granted(one, stranger(), 3)));
    await redis.kill();
    expect(await asked).toEqual(Array(300).fill(3));
    await redis.start();
    await untilShared();
  });

  test("[EDGE-LIMIT-26] does not wait for a Redis that accepts connections and answers nothing, and players can join", async () => {
    await untilShared();
    const server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], redisUrl: redis.url });
    try {
      await new Guest(server).reserve();
      redis.freeze();
      // Twelve calls, of which one per process waits for the time-out.
      const askedAt = performance.now();
      expect(await grantedByBoth()).toBe(2 * RESERVED_MAX);
      expect(performance.now() - askedAt).toBeLessThan(2 * NOTICED_MS);
      const guest = new Guest(server);
      const taken = await guest.knock(await guest.reserve());
      expect(taken.status).toBe(101);
      expect(performance.now() - askedAt).toBeLessThan(4 * NOTICED_MS);
      taken.socket?.destroy();
    } finally {
      redis.wake();
      await server.close();
    }
    await untilShared();
  });

  test("[EDGE-LIMIT-27] without a Redis at its URL, counts alone, logs no password, and stops reconnecting when closed", async () => {
    const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
    const tried = vi.spyOn(Redis.prototype, "connect");
    const alone = createLimits("redis://user:hushhush@127.0.0.1:1");
    expect(await granted(alone, stranger())).toBe(RESERVED_MAX);
    await expect.poll(() => tried.mock.calls.length).toBeGreaterThan(3);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(warned.mock.calls)).not.toContain("hushhush");
    alone.close();
    expect(await granted(alone, stranger())).toBe(RESERVED_MAX);
  });
});
