/** /api/account/…: makes an account of a guest, and manages it. */
import { randomUUID } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { householdOf } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import { readAccountName } from "#server/services/accounts/names.ts";
import { drawTransferCode, hashTransferCode } from "#server/services/accounts/transferCodes.ts";
import type { Naming } from "#server/store/players/accounts.ts";
import {
  DeleteRequest,
  NameRequest,
  PasskeyRequest,
  RemoveCredentialRequest,
  SignOutRequest,
  type TransferCode,
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
  meOf,
  sendPrivate,
  sendSignedIn,
  signedOut,
} from "./accountRequests.ts";

const TRANSFER_LIFE_MS = 300_000;
const NO_ACCOUNT = "Choose a name first: that makes an account.";

export function accountRoute(accounts: Accounts): Router {
  const router = express.Router();
  const answer = answering(accounts);
  router.post(ROUTE.accountName, json, answer(chooseName));
  router.post(ROUTE.passkeyOptions, answer(offerPasskey));
  router.post(ROUTE.passkeys, json, answer(addPasskey));
  router.post(ROUTE.credentialRemove, json, answer(removeCredential));
  router.post(ROUTE.transfer, answer(drawCode));
  router.post(ROUTE.signOut, json, answer(signOut));
  router.get(ROUTE.accountData, answer(download));
  router.post(ROUTE.accountDelete, json, answer(deleteAccount));
  return router;
}

async function chooseName(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "account");
  const wanted = readAccountName(bodyOf(NameRequest, request).name);
  if (wanted.is === "refused") throw new Refused(422, wanted.why);
  const { name, folded } = wanted;
  assertNamed(await accounts.store.ask("claimName", { identity, name, folded, atMs: Date.now() }));
  sendPrivate(response, await meOf(accounts, request, identity));
}

function assertNamed(naming: Naming): void {
  if (naming.is === "signedOut") throw signedOut();
  if (naming.is === "taken") throw new Refused(409, "Somebody has this name, or one that looks like it.");
  if (naming.is !== "tooSoon") return;
  const waitSec = Math.max(1, Math.ceil((naming.fromMs - Date.now()) / 1000));
  throw new Refused(REFUSAL.tooMany, "A name can be changed once in 30 days.", waitSec);
}

async function offerPasskey(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity, network } = await admitOwn(accounts, request, "account");
  const site = demandSite(accounts, request);
  const account = await accounts.store.ask("accountOf", { identity, atMs: Date.now() });
  if (!account) throw new Refused(409, NO_ACCOUNT);
  const asker = { identity, household: householdOf(network) };
  sendPrivate(response, (await accounts.passkeys.creationOptions(site, asker, account)) as object);
}

const PASSKEY_REFUSALS = {
  ...CHALLENGE_REFUSALS,
  noAccount: { status: 409, text: NO_ACCOUNT },
  full: { status: 409, text: "This account has as many passkeys as it can have: remove one first." },
  known: { status: 409, text: "This passkey belongs to an account already." },
} as const;

async function addPasskey(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "account");
  const outcome = await accounts.passkeys.register(identity, bodyOf(PasskeyRequest, request).response);
  if (outcome !== "added") {
    const { status, text } = PASSKEY_REFUSALS[outcome];
    throw new Refused(status, text);
  }
  sendPrivate(response, await meOf(accounts, request, identity));
}

async function removeCredential(
  accounts: Accounts,
  request: Request<object>,
  response: Response,
): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "account");
  const { id } = bodyOf(RemoveCredentialRequest, request);
  const isGone = await accounts.store.ask("removeCredential", { identity, id });
  if (!isGone) throw new Refused(404, "This account has no such passkey or subject.");
  sendPrivate(response, await meOf(accounts, request, identity));
}

async function drawCode(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "account");
  const answer: TransferCode = { code: drawTransferCode(), expiresAt: Date.now() + TRANSFER_LIFE_MS };
  const { expiresAt } = answer;
  const hash = hashTransferCode(answer.code, accounts.transferKey);
  const isKept = await accounts.store.ask("putTransferCode", { identity, hash, expiresAt });
  if (!isKept) throw new Refused(409, NO_ACCOUNT);
  sendPrivate(response, answer);
}

/** The page goes on as a guest. */
async function signOut(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const visitor = await admitOwn(accounts, request, "account");
  const { everywhere } = bodyOf(SignOutRequest, request);
  await accounts.limits.count("identity", visitor);
  const { identity } = visitor;
  const revoked = await accounts.store.ask("signOut", { identity, everywhere, atMs: Date.now() });
  accounts.revocations.add(revoked);
  await sendSignedIn(accounts, request, response, randomUUID());
}

async function download(accounts: Accounts, request: Request<object>, response: Response): Promise<void> {
  const { identity } = await admitOwn(accounts, request, "accountData");
  const data = await accounts.store.ask("dataOf", { identity });
  response.setHeader("Content-Disposition", 'attachment; filename="fracas-account.json"');
  sendPrivate(response, data ?? {});
}

async function deleteAccount(
  accounts: Accounts,
  request: Request<object>,
  response: Response,
): Promise<void> {
  const visitor = await admitOwn(accounts, request, "account");
  const { name } = bodyOf(DeleteRequest, request);
  await accounts.limits.count("identity", visitor);
  const { identity } = visitor;
  const revoked = await accounts.store.ask("deleteAccount", { identity, name, atMs: Date.now() });
  if (!revoked) throw new Refused(422, "This is not the account's name: nothing was deleted.");
  accounts.revocations.add(revoked);
  await sendSignedIn(accounts, request, response, randomUUID());
}
