/** Limits how often one network, and one identity, may make requests that are costly for the server. */
import type { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { connectRedis } from "#server/services/redis.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { Refused } from "./refused.ts";
import type { Visitor } from "./visitor.ts";

/** Reservations expire after this if nobody connects. */
export const SEAT_RESERVED_SEC = 5;

interface Limit {
  /** Requests in a window. */
  readonly max: number;
  readonly windowSec: number;
  readonly refusal: string;
}

/** A school or a café is one network: each limit is wide enough for thirty people who start at the same moment. */
const LIMITS = {
  /** WebSocket handshakes. */
  connect: { max: 240, windowSec: 60, refusal: "Too many connections from your network." },
  /** Matchmaking calls, except those that count as `browse` and returns to the visitor's own seat. */
  join: { max: 60, windowSec: 60, refusal: "Too many tries to join from your network." },
  /** Rooms created. */
  create: { max: 6, windowSec: 300, refusal: "Too many rooms were made from your network." },
  /** Seats reserved and not taken yet: far fewer than a room has. */
  reserve: {
    max: 5,
    windowSec: SEAT_RESERVED_SEC,
    refusal: "Too many places are being held for your network.",
  },
  /** Connections to the list of rooms. */
  browse: { max: 60, windowSec: 60, refusal: "Too many looks at the list of rooms from your network." },
  /** Look-ups of a room by its code: with one room in ten thousand codes, trying codes finds no room. */
  look: { max: 120, windowSec: 60, refusal: "Too many looks at rooms from your network." },
  /** Seats taken over from another tab. */
  takeover: { max: 20, windowSec: 60, refusal: "Too many places were taken over from your network." },
  /** Wrong passwords for rooms. */
  roomPassword: { max: 10, windowSec: 300, refusal: "Too many wrong passwords." },
  /** Identities issued. */
  identity: { max: 120, windowSec: 3600, refusal: "Too many new players from your network." },
  /** Wrong passwords for /admin. */
  adminPassword: { max: 10, windowSec: 900, refusal: "Too many wrong passwords." },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

export interface Limits {
  /** Throws Refused (429, with the seconds to wait) if the limit is exhausted. */
  count(name: LimitName, visitor: Visitor): Promise<void>;
  /** Takes one request off the count. */
  refund(name: LimitName, visitor: Visitor): Promise<void>;
  close(): void;
}

/** With `redisUrl`, all processes count together; each counts alone while Redis does not answer. */
export function createLimits(redisUrl: string | undefined): Limits {
  const redis = redisUrl ? connectRedis(redisUrl) : undefined;
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [name, limiter(name, limit, redis)] as const),
  );
  const of = (name: LimitName) => limiters.get(name) as RateLimiterAbstract;

  return {
    async count(name, visitor) {
      const counted: string[] = [];
      for (const key of keysOf(visitor)) {
        counted.push(key);
        await of(name)
          .consume(key)
          .catch(async (cause) => {
            // A refused request holds nothing, so it leaves every count as it was.
            for (const each of counted) await of(name).reward(each);
            refuse(name, cause);
          });
      }
    },
    async refund(name, visitor) {
      for (const key of keysOf(visitor)) await of(name).reward(key);
    },
    close: () => redis?.disconnect(),
  };
}

function keysOf({ isExempt, network, identity }: Visitor): string[] {
  if (isExempt) return [];
  return identity ? [network, `id:${identity}`] : [network];
}

function refuse(name: LimitName, cause: unknown): never {
  if (!(cause instanceof RateLimiterRes)) throw cause;
  const waitSec = Math.max(1, Math.ceil(cause.msBeforeNext / 1000));
  throw new Refused(REFUSAL.tooMany, `${LIMITS[name].refusal} Wait ${waitSec} s, then try again.`, waitSec);
}

function limiter(name: string, { max, windowSec }: Limit, redis: Redis | undefined): RateLimiterAbstract {
  const window = { points: max, duration: windowSec };
  const inMemory = new RateLimiterMemory({ keyPrefix: name, ...window });
  if (!redis) return inMemory;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `fracas:${name}`,
    insuranceLimiter: inMemory,
    ...window,
  });
}
