/** Passkeys (WebAuthn): makes options for the browser, and verifies its answers. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { COSEALG, decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";
import { log } from "#server/log.ts";
import type { Account } from "#server/store/accounts.ts";
import type { DeviceChange } from "#server/store/sessions.ts";
import type { Store } from "#server/store/store.ts";
import { OneTime } from "./oneTime.ts";
import type { Site } from "./site.ts";

const CHALLENGE_LIFE_MS = 300_000;
const ALGORITHMS = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];

interface Challenge {
  challenge: string;
  /** What the options were made for. */
  site: Site;
}

/** "overdue": the challenge is older than five minutes, was answered before, or is another identity's. */
type Verdict<Word extends string> = Word | "overdue" | "wrong";

export interface Passkeys {
  /** PublicKeyCredentialCreationOptionsJSON, for the identity that asks. */
  creationOptions(site: Site, identity: string, account: Account): Promise<unknown>;
  register(identity: string, response: unknown): Promise<Verdict<"added" | "noAccount" | "full" | "known">>;
  /** PublicKeyCredentialRequestOptionsJSON without names: the browser shows the passkeys that it has for the site. */
  requestOptions(site: Site): Promise<{ flow: string; options: unknown }>;
  signIn(
    flow: string,
    response: unknown,
    device: DeviceChange,
  ): Promise<Verdict<"signedIn" | "unknown" | "cloned">>;
}

export function createPasskeys(store: Store): Passkeys {
  /** By identity. */
  const creations = new OneTime<Challenge>(CHALLENGE_LIFE_MS);
  /** By flow. */
  const requests = new OneTime<Challenge>(CHALLENGE_LIFE_MS);
  return {
    async creationOptions(site, identity, account) {
      const options = await optionsToCreate(site, account);
      creations.put({ challenge: options.challenge, site }, identity);
      return options;
    },
    async register(identity, response) {
      const challenge = creations.take(identity);
      if (!challenge) return "overdue";
      const passkey = await verifyCreated(challenge, response as RegistrationResponseJSON);
      if (!passkey) return "wrong";
      return store.ask("addPasskey", { ...passkey, identity, atMs: Date.now() });
    },
    async requestOptions(site) {
      const options = await generateAuthenticationOptions({ rpID: site.rpId, timeout: CHALLENGE_LIFE_MS });
      return { flow: requests.put({ challenge: options.challenge, site }), options };
    },
    async signIn(flow, response, device) {
      const challenge = requests.take(flow);
      if (!challenge) return "overdue";
      const answer = response as AuthenticationResponseJSON;
      const passkey = await store.ask("passkeyById", { id: answer.id });
      if (!passkey) return "unknown";
      const counter = await verifyUsed(challenge, answer, passkey);
      if (counter === undefined) return "wrong";
      const outcome = await store.ask("signInByPasskey", { ...device, id: passkey.id, counter });
      if (outcome === "cloned")
        log.warn(
          { counter, expected: passkey.counter + 1 },
          "a passkey was refused: its counter did not grow, so that two devices use the same key",
        );
      return outcome;
    },
  };
}

function optionsToCreate({ rpId }: Site, { playerId, name, credentials }: Account) {
  return generateRegistrationOptions({
    rpName: "Fracas",
    rpID: rpId,
    // Equal for all passkeys of an account: an authenticator keeps one of them.
    userID: new TextEncoder().encode(`player ${playerId}`),
    userName: name,
    userDisplayName: name,
    timeout: CHALLENGE_LIFE_MS,
    attestationType: "none",
    excludeCredentials: credentials.filter(({ kind }) => kind === "passkey").map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

interface Passkey {
  id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

/** Undefined for an answer that is wrong in any way; the library throws whatever its parsers throw. */
async function verifyCreated(
  { challenge, site }: Challenge,
  response: RegistrationResponseJSON,
): Promise<Passkey | undefined> {
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
async function verifyUsed(
  { challenge, site }: Challenge,
  response: AuthenticationResponseJSON,
  { id, publicKey }: { id: string; publicKey: Uint8Array },
): Promise<number | undefined> {
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
