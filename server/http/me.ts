/** GET /api/me: the asking visitor's own progress and account; a newcomer's for a visitor without an identity. */
import express, { type Router } from "express";
import { bearerOf } from "#server/edge/visitor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { type Accounts, meOf, sendPrivate } from "./accountRequests.ts";

export function meRoute(accounts: Accounts): Router {
  const router = express.Router();
  router.get(ROUTE.me, async (request, response) => {
    const visitor = await accounts.recognise(request, bearerOf(request), "read");
    await accounts.limits.count("me", visitor);
    sendPrivate(response, await meOf(accounts, request, visitor.identity));
  });
  return router;
}
