/**
 * POST /api/identity: issues a token of a new identity to a page that shows none, and a fresh one of the same identity to a
 * page that shows a token, even one that has expired. While the store is away, the signature and the identities that this
 * process knows to be signed out decide.
 */
import express, { type Router } from "express";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Recognise } from "#server/edge/visitor.ts";
import type { IdentityService } from "#server/services/identity.ts";
import type { Store } from "#server/store/store.ts";
import { type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

export function identityRoute(
  recognise: Recognise,
  limits: Limits,
  identities: IdentityService,
  store: Store,
): Router {
  const router = express.Router();
  router.post(ROUTE.identity, async (request, response) => {
    const visitor = await recognise(request, undefined, "play");
    const token = bearerOf(request);
    const identity = token === undefined ? undefined : await identities.readRenewable(token);
    const isRenewal = identity !== undefined && !(await isRevoked(store, identity));
    await limits.count(isRenewal ? "renewal" : "identity", { ...visitor, identity });
    if (token !== undefined && !isRenewal)
      throw new Refused(REFUSAL.badToken, "This token is not valid here, or no longer.");
    const answer: IdentityAnswer = { token: await identities.issue(identity) };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

/** A page waits this long for a store that does not answer. */
const ASK_WITHIN_MS = 1_000;

async function isRevoked(store: Store | undefined, identity: string): Promise<boolean> {
  if (!store) return false;
  const answer = store.ask("isRevoked", { identity }).catch(() => false);
  void store.ask("noteSeen", { identity, atMs: Date.now() }).catch(() => {});
  const unknown = new Promise<false>((resolve) => setTimeout(resolve, ASK_WITHIN_MS, false).unref());
  return Promise.race([answer, unknown]);
}
