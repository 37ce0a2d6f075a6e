/** Signs in by an OpenID Connect provider: authorization code with PKCE, state and nonce. */
import * as client from "openid-client";
import { log } from "#server/log.ts";
import { isLogDue, shorten } from "#server/logOnce.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { OneTime } from "./oneTime.ts";
import { isLoopback } from "./site.ts";

/** How long a player may take at the provider. */
const FLOW_LIFE_MS = 600_000;
/** From the provider's answer until the page shows the ticket. */
const TICKET_LIFE_MS = 120_000;
const PROVIDER_TIMEOUT_SEC = 10;

export interface OpenIdSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends players back to. */
  publicUrl: string;
}

/** The visitor who starts a sign-in at the provider. */
export interface Starter {
  /** Of the page. */
  identity: string;
  /** Of the network; see OneTime. */
  household: string;
  /** Whether the player asked to link the subject with the device's account. */
  link: boolean;
}

interface Flow extends Starter {
  verifier: string;
  nonce: string;
}

interface Subject {
  /** "ISSUER SUBJECT". */
  id: string;
  link: boolean;
}

export interface OpenId {
  /** The URL of the provider's page; undefined if the provider does not answer. */
  start(starter: Starter): Promise<string | undefined>;
  /** The ticket for an answer of the provider (path and query of our callback), or why there is none. */
  finish(callback: string): Promise<{ ticket: string } | { failed: "cancelled" | "failed" }>;
  /** Returns the provider's answer once, and only to the identity that started the flow. */
  redeem(ticket: string, identity: string): Subject | undefined;
}

export function createOpenId(settings: OpenIdSettings): OpenId {
  const { publicUrl } = settings;
  const redirectUri = new URL(ROUTE.openIdCallback, publicUrl).href;
  const flows = new OneTime<Flow>(FLOW_LIFE_MS);
  const tickets = new OneTime<Subject & { identity: string }>(TICKET_LIFE_MS);
  const discovered = discovering(settings);

  return {
    async start(starter) {
      const configuration = await discovered().catch(report);
      if (!configuration) return undefined;
      const [verifier, nonce] = [client.randomPKCECodeVerifier(), client.randomNonce()];
      const state = flows.put({ ...starter, verifier, nonce }, starter.household);
      return addressOf(configuration, redirectUri, state, { verifier, nonce });
    },
    async finish(callback) {
      const url = new URL(callback, publicUrl);
      const state = url.searchParams.get("state") ?? "";
      const flow = flows.take(state);
      if (!flow) return { failed: "failed" };
      if (url.searchParams.get("error") === "access_denied") return { failed: "cancelled" };
      const id = await subjectOf(discovered, url, state, flow).catch(report);
      if (!id) return { failed: "failed" };
      const { identity, household, link } = flow;
      return { ticket: tickets.put({ id, identity, link }, household) };
    },
    redeem(ticket, identity) {
      const found = tickets.take(ticket);
      return found?.identity === identity ? found : undefined;
    },
  };
}

async function addressOf(
  configuration: client.Configuration,
  redirectUri: string,
  state: string,
  { verifier, nonce }: { verifier: string; nonce: string },
): Promise<string> {
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: "openid",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  }).href;
}

/** Discovers the provider once, for all who ask meanwhile; again if that failed. */
function discovering(settings: OpenIdSettings): () => Promise<client.Configuration> {
  let provider: Promise<client.Configuration> | undefined;
  return () => {
    provider ??= discover(settings).catch((error) => {
      provider = undefined;
      throw error;
    });
    return provider;
  };
}

const discover = ({ issuer, clientId, clientSecret }: OpenIdSettings) =>
  client.discovery(new URL(issuer), clientId, undefined, authenticateBy(clientSecret), {
    timeout: PROVIDER_TIMEOUT_SEC,
    // Verifies the ID token's signature as well: without TLS nothing else proves its origin.
    execute: [
      client.enableNonRepudiationChecks,
      ...(isLoopback(issuer) ? [client.allowInsecureRequests] : []),
    ],
  });

/** By client_secret_basic, OpenID Connect's default, unless the provider offers client_secret_post only. */
function authenticateBy(secret: string): client.ClientAuth {
  const basic = client.ClientSecretBasic(secret);
  const post = client.ClientSecretPost(secret);
  return (server, ...request) => {
    const offered = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (offered.includes("client_secret_basic") ? basic : post)(server, ...request);
  };
}

async function subjectOf(
  discovered: () => Promise<client.Configuration>,
  url: URL,
  state: string,
  { verifier, nonce }: Flow,
): Promise<string | undefined> {
  const tokens = await client.authorizationCodeGrant(await discovered(), url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims && !SUBJECT.test(claims.sub)) throw new Error("the subject is no text of 1 to 255 characters");
  return claims && `${claims.iss} ${claims.sub}`;
}

/** OpenID Connect allows 255 ASCII characters. PostgreSQL takes no text with U+0000 in it, and no half characters. */
const SUBJECT = /^\P{C}{1,255}$/u;

/** The error names the provider's answer, and holds no token. Anybody can cause it, by an answer of their own. */
function report(error: Error & { code?: string; error?: string }): undefined {
  const { code, error: answer, message } = error;
  const reason = shorten(message);
  if (isLogDue("openid", `${code} ${answer} ${reason}`))
    log.warn(
      { code, answer: answer && shorten(answer), reason },
      "the OpenID provider did not sign a player in",
    );
  return undefined;
}
