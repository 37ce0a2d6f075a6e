/** How often one network, and one identity, may ask for what costs the server something. */
import { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { log } from "#server/log.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { Refused } from "./refused.ts";
import type { Visitor } from "./visitor.ts";

/** A seat that was reserved and not taken up is free again after this. */
export const SEAT_RESERVED_SEC = 5;

/** Players wait for it. */
const REDIS_ANSWERS_WITHIN_MS = 500;

/** So many in so many seconds. A school or a café is one network: wide enough for thirty people at once. */
const LIMITS = {
  /** WebSocket handshakes. */
  connect: { points: 240, duration: 60 },
  /** Matchmaking calls of any kind. */
  join: { points: 60, duration: 60 },
  /** Rooms made. */
  create: { points: 6, duration: 300 },
  /** Seats reserved and not taken up yet: far fewer than a room has. */
  reserve: { points: 5, duration: SEAT_RESERVED_SEC },
  /** Connections to the list of rooms. */
  browse: { points: 60, duration: 60 },
  /** Looks at a room by its code: with one room in ten thousand codes, nobody finds a room by trying. */
  look: { points: 120, duration: 60 },
  /** Seats taken over from another tab. */
  takeover: { points: 20, duration: 60 },
  /** Wrong passwords for rooms. */
  roomPassword: { points: 10, duration: 300 },
  /** Identities given out. */
  identity: { points: 120, duration: 3600 },
  /** Wrong passwords for /admin. */
  password: { points: 10, duration: 900 },
} as const;

export type Limited = keyof typeof LIMITS;

const WORDS: Readonly<Record<Limited, string>> = {
  connect: "Too many connections from your network.",
  join: "Too many tries to join from your network.",
  create: "Too many rooms were made from your network.",
  reserve: "Too many places are being held for your network.",
  browse: "Too many looks at the list of rooms from your network.",
  look: "Too many looks at rooms from your network.",
  takeover: "Too many places were taken over from your network.",
  roomPassword: "Too many wrong passwords.",
  identity: "Too many new players from your network.",
  password: "Too many wrong passwords.",
};

export interface Limits {
  /** Throws Refused (429, with the seconds to wait) when it was too often. */
  count(what: Limited, visitor: Visitor): Promise<void>;
  /** Takes one back: what was counted is over. */
  giveBack(what: Limited, visitor: Visitor): Promise<void>;
  close(): void;
}

/** With `redisUrl` all processes count together; each counts alone while Redis is away. */
export function createLimits(redisUrl: string | undefined): Limits {
  const redis = redisUrl ? connect(redisUrl) : undefined;
  const limiters = new Map(
    Object.entries(LIMITS).map(([what, limit]) => [what, limiter(what, limit, redis)] as const),
  );
  const of = (what: Limited) => limiters.get(what) as RateLimiterAbstract;

  return {
    async count(what, visitor) {
      const counted: string[] = [];
      for (const key of keysOf(visitor)) {
        counted.push(key);
        await of(what)
          .consume(key)
          .catch(async (cause) => {
            // Who is refused has used nothing up, and holds nothing.
            for (const each of counted) await of(what).reward(each);
            refuse(what, cause);
          });
      }
    },
    async giveBack(what, visitor) {
      for (const key of keysOf(visitor)) await of(what).reward(key);
    },
    close: () => redis?.disconnect(),
  };
}

function keysOf({ exempt, network, identity }: Visitor): string[] {
  if (exempt) return [];
  return identity ? [network, `id:${identity}`] : [network];
}

function refuse(what: Limited, cause: unknown): never {
  if (!(cause instanceof RateLimiterRes)) throw cause;
  const waitSec = Math.max(1, Math.ceil(cause.msBeforeNext / 1000));
  throw new Refused(REFUSAL.tooMany, `${WORDS[what]} Wait ${waitSec} s, then try again.`, waitSec);
}

function limiter(what: string, limit: { points: number; duration: number }, redis: Redis | undefined) {
  const inMemory = new RateLimiterMemory({ keyPrefix: what, ...limit });
  if (!redis) return inMemory;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `fracas:${what}`,
    insuranceLimiter: inMemory,
    ...limit,
  });
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // One that says nothing is as good as away: from then on nobody waits for it.
    socketTimeout: REDIS_ANSWERS_WITHIN_MS,
  });
  let away = false;
  redis.on("error", (error: Error) => {
    if (!away) log.warn({ reason: error.message }, "Redis is away: limits count in this process alone");
    away = true;
  });
  redis.on("ready", () => {
    away = false;
  });
  return redis;
}
