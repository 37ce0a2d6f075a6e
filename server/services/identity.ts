/**
 * Identifies a visitor across refreshes and rooms by a random id in a signed token (JWT) that the page keeps.
 *
 * There is no account and no personal data; a visitor who loses the token gets a new identity.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";

const ALGORITHM = "HS256";
const ISSUER = "fracas";
const LIFETIME = "90d";

export interface IdentityService {
  /** Returns a token with a new id. */
  issue(): Promise<string>;
  /** Returns the id in a token; undefined if it is expired, forged or not signed with this algorithm and secret. */
  read(token: string): Promise<string | undefined>;
}

/**
 * Without `secret`, draws a random one: all tokens become invalid when the process ends. An expired token stays valid
 * while its id `hasSeat`: a clock that jumps must not cost dropped players their seats.
 */
export function createIdentityService(
  secret: string | undefined,
  hasSeat: (id: string) => boolean = () => false,
): IdentityService {
  const key = secret ? new TextEncoder().encode(secret) : randomBytes(32);
  return {
    issue: () =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(randomUUID())
        .setIssuer(ISSUER)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(key),
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          requiredClaims: ["sub", "exp"],
        });
        return payload.sub;
      } catch (error) {
        if (error instanceof errors.JWTExpired) return seatedId(error.payload, hasSeat);
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

/** The payload of an expired token; jose has verified its signature before its dates. */
const seatedId = ({ sub }: JWTPayload, hasSeat: (id: string) => boolean): string | undefined =>
  sub !== undefined && hasSeat(sub) ? sub : undefined;
