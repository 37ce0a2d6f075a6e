/** Recognises the visitor behind a request: network, identity, and whether its page may use the server. */
import type { IncomingMessage } from "node:http";
import type { IdentityService } from "#server/services/identity.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type CountKey, countKeysOf, type Locate } from "./networks.ts";
import { createOriginCheck, type OriginRules } from "./origins.ts";
import { adviseOnOrigin, adviseOnRebound } from "./proxyAdvice.ts";
import { Refused } from "./refused.ts";
import { isSecret } from "./secrets.ts";

export interface Visitor {
  /** IPv4 address or IPv6 /64 (networks.ts). */
  network: string;
  /** Stable while the page keeps its token; undefined for bots and for pages without a token. */
  identity: string | undefined;
  /** Whether limits skip the visitor: the load test's bots, and in development this machine. */
  isExempt: boolean;
}

export interface VisitorRules extends OriginRules {
  botToken: string | undefined;
  production: boolean;
}

/**
 * What a request may do decides which pages may send it. "play": changes something, or is a handshake. "read": GET, where
 * browsers send no Origin header from the server's own page; it is safe because browsers hide the answer from other sites'
 * pages. "public": GET of what everybody may read, from pages of all sites; those cannot send a token, because browsers ask
 * the server first.
 */
export type Access = "play" | "read" | "public";

export type Recognise = (
  request: IncomingMessage,
  token: string | undefined,
  access: Access,
) => Promise<Visitor>;

/**
 * The returned function expects a request that passed assertWellFormed. It throws Refused: 401 (REFUSAL.badToken) for a
 * token that this server did not sign, 403 (REFUSAL.foreignOrigin) for a page of another site.
 */
export function createRecognise(locate: Locate, rules: VisitorRules, identities: IdentityService): Recognise {
  const mayPlay = createOriginCheck(rules);
  return async (request, token, access) => {
    const { network, isLoopback, isRebound } = locate(request);
    const isBot = isSecret(token, rules.botToken);
    const isExempt = isBot || (isLoopback && !rules.production);
    // In production, a proxy without forwarding headers looks the same; and only its own page knows a PUBLIC_URL.
    const isTricked = isRebound && !isBot && !rules.production && !rules.publicUrl;
    if (access !== "public" && (isTricked || !(mayPlay(request) ?? (isExempt || access === "read")))) {
      if (isTricked) adviseOnRebound(request);
      else adviseOnOrigin(request, rules.publicUrl);
      throw new Refused(REFUSAL.foreignOrigin, "This server is not open to that page or program.");
    }
    if (isBot || !token) return { network, identity: undefined, isExempt };
    const identity = await identities.read(token);
    if (identity === undefined) {
      throw new Refused(REFUSAL.badToken, "This token is not valid here, or no longer: reload the page.");
    }
    return { network, identity, isExempt };
  };
}

/** The keys by which a visitor counts: those of the network, widest first, and the identity. None for an exempt visitor. */
export function visitorKeysOf({ isExempt, network, identity }: Visitor): CountKey[] {
  if (isExempt) return [];
  const keys = countKeysOf(network);
  return identity ? [...keys, { key: `id:${identity}`, share: 1, isIdentity: true }] : keys;
}

/** The token in the Authorization header, where the SDK puts it. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
}
