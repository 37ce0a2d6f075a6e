/** Limits by network and identity: in memory, in a Redis that processes share, and while that Redis is down. */
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { log } from "#server/log.ts";
import { freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer } from "#server/testing/bootServer.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { KEYS_MAX } from "./boundedLimiter.ts";
import { createLimits, type Limits } from "./limits.ts";
import { Refused } from "./refused.ts";
import type { Visitor } from "./visitor.ts";

/** Rooms that a network or an identity may make in a window. */
const MAX = 6;
const WINDOW_SEC = 300;
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

/** How many of `tries` requests are granted; an error other than a refusal fails the test. */
async function granted(limits: Limits, visitor: Visitor, tries = MAX + 1): Promise<number> {
  let count = 0;
  for (let tried = 0; tried < tries; tried++) {
    try {
      const askedAt = performance.now();
      await limits.count("create", visitor);
      expect(performance.now() - askedAt).toBeLessThan(NOTICED_MS);
      count++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      expect(error.status).toBe(429);
      expect(error.retryAfterSec).toBeGreaterThanOrEqual(1);
      expect(error.retryAfterSec).toBeLessThanOrEqual(WINDOW_SEC);
      expect(Number.isInteger(error.retryAfterSec)).toBe(true);
    }
  }
  return count;
}

describe("in memory", () => {
  const limits = createLimits(undefined);

  test("[EDGE-LIMIT-17] each network has its own count, and each limit its own", async () => {
    const one = stranger();
    expect(await granted(limits, one)).toBe(MAX);
    expect(await granted(limits, stranger())).toBe(MAX);
    await limits.count("join", one);
  });

  test("[EDGE-LIMIT-18] an identity is counted across networks, and a network across its identities", async () => {
    const identity = newIdentity();
    for (let rooms = 0; rooms < MAX; rooms++) await limits.count("create", stranger({ identity }));
    const { network } = stranger();
    expect(await granted(limits, stranger({ identity, network }))).toBe(0);
    // The refusal of one identity does not count against its network.
    for (let rooms = 0; rooms < MAX; rooms++) {
      await limits.count("create", stranger({ identity: newIdentity(), network }));
    }
    expect(await granted(limits, stranger({ identity: newIdentity(), network }))).toBe(0);
  });

  test("[EDGE-LIMIT-19] an identity that equals a network's address is counted apart from it", async () => {
    const network = freshAddress();
    expect(await granted(limits, stranger({ network }))).toBe(MAX);
    expect(await granted(limits, stranger({ identity: network }))).toBe(MAX);
  });

  test("[EDGE-LIMIT-20] a refund frees one request, however many were refused before", async () => {
    const visitor = stranger({ identity: newIdentity() });
    expect(await granted(limits, visitor, 50)).toBe(MAX);
    await limits.refund("create", visitor);
    expect(await granted(limits, visitor)).toBe(1);
  });

  test("[EDGE-LIMIT-28] a /56 has twice the limit of a /64, and a /48 four times, however many networks ask", async () => {
    const from = (prefix: string) => async (_: unknown, at: number) =>
      granted(limits, stranger({ network: `${prefix}${at.toString(16).padStart(2, "0")}::/64` }));
    const sum = async (counts: Promise<number>[]) => (await Promise.all(counts)).reduce((a, b) => a + b, 0);
    expect(await sum(Array.from({ length: 20 }, from("2001:db8:1:10")))).toBe(2 * MAX);
    expect(await sum(Array.from({ length: 20 }, from("2001:db8:1:11")))).toBe(2 * MAX);
    expect(await sum(Array.from({ length: 20 }, from("2001:db8:1:12")))).toBe(0);
    expect(await granted(limits, stranger({ network: "2001:db8:2:1210::/64" }))).toBe(MAX);
  });

  test("[EDGE-LIMIT-29] refunds that come after their window build no credit for the next", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    try {
      const timed = createLimits(undefined);
      const visitor = stranger({ identity: newIdentity() });
      expect(await granted(timed, visitor, MAX)).toBe(MAX);
      vi.advanceTimersByTime(WINDOW_SEC * 1000 + 1);
      for (let refunds = 0; refunds < MAX; refunds++) await timed.refund("create", visitor);
      expect(await granted(timed, visitor, 3 * MAX)).toBe(MAX);
    } finally {
      vi.useRealTimers();
    }
  });

  test("[EDGE-LIMIT-30] an exhausted /48 takes no more memory, and 100,000 other networks take a bounded amount", async () => {
    const many = createLimits(undefined);
    const nobody = stranger();
    const ask = (network: string) => many.count("create", { ...nobody, network }).catch(() => {});
    for (let at = 0; at < 5_000; at++) await ask(`2001:db8:9:${at.toString(16)}::/64`);
    expect(many.keyCount).toBeLessThan(100);
    for (let at = 0; at < 100_000; at++) await ask(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
    expect(many.keyCount).toBe(KEYS_MAX);
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

  /** Requests that both together grant to a stranger; MAX if they count together. */
  async function grantedByBoth(): Promise<number> {
    const visitor = stranger();
    return (await granted(one, visitor)) + (await granted(other, visitor));
  }
  const untilShared = () => expect.poll(grantedByBoth, { timeout: 20_000 }).toBe(MAX);

  test("[EDGE-LIMIT-23] two processes count together", async () => {
    await untilShared();
    const visitor = stranger({ identity: newIdentity() });
    expect(await granted(one, visitor, 3)).toBe(3);
    expect(await granted(other, visitor)).toBe(MAX - 3);
    await other.refund("create", visitor);
    expect(await granted(one, visitor)).toBe(1);
    expect(await granted(other, stranger({ identity: visitor.identity }))).toBe(0);
  });

  test("[EDGE-LIMIT-31] refunds without a count before build no credit in Redis", async () => {
    await untilShared();
    const visitor = stranger();
    for (let refunds = 0; refunds < MAX; refunds++) await one.refund("create", visitor);
    expect(await granted(other, visitor, 3 * MAX)).toBe(MAX);
  });

  test("[EDGE-LIMIT-24] while Redis is down each process counts alone and warns once; afterwards both count together", async () => {
    const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
    // Each server of this process also warns of the other.
    const downs = () => warned.mock.calls.filter((words) => String(words).includes("Redis is down"));
    await untilShared();
    for (let outage = 1; outage <= 2; outage++) {
      await redis.kill();
      expect(await grantedByBoth()).toBe(2 * MAX);
      const visitor = stranger();
      expect(await granted(one, visitor)).toBe(MAX);
      await one.refund("create", visitor);
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
      expect(await grantedByBoth()).toBe(2 * MAX);
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
    expect(await granted(alone, stranger())).toBe(MAX);
    await expect.poll(() => tried.mock.calls.length).toBeGreaterThan(3);
    expect(warned.mock.calls).toHaveLength(1);
    expect(JSON.stringify(warned.mock.calls)).not.toContain("hushhush");
    alone.close();
    expect(await granted(alone, stranger())).toBe(MAX);
  });
});
