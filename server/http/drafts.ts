/** /api/drafts: the visitor's own drafts, new ones, and what their owner does with one: delete it, or publish a version. */
import express, { type Request, type Response, type Router } from "express";
import { Refused } from "#server/edge/refused.ts";
import { foldName } from "#server/services/accounts/names.ts";
import { rowOf } from "#server/services/arenas/arenaFiles.ts";
import type { Arenas } from "#server/services/arenas/arenas.ts";
import { emptyArena, newDraft } from "#server/services/drafts/newDraft.ts";
import type { DraftRow, NewDraft } from "#server/store/arenas/drafts.ts";
import type { Publishing } from "#server/store/arenas/published.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { THEME_NAMES } from "#shared/arena/themes.ts";
import { tryReadTmj } from "#shared/editor/tmj.ts";
import {
  DRAFT_ID,
  DRAFT_REFUSAL,
  type DraftPage,
  DraftRequest,
  type FaultyAnswer,
  PublishRequest,
} from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { type Accounts, admitOwn, bodyOf, json, sendPrivate, signedOut } from "./accountRequests.ts";
import { admitting, fileBody, orRefuse, sendFaulty, visitorOf } from "./arenas.ts";

type Owners = Pick<Accounts, "recognise" | "limits" | "store">;

export interface DraftParts {
  readonly accounts: Accounts;
  readonly arenas: Pick<Arenas, "check">;
  /** Of all arenas on this server. */
  readonly maxBytes: number;
}

/** A file that cannot be drawn on. */
class FaultyFile extends Error {
  readonly faults: FaultyAnswer["faults"];

  constructor(faults: FaultyAnswer["faults"]) {
    super("a file with faults");
    this.faults = faults;
  }
}
