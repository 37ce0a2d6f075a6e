/** /api/drafts: the visitor's own drafts, new ones, and what their owner does with one: delete it, or publish a version. */
import express, { type Request, type Response, type Router } from "express";
import { Refused } from "#server/edge/refused.ts";
import { bearerOf } from "#server/edge/visitor.ts";
import { foldName } from "#server/services/accounts/names.ts";
import { rowOf } from "#server/services/arenas/arenaFiles.ts";
import type { Arenas, BroughtArena } from "#server/services/arenas/arenas.ts";
import { startDraft } from "#server/services/drafts/draftStart.ts";
import { newDraft } from "#server/services/drafts/newDraft.ts";
import type { DraftRow } from "#server/store/arenas/drafts.ts";
import type { Publishing } from "#server/store/arenas/published.ts";
import {
  DRAFT_ID,
  DRAFT_REFUSAL,
  type DraftPage,
  DraftRequest,
  PublishRequest,
} from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { type Accounts, admitOwn, bodyOf, json, sendPrivate, signedOut } from "./accountRequests.ts";
import { admitting, fileBody, orRefuse, sendFaulty, visitorOf } from "./arenas.ts";

export interface DraftParts extends Pick<Accounts, "recognise" | "limits" | "store"> {
  readonly arenas: Pick<Arenas, "check">;
  /** The bound of all arenas on this server. */
  readonly maxBytes: number;
}

/** Refuses somebody else's draft as well: its link lets people draw along, and no more. */
const NO_DRAFT = new Refused(404, "You have no such draft.");

export function draftsRoute(parts: DraftParts): Router {
  const { store } = parts;
  const router = express.Router();
  router.get(ROUTE.drafts, async (request, response) => {
    const { identity } = await admitOwn(parts, request, "me");
    sendPrivate(response, await store.ask("ownDrafts", { identity }));
  });

  router.post(ROUTE.drafts, admitting(parts, "newDraft"), fileBody, async (request, response) => {
    const { identity } = visitorOf(response);
    if (identity === undefined)
      throw new Refused(REFUSAL.badToken, "This needs an identity: show its token.");
    await create(parts, identity, request, response);
  });

  router.get(ROUTE.draft, async (request, response) => {
    const visitor = await parts.recognise(request, bearerOf(request), "read");
    await parts.limits.count("me", visitor);
    const { key, file } = request.query;
    const id = readId(request);
    const question = { id, identity: visitor.identity, key: typeof key === "string" ? key : "" };
    const draft = await store.ask("draftOf", question);
    const tiledJson = file === undefined ? undefined : await store.ask("draftText", { id });
    if (!draft || tiledJson === null) throw new Refused(404, "There is no such draft.");
    sendPrivate(response, { ...pageOf(draft), ...(tiledJson !== undefined && { tiledJson }) });
  });

  router.delete(ROUTE.draft, async (request, response) => {
    const { identity } = await admitOwn(parts, request, "draftChange");
    const isGone = await store.ask("deleteDraft", { id: readId(request), identity });
    if (!isGone) throw NO_DRAFT;
    response.status(204).end();
  });

  router.post(ROUTE.publish, json, async (request, response) => {
    const { identity } = await admitOwn(parts, request, "draftChange");
    const { version } = bodyOf(PublishRequest, request);
    const draft = await ownDraft(parts, readId(request), identity);
    if (version === null) await store.ask("unpublishDraft", { id: draft.info.id, identity });
    else if (!(await publish(parts, identity, draft, version, response))) return;
    sendPrivate(response, pageOf(await ownDraft(parts, draft.info.id, identity)));
  });
  return router;
}

/** Throws Refused. */
function readId({ params }: Request): string {
  const id = String(params.id);
  if (!DRAFT_ID.test(id)) throw new Refused(404, "There is no such draft.");
  return id;
}

function pageOf({ info, role, editKey, owner, versions }: DraftRow): DraftPage {
  return { ...info, role, owner, versions, ...(role !== "viewer" && { key: editKey }) };
}

/** Throws Refused. */
async function ownDraft({ store }: DraftParts, id: string, identity: string): Promise<DraftRow> {
  const draft = await store.ask("draftOf", { id, identity, key: "" });
  if (draft?.role !== "owner") throw NO_DRAFT;
  return draft;
}

async function create(
  parts: DraftParts,
  identity: string,
  request: Request<object>,
  response: Response,
): Promise<void> {
  const { store } = parts;
  const start = await startDraft(store, identity, bodyOf(DraftRequest, request));
  if (start.is === "missing") throw new Refused(404, "There is no such version, or no such theme.");
  if (start.is === "faulty") return sendFaulty(response, start.faults);
  const draft = newDraft(start.title, start.tiledJson);
  const creation = await store.ask("createDraft", { identity, draft, atMs: Date.now() });
  if (creation === "signedOut") throw signedOut();
  if (creation === "tooMany")
    throw new Refused(DRAFT_REFUSAL.tooMany, "You have as many drafts as a player may: delete one first.");
  sendPrivate(response, pageOf(await ownDraft(parts, draft.id, identity)));
}

const PUBLISH_REFUSALS: Readonly<Record<Exclude<Publishing, "published">, Refused>> = {
  missing: new Refused(404, "This draft has no such version."),
  guest: new Refused(DRAFT_REFUSAL.needsAccount, "Choose a name first: that makes an account."),
  shown: new Refused(DRAFT_REFUSAL.shownAlready, "The gallery shows this very arena already."),
  tooMany: new Refused(DRAFT_REFUSAL.tooMany, "The gallery shows as many of your arenas as it may."),
  removed: new Refused(410, "This arena was removed by a moderator."),
  signedOut: signedOut(),
};

/** Whether the version is published; otherwise its faults are sent. Throws Refused. */
async function publish(
  { store, arenas, maxBytes }: DraftParts,
  identity: string,
  { info, owner }: DraftRow,
  number: number,
  response: Response,
): Promise<boolean> {
  if (owner === "") throw PUBLISH_REFUSALS.guest;
  const tiledJson = await store.ask("versionText", { id: info.id, number });
  if (tiledJson === null) throw PUBLISH_REFUSALS.missing;
  const checked = await orRefuse(arenas.check(tiledJson));
  if (!checked.ok) {
    sendFaulty(response, checked.faults);
    return false;
  }
  const { brought } = checked;
  if (!brought.title) throw new Refused(422, "Give the arena a title first.");
  const publishing = await store.ask("publishDraft", {
    ...{ id: info.id, identity, number, ...columnsOf(brought), maxBytes, atMs: Date.now() },
  });
  if (publishing !== "published") throw PUBLISH_REFUSALS[publishing];
  return true;
}

const columnsOf = (brought: BroughtArena) => ({ arena: rowOf(brought), folded: foldName(brought.title) });
