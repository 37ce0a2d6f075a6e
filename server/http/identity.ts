/**
 * POST /api/identity: issues a token of a new identity to a page that shows none, and a fresh one of the same identity to a
 * page that shows a token, even one that has expired. While the store is away, the signature and the identities that this
 * process knows to be signed out decide.
 */
import express, { type Router } from "express";
import type { Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Recognise } from "#server/edge/visitor.ts";
import { BoundedCache } from "#server/services/boundedCache.ts";
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
  const noteSeen = createNoteSeen(store);
  router.post(ROUTE.identity, async (request, response) => {
    const visitor = await recognise(request, undefined, "play");
    const token = bearerOf(request);
    const identity = token === undefined ? undefined : await identities.readRenewable(token);
    // Counted before the store is asked: it answers a bounded number of questions for one visitor.
    await limits.count(identity === undefined ? "identity" : "renewal", { ...visitor, identity });
    const isStranger = token !== undefined && identity === undefined;
    if (isStranger || (identity !== undefined && (await isRevoked(store, identity))))
      throw new Refused(REFUSAL.badToken, "This token is not valid here, or no longer.");
    if (identity !== undefined) noteSeen(identity);
    const answer: IdentityAnswer = { token: await identities.issue(identity) };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}

/** A page waits this long for a store that does not answer. */
const ASK_WITHIN_MS = 1_000;

async function isRevoked(store: Store, identity: string): Promise<boolean> {
  const answer = store.ask("isRevoked", { identity }).catch(() => false);
  const unknown = new Promise<false>((resolve) => setTimeout(resolve, ASK_WITHIN_MS, false).unref());
  return Promise.race([answer, unknown]);
}

/** An identity's time of last use is written once an hour. */
const SEEN_EVERY_MS = 3_600_000;
/** Identities that are remembered as noted; one that is forgotten is noted again. */
const SEEN_MAX = 10_000;

function createNoteSeen(store: Store): (identity: string) => void {
  const noted = new BoundedCache<void>(SEEN_EVERY_MS, SEEN_MAX);
  return (identity) => {
    const note = () => store.ask("noteSeen", { identity, atMs: Date.now() });
    noted.get(identity, note).catch(() => {});
  };
}
