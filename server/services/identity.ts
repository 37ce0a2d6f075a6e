/**
 * Who a visitor is, across refreshes and rooms: a random id in a signed token that the page keeps. No account, no
 * personal data; who loses the token is somebody new.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

const ALGORITHM = "HS256";
const ISSUER = "fracas";
const LIFETIME = "90d";

export interface IdentityService {
  /** A token for somebody new. */
  issue(): Promise<string>;
  /** The id in a token of ours; nothing for one that is forged, expired, or signed in any other way than ours. */
  read(token: string): Promise<string | undefined>;
}

/** Without a secret one is drawn, and all tokens end with the process. */
export function createIdentityService(secret: string | undefined): IdentityService {
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
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
