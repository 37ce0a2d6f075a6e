/** POST /api/identity: issues a token to a page that has none. */
import express, { type Router } from "express";
import type { Limits } from "#server/edge/limits.ts";
import type { Recognise } from "#server/edge/visitor.ts";
import type { IdentityService } from "#server/services/identity.ts";
import { type IdentityAnswer, ROUTE } from "#shared/protocol/http.ts";

export function identityRoute(recognise: Recognise, limits: Limits, identities: IdentityService): Router {
  const router = express.Router();
  router.post(ROUTE.identity, async (request, response) => {
    const visitor = await recognise(request, undefined);
    await limits.count("identity", visitor);
    const answer: IdentityAnswer = { token: await identities.issue() };
    response.setHeader("Cache-Control", "no-store").json(answer);
  });
  return router;
}
