/** WebAuthn by @simplewebauthn/server, which takes a sixth of a second to load: imported when somebody uses a passkey. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { COSEALG, decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";
import type { Account } from "#server/store/players/accounts.ts";
import type { Site } from "./site.ts";

const ALGORITHMS = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];

export interface Challenge {
  challenge: string;
  /** The site that the options were made for. */
  site: Site;
}

/** The browser shows the passkeys that it has for the site. */
export const optionsToUse = ({ rpId }: Site, timeout: number) =>
  generateAuthenticationOptions({ rpID: rpId, timeout });

export function optionsToCreate({ rpId }: Site, { playerId, name, credentials }: Account, timeout: number) {
  return generateRegistrationOptions({
    rpName: "Fracas",
    rpID: rpId,
    // Equal for all passkeys of an account: an authenticator keeps one of them.
    userID: new TextEncoder().encode(`player ${playerId}`),
    userName: name,
    userDisplayName: name,
    timeout,
    attestationType: "none",
    excludeCredentials: credentials.filter(({ kind }) => kind === "passkey").map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

export interface Passkey {
  id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

/** Undefined for an answer that is wrong in any way; the library throws whatever its parsers throw. */
export async function verifyCreated(
  { challenge, site }: Challenge,
  answer: unknown,
): Promise<Passkey | undefined> {
  const response = answer as RegistrationResponseJSON;
  try {
    if (!isUnattested(response)) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, publicKey, counter };
  } catch {
    return undefined;
  }
}

/**
 * Whether the answer has no certificates, as the options asked. The library would fetch the revocation lists that
 * certificates name, at any address.
 */
function isUnattested({ response }: RegistrationResponseJSON): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  // Browsers pass on "packed" self-attestation, which has no certificates.
  return format === "none" || (format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
}

/** The counter in a valid answer; undefined for an invalid one. The store compares counters, after the signature is verified. */
export async function verifyUsed(
  { challenge, site }: Challenge,
  answer: unknown,
  { id, publicKey }: { id: string; publicKey: Uint8Array },
): Promise<number | undefined> {
  const response = answer as AuthenticationResponseJSON;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
      requireUserVerification: false,
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}
