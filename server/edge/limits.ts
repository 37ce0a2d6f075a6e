/** Limits how often one network, and one identity, may make requests that are costly for the server. */
import type { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterRedis } from "rate-limiter-flexible";
import { connectRedis } from "#server/services/redis.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { BoundedLimiter } from "./boundedLimiter.ts";
import { Refused } from "./refused.ts";
import { type Visitor, visitorKeysOf } from "./visitor.ts";

interface Limit {
  /** Requests in a window of a network; wider prefixes have a multiple (networks.ts). */
  readonly max: number;
  /** Requests in a window of an identity; `max` if missing. */
  readonly identityMax?: number;
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
  /** Connections to the list of rooms. */
  browse: { max: 60, windowSec: 60, refusal: "Too many looks at the list of rooms from your network." },
  /** Joins of editors. */
  edit: { max: 60, windowSec: 60, refusal: "Too many tries to draw from your network." },
  /** Look-ups of a room by its code. */
  look: { max: 120, windowSec: 60, refusal: "Too many looks at rooms from your network." },
  /** Seats taken over from another tab. */
  takeover: { max: 20, windowSec: 60, refusal: "Too many places were taken over from your network." },
  /** Wrong passwords for one room; the second: while it is under attack (admission/guesses.ts). */
  roomPassword: { max: 30, identityMax: 10, windowSec: 300, refusal: "Too many wrong passwords." },
  attackedPassword: { max: 2, windowSec: 300, refusal: "Too many wrong passwords." },
  /** Codes of no room, as of a link whose room was lost in a restart; the second: while many networks try codes. */
  roomCode: { max: 300, identityMax: 30, windowSec: 300, refusal: "Too many wrong room codes." },
  attackedCode: { max: 2, windowSec: 300, refusal: "Too many wrong room codes." },
  /** Looks at profiles, matches and leaderboards: each of thirty people at a live leaderboard asks every five seconds. */
  read: { max: 1200, identityMax: 240, windowSec: 60, refusal: "Too many looks from your network." },
  /** Parts of replays: whoever plays one at four times its speed fetches 48 a minute, and jumps about. */
  segment: { max: 1800, identityMax: 600, windowSec: 60, refusal: "Too much of replays for your network." },
  /** Share images. */
  card: { max: 120, windowSec: 60, refusal: "Too many images for your network." },
  /** Identities issued, also those that sign-ins draw. */
  identity: { max: 120, windowSec: 3600, refusal: "Too many new players from your network." },
  /** Tokens issued for an identity that the page has already. */
  renewal: { max: 1200, identityMax: 60, windowSec: 3600, refusal: "Too many renewals from your network." },
  /** Looks at the visitor's own progress and account. */
  me: { max: 600, identityMax: 120, windowSec: 60, refusal: "Too many looks from your network." },
  /** Changes of accounts, and what prepares them. */
  account: {
    max: 300,
    identityMax: 60,
    windowSec: 3600,
    refusal: "Too many changes of accounts from your network.",
  },
  /** Looks put on: somebody who tries them puts on one after the other. */
  wear: { max: 600, identityMax: 60, windowSec: 60, refusal: "Too many changes of looks from your network." },
  accountData: { max: 30, identityMax: 5, windowSec: 3600, refusal: "Too many downloads from your network." },
  /** Steps of signing in. */
  signIn: { max: 240, identityMax: 60, windowSec: 300, refusal: "Too many tries to sign in." },
  /** Wrong transfer codes. */
  transferCode: { max: 30, identityMax: 5, windowSec: 300, refusal: "Too many wrong codes." },
  /** New drafts: each is kept until its owner deletes it. */
  newDraft: { max: 120, identityMax: 30, windowSec: 3600, refusal: "Too many new drafts from your network." },
  /** Drafts deleted, and versions published (which are parsed) or taken back. */
  draftChange: { max: 300, identityMax: 60, windowSec: 3600, refusal: "Too many changes of drafts." },
  /** Ratings of arenas. */
  rating: { max: 300, identityMax: 30, windowSec: 60, refusal: "Too many ratings from your network." },
  /** Arenas that are brought or removed: each is parsed. */
  arena: {
    max: 240,
    identityMax: 60,
    windowSec: 3600,
    refusal: "Too many arenas were brought from your network.",
  },
  /** Drafts that are tried out: each opens a room, and may be kept as an arena. */
  tryOut: { max: 240, identityMax: 60, windowSec: 3600, refusal: "Too many drafts were tried out." },
  /** Wrong passwords for /admin. */
  adminPassword: { max: 10, windowSec: 900, refusal: "Too many wrong passwords." },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

export interface Limits {
  /** Throws Refused (429, with the seconds to wait) if the limit is exhausted. `about`: counted apart, as for a room. */
  count(name: LimitName, visitor: Visitor, about?: string): Promise<void>;
  /** Takes one request off the count of this window. */
  refund(name: LimitName, visitor: Visitor, about?: string): Promise<void>;
  /** Networks and identities that this process keeps counts of, over all limits. */
  readonly keyCount: number;
  close(): void;
}

/** With `redisUrl`, all processes count together; each counts alone while Redis does not answer. */
export function createLimits(redisUrl: string | undefined): Limits {
  const redis = redisUrl ? connectRedis(redisUrl) : undefined;
  const names = Object.keys(LIMITS) as LimitName[];
  const inMemory = new Map(names.map((name) => [name, memoryLimiter(name)] as const));
  const limiters = new Map(
    [...inMemory].map(
      ([name, memory]) => [name, redis ? redisLimiter(name, redis, memory) : memory] as const,
    ),
  );
  const of = (name: LimitName) => limiters.get(name) as RateLimiterAbstract;

  return {
    async count(name, visitor, about) {
      const keys = limitedKeysOf(name, visitor, about);
      // Widest prefix first, so that the networks of an exhausted one take no memory.
      for (const [at, { key, max }] of keys.entries()) {
        const { consumedPoints, msBeforeNext } = await of(name).penalty(key);
        if (consumedPoints <= max) continue;
        // A refused request holds nothing, so it leaves every count as it was.
        for (const counted of keys.slice(0, at + 1)) await takeOff(of(name), counted.key);
        throw refusalOf(name, msBeforeNext);
      }
    },
    async refund(name, visitor, about) {
      for (const { key } of limitedKeysOf(name, visitor, about)) await takeOff(of(name), key);
    },
    get keyCount() {
      return [...inMemory.values()].reduce((sum, { keyCount }) => sum + keyCount, 0);
    },
    close: () => redis?.disconnect(),
  };
}

/** The keys by which a request counts, and how often each may make it. */
function limitedKeysOf(name: LimitName, visitor: Visitor, about = "") {
  const { max, identityMax = max }: Limit = LIMITS[name];
  return visitorKeysOf(visitor).map(({ key, share, isIdentity }) => ({
    key: about ? `${about} ${key}` : key,
    max: share * (isIdentity ? identityMax : max),
  }));
}

/** A refund that comes after its window has ended must not become credit in the next one. */
async function takeOff(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const { consumedPoints } = await limiter.reward(key);
  if (consumedPoints <= 0) await limiter.delete(key);
}

function refusalOf(name: LimitName, waitMs: number): Refused {
  const waitSec = Math.max(1, Math.ceil(waitMs / 1000));
  return new Refused(REFUSAL.tooMany, `${LIMITS[name].refusal} Wait ${waitSec} s, then try again.`, waitSec);
}

const windowOf = (name: LimitName) => ({ points: LIMITS[name].max, duration: LIMITS[name].windowSec });

const memoryLimiter = (name: LimitName) => new BoundedLimiter({ keyPrefix: name, ...windowOf(name) });

const redisLimiter = (name: LimitName, redis: Redis, insuranceLimiter: BoundedLimiter) =>
  new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `fracas:${name}`,
    insuranceLimiter,
    ...windowOf(name),
  });
