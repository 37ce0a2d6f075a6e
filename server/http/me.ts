/** /api/me: the asking visitor's own progress and account, a newcomer's for a visitor without an identity; and their look. */
import express, { type Request, type Response, type Router } from "express";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf } from "#server/edge/visitor.ts";
import { packLook, unpackLook } from "#shared/career/looks.ts";
import { LookRequest } from "#shared/protocol/account.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import {
  type Accounts,
  admitOwn,
  answering,
  bodyOf,
  json,
  meOf,
  sendPrivate,
  signedOut,
} from "./accountRequests.ts";

export function meRoute(accounts: Accounts): Router {
  const router = express.Router();
  router.get(ROUTE.me, async (request, response) => {
    const visitor = await accounts.recognise(request, bearerOf(request), "read");
    await accounts.limits.count("me", visitor);
    sendPrivate(response, await meOf(accounts, request, visitor.identity));
  });
  router.post(ROUTE.look, json, answering(accounts)(chooseLook));
  return router;
}

async function chooseLook(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "wear");
  const { look } = bodyOf(LookRequest, request);
  if (packLook(unpackLook(look)) !== look) throw new Refused(400, "This look has parts that nobody knows.");
  const choice = await accounts.store.ask("chooseLook", { identity, look, atMs: Date.now() });
  if (choice === "signedOut") throw signedOut();
  if (choice === "locked") throw new Refused(422, "A part of this look is not unlocked yet.");
  sendPrivate(response, await meOf(accounts, request, identity));
}
