/** POST /api/identity: issues a token to a page that has none. */
import express, { type Router } from "express";
import type { Limits } from "#server/edge/limits.ts";
import type { Recognise } from "#server/edge/visitor.ts";
import type { IdentityService } from "#server/services/identity.ts";

export function identityRoute(recognise: Recognise, limits: Limits, identities: IdentityService): Router {
  const router = express.Router();
  router.post("/api/identity", async (request, response) => {
    const visitor = await recognise(request, undefined);
    await limits.count("identity", visitor);
    response.setHeader("Cache-Control", "no-store").json({ token: await identities.issue() });
  });
  return router;
}
