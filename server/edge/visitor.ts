/** Who asks: from where, with which token, from which page. */
import type { IncomingMessage } from "node:http";
import type { IdentityService } from "#server/services/identity.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { Locate } from "./networks.ts";
import { createOriginCheck, type OriginRules } from "./origins.ts";
import { Refused } from "./refused.ts";
import { isSecret } from "./secrets.ts";

export interface Visitor {
  /** IPv4 address or IPv6 /64. */
  network: string;
  /** The same for as long as the page keeps its token; pages and bots need not have one. */
  identity: string | undefined;
  /** Not counted by limits: our own bots, and this machine itself in development. */
  exempt: boolean;
}

export interface VisitorRules extends OriginRules {
  botToken: string | undefined;
  production: boolean;
}

/**
 * `readsOnly`: a page's own GET, of which browsers do not say whose page it is. No other page learns what it is answered,
 * and no handshake may pass for one.
 */
export type Recognise = (
  request: IncomingMessage,
  token: string | undefined,
  readsOnly?: boolean,
) => Promise<Visitor>;

/** For requests whose head is well formed. The function throws Refused: 401 for a token that is not ours, 403 for another site's page. */
export function createRecognise(locate: Locate, rules: VisitorRules, identities: IdentityService): Recognise {
  const mayPlay = createOriginCheck(rules);
  return async (request, token, readsOnly = false) => {
    const { network, loopback } = locate(request);
    const isBot = isSecret(token, rules.botToken);
    const exempt = isBot || (loopback && !rules.production);
    if (!(mayPlay(request) ?? (exempt || readsOnly))) {
      throw new Refused(REFUSAL.foreignOrigin, "This server is not open to that page or program.");
    }
    if (isBot || !token) return { network, identity: undefined, exempt };
    const identity = await identities.read(token);
    if (identity === undefined) {
      throw new Refused(REFUSAL.badToken, "This token is not valid here, or no longer: reload the page.");
    }
    return { network, identity, exempt };
  };
}

/** The token that a request shows, as the SDK sends it. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
}
