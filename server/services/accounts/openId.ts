/** Signs in by an OpenID Connect provider: authorization code with PKCE, state and nonce. */
import * as client from "openid-client";
import { log } from "#server/log.ts";
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

interface Flow {
  /** The identity of the page that started the flow. */
  identity: string;
  verifier: string;
  nonce: string;
}

export interface OpenId {
  /** The URL of the provider's page; undefined if the provider does not answer. */
  start(identity: string): Promise<string | undefined>;
  /** The ticket for an answer of the provider (path and query of our callback), or why there is none. */
  finish(callback: string): Promise<{ ticket: string } | { failed: "cancelled" | "failed" }>;
  /** "ISSUER SUBJECT", once, and only for the identity that started the flow. */
  redeem(ticket: string, identity: string): string | undefined;
}

export function createOpenId(settings: OpenIdSettings): OpenId {
  const { publicUrl } = settings;
  const redirectUri = new URL(ROUTE.openIdCallback, publicUrl).href;
  const flows = new OneTime<Flow>(FLOW_LIFE_MS);
  const tickets = new OneTime<{ identity: string; subject: string }>(TICKET_LIFE_MS);
  let provider: client.Configuration | undefined;
  /** Discovers once; again if that failed. */
  const discovered = async () => {
    provider ??= await discover(settings);
    return provider;
  };

  return {
    async start(identity) {
      const configuration = await discovered().catch(report);
      if (!configuration) return undefined;
      const verifier = client.randomPKCECodeVerifier();
      const nonce = client.randomNonce();
      const state = flows.put({ identity, verifier, nonce });
      return client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: "openid",
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      }).href;
    },
    async finish(callback) {
      const url = new URL(callback, publicUrl);
      const state = url.searchParams.get("state") ?? "";
      const flow = flows.take(state);
      if (!flow) return { failed: "failed" };
      if (url.searchParams.get("error") === "access_denied") return { failed: "cancelled" };
      const subject = await subjectOf(discovered, url, state, flow).catch(report);
      return subject ? { ticket: tickets.put({ identity: flow.identity, subject }) } : { failed: "failed" };
    },
    redeem(ticket, identity) {
      const found = tickets.take(ticket);
      return found?.identity === identity ? found.subject : undefined;
    },
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

/** The error names the provider's answer, and holds no token. */
function report(error: Error & { code?: string; error?: string }): undefined {
  const { code, error: answer, message } = error;
  log.warn({ code, answer, reason: message }, "the OpenID provider did not sign a player in");
  return undefined;
}
