/** /api/signin/…: takes a device into an account, by a passkey, a transfer code or an OpenID provider. */
import { randomUUID } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { householdOf } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf, type Visitor } from "#server/edge/visitor.ts";
import type { OpenId } from "#server/services/accounts/openId.ts";
import { hashTransferCode, readTransferCode } from "#server/services/accounts/transferCodes.ts";
import type { DeviceChange } from "#server/store/players/sessions.ts";
import {
  OpenIdRequest,
  type OpenIdStart,
  SignInRequest,
  TicketRequest,
  TransferRequest,
} from "#shared/protocol/account.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import {
  type Accounts,
  admitOwn,
  answering,
  bodyOf,
  CHALLENGE_REFUSALS,
  demandSite,
  json,
  sendPrivate,
  sendSignedIn,
  signedOut,
} from "./accountRequests.ts";

export function signInRoute(accounts: Accounts): Router {
  const router = express.Router();
  const answer = answering(accounts);
  router.post(ROUTE.signInOptions, answer(offerSignIn));
  router.post(ROUTE.signIn, json, answer(signInByPasskey));
  router.post(ROUTE.signInTransfer, json, answer(signInByCode));
  router.post(ROUTE.signInOpenId, json, answer(startOpenId));
  // Express would answer HEAD by GET's handler: a proxy or a scanner of links would use the flow up.
  router.head(
    ROUTE.openIdCallback,
    (_request, response) => void response.status(405).set("Allow", "GET").end(),
  );
  router.get(ROUTE.openIdCallback, answer(finishOpenId));
  router.post(ROUTE.signInTicket, json, answer(redeemTicket));
  return router;
}

/** Recognises a visitor with or without an identity, and counts the request. */
async function admit({ recognise, limits }: Accounts, request: Request<object>): Promise<Visitor> {
  const visitor = await recognise(request, bearerOf(request), "play");
  await limits.count("signIn", visitor);
  return visitor;
}

const changeOf = (replaces: string | undefined): DeviceChange => ({
  identity: randomUUID(),
  replaces: replaces ?? null,
  atMs: Date.now(),
});

/** Counts the identity that a sign-in draws. One that does not succeed draws none. */
async function counted<Outcome>(
  { limits }: Accounts,
  visitor: Visitor,
  signIn: () => Promise<Outcome>,
): Promise<Outcome> {
  await limits.count("identity", visitor);
  let isIn = false;
  try {
    const outcome = await signIn();
    isIn = outcome === true || outcome === "signedIn";
    return outcome;
  } finally {
    if (!isIn) await limits.refund("identity", visitor);
  }
}

/** Answers with the device's new identity, and voids the one that it had. */
async function sendChanged(
  accounts: Accounts,
  request: Request<object>,
  response: Response,
  { identity, replaces }: DeviceChange,
): Promise<void> {
  if (replaces !== null) accounts.revocations.add([replaces]);
  await sendSignedIn(accounts, request, response, identity);
}

async function offerSignIn(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { network } = await admit(accounts, request);
  const site = demandSite(accounts, request);
  sendPrivate(response, await accounts.passkeys.requestOptions(site, householdOf(network)));
}

const SIGN_IN_REFUSALS = {
  ...CHALLENGE_REFUSALS,
  unknown: { status: 422, text: "No account here has this passkey." },
  cloned: {
    status: 409,
    text: "This passkey was refused: another device seems to use a copy of it. Sign in another way, and remove it.",
  },
} as const;

async function signInByPasskey(
  accounts: Accounts,
  request: Request<object>,
  response: Response,
): Promise<void> {
  const visitor = await admit(accounts, request);
  const { flow, response: answer } = bodyOf(SignInRequest, request);
  const change = changeOf(visitor.identity);
  const outcome = await counted(accounts, visitor, () => accounts.passkeys.signIn(flow, answer, change));
  if (outcome !== "signedIn") {
    const { status, text } = SIGN_IN_REFUSALS[outcome];
    throw new Refused(status, text);
  }
  await sendChanged(accounts, request, response, change);
}

async function signInByCode(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const visitor = await admit(accounts, request);
  const code = readTransferCode(bodyOf(TransferRequest, request).code);
  const change = changeOf(visitor.identity);
  const hash = code && hashTransferCode(code, accounts.transferKey);
  const isRight = await counted(accounts, visitor, async () => {
    // Before the answer is known, so that many guesses at once are all counted.
    await accounts.limits.count("transferCode", visitor);
    return hash !== undefined && accounts.store.ask("signInByTransfer", { hash, ...change });
  });
  if (!isRight) throw new Refused(410, "This code is wrong, used, or older than five minutes.");
  await accounts.limits.refund("transferCode", visitor);
  await sendChanged(accounts, request, response, change);
}

function providerOf({ openId }: Accounts): OpenId {
  if (!openId) throw new Refused(404, "This server has no OpenID provider.");
  return openId.flow;
}

async function startOpenId(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity, network } = await admitOwn(accounts, request, "signIn");
  const provider = providerOf(accounts);
  const { link } = bodyOf(OpenIdRequest, request);
  const url = await provider.start({ identity, household: householdOf(network), link });
  if (!url) throw new Refused(REFUSAL.restarting, "The provider does not answer: try again later.", 30);
  const answer: OpenIdStart = { url };
  sendPrivate(response, answer);
}

/** The provider redirects the browser here without an identity. The page then redeems the URL's ticket under its identity. */
async function finishOpenId(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const visitor = await accounts.recognise(request, undefined, "read");
  await accounts.limits.count("signIn", visitor);
  const outcome = await providerOf(accounts).finish(request.originalUrl);
  const ticket = "ticket" in outcome ? outcome.ticket : outcome.failed;
  response.setHeader("Cache-Control", "no-store").redirect(303, `/?signin=${ticket}`);
}

const SUBJECT_REFUSALS = {
  unlinked: {
    status: 422,
    text: "No account here has this sign-in at the provider. To add it to this device's account, link it on the account screen.",
  },
  known: { status: 409, text: "This sign-in at the provider opens another account already." },
  full: {
    status: 409,
    text: "This account has as many sign-ins at the provider as it can have: remove one first.",
  },
} as const;

async function redeemTicket(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const visitor = await admitOwn(accounts, request, "signIn");
  const { identity } = visitor;
  const subject = providerOf(accounts).redeem(bodyOf(TicketRequest, request).ticket, identity);
  if (!subject) throw new Refused(410, "This sign-in is over: try again.");
  const { id, link } = subject;
  const change = changeOf(identity);
  const outcome = await counted(accounts, visitor, () =>
    accounts.store.ask("signInByOpenId", { ...change, id, link, replaces: identity }),
  );
  if (outcome === "linked") return sendSignedIn(accounts, request, response, identity);
  if (outcome === "signedIn") return sendChanged(accounts, request, response, change);
  if (outcome === "signedOut") throw signedOut();
  const { status, text } = SUBJECT_REFUSALS[outcome];
  throw new Refused(status, text);
}
