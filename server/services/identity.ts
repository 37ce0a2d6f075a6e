/**
 * Identifies a visitor across refreshes and rooms by a random id in a signed token (JWT) that the page keeps.
 *
 * The token is valid for a day, and the page renews it in time; a visitor who loses it gets a new identity. What an account
 * adds is in services/accounts.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { BoundedCache } from "./boundedCache.ts";

const ALGORITHM = "HS256";
const ISSUER = "fracas";
const LIFETIME = "1d";
/** A page that was closed for longer gets a new identity. */
const RENEWABLE_SEC = 180 * 86_400;
/** The longest that a token is valid: earlier versions issued them for 90 days. */
export const LONGEST_LIFETIME_MS = 90 * 86_400_000;

/** An expired token is shown before any limit counts, and each process is asked for its seat: once a second, few at once. */
const SEAT_KNOWN_MS = 1_000;
const SEATS_KNOWN_MAX = 1_000;
const SEATS_ASKED_AT_ONCE = 16;

export interface IdentityService {
  /** A token of this identity, or of a new one. */
  issue(id?: string): Promise<string>;
  /** The id in a token; undefined if it is expired, revoked, forged, or not signed with this algorithm and secret. */
  read(token: string): Promise<string | undefined>;
  /** The same for a token that may have expired up to 180 days ago. */
  readRenewable(token: string): Promise<string | undefined>;
}

/** The secret before the present one, and until when its tokens are accepted (milliseconds since 1970). */
export interface FormerSecret {
  secret: string;
  untilMs: number;
}

export interface IdentityRules {
  /** An expired token stays valid while its id has a seat: a clock that jumps must not cost dropped players their seats. */
  hasSeat?: (id: string) => boolean | Promise<boolean>;
  /** Whether the identity was signed out. */
  isRevoked?: (id: string) => boolean;
  former?: FormerSecret | undefined;
}

/** Without `secret`, draws a random one: all tokens become invalid when the process ends. */
export function createIdentityService(
  secret: string | undefined,
  { hasSeat = () => false, isRevoked = () => false, former }: IdentityRules = {},
): IdentityService {
  const seats = new BoundedCache<boolean>(SEAT_KNOWN_MS, SEATS_KNOWN_MAX);
  const inTurn = atMost(SEATS_ASKED_AT_ONCE);
  const isSeated = (id: string) => seats.get(id, () => inTurn(async () => hasSeat(id)));
  const key = secret ? keyOf(secret) : randomBytes(32);
  const formerKey = former && keyOf(former.secret);

  const verify = async (token: string): Promise<Verified | undefined> => {
    const verified = await verifyBy(key, token);
    if (verified !== "forged") return verified;
    if (!former || !formerKey || Date.now() > former.untilMs) return undefined;
    const byFormer = await verifyBy(formerKey, token);
    return byFormer === "forged" ? undefined : byFormer;
  };
  const accept = async (token: string, mayBeExpired: (verified: Verified) => boolean | Promise<boolean>) => {
    const verified = await verify(token);
    if (!verified || isRevoked(verified.id)) return undefined;
    return verified.expiredSec <= 0 || (await mayBeExpired(verified)) ? verified.id : undefined;
  };

  return {
    issue: (id = randomUUID()) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(id)
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(key),
    read: (token) => accept(token, ({ id }) => isSeated(id)),
    readRenewable: (token) => accept(token, ({ expiredSec }) => expiredSec <= RENEWABLE_SEC),
  };
}

/** Runs so many tasks at once; the others wait. */
function atMost(max: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(task: () => Promise<Result>): Promise<Result> => {
    // Whoever ends gives its place to the first who waits.
    if (running < max) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

interface Verified {
  id: string;
  /** Seconds since the token has expired; at most 0 for a valid one. */
  expiredSec: number;
}

/** "forged": signed with another key. Undefined: refused for another reason. */
async function verifyBy(key: Uint8Array, token: string): Promise<Verified | "forged" | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      requiredClaims: ["sub", "exp"],
    });
    return verifiedOf(payload);
  } catch (error) {
    // jose verifies the signature before it looks at dates.
    if (error instanceof errors.JWTExpired) return verifiedOf(error.payload);
    if (error instanceof errors.JWSSignatureVerificationFailed) return "forged";
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function verifiedOf({ sub, exp }: JWTPayload): Verified | undefined {
  return sub && exp ? { id: sub, expiredSec: Math.floor(Date.now() / 1000) - exp } : undefined;
}
