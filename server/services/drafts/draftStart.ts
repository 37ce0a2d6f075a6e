/** Makes what a new draft begins with: a file, a version of another draft, or an empty arena. */
import type { z } from "zod";
import type { Store } from "#server/store/store.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { THEME_NAMES } from "#shared/arena/themes.ts";
import { tryReadTmj } from "#shared/editor/tmj.ts";
import type { DraftRequest } from "#shared/protocol/editor.ts";
import { type EmptyArena, emptyArena } from "./newDraft.ts";

type Request = z.infer<typeof DraftRequest>;

/** "missing": nobody may fork it. */
export type DraftStart =
  | { is: "started"; title: string; tiledJson: string }
  | { is: "faulty"; faults: readonly Fault[] }
  | { is: "missing" };

export async function startDraft(
  store: Pick<Store, "ask">,
  identity: string,
  request: Request,
): Promise<DraftStart> {
  if ("tiledJson" in request) return readFile(request.tiledJson);
  if ("fork" in request) return fork(store, identity, request);
  const theme = THEME_NAMES.find((known) => known === request.theme);
  if (!theme) return { is: "missing" };
  const arena: EmptyArena = { ...request, theme };
  return { is: "started", title: arena.title, tiledJson: emptyArena(arena) };
}

/** It need not be playable. */
function readFile(tiledJson: string): DraftStart {
  const count = Buffer.byteLength(tiledJson);
  if (count > ARENA_FILE_MAX_BYTES)
    return faulty([{ code: "tooManyBytes", place: {}, values: { count, max: ARENA_FILE_MAX_BYTES } }]);
  let json: unknown;
  try {
    json = JSON.parse(tiledJson);
  } catch {
    return faulty([{ code: "notJson", place: {}, values: {} }]);
  }
  const { draft, faults } = tryReadTmj(json);
  if (!draft) return faulty(faults);
  return { is: "started", title: draft.properties.get("title") ?? "", tiledJson };
}

const faulty = (faults: readonly Fault[]): DraftStart => ({ is: "faulty", faults });

/** Owners fork any version of their drafts, everybody else what the gallery shows. */
async function fork(
  store: Pick<Store, "ask">,
  identity: string,
  { fork: id, version }: Extract<Request, { fork: string }>,
): Promise<DraftStart> {
  const draft = await store.ask("draftOf", { id, identity, key: "" });
  if (!draft || (draft.role !== "owner" && draft.shown !== version)) return { is: "missing" };
  const tiledJson = await store.ask("versionText", { id, number: version });
  return tiledJson === null ? { is: "missing" } : { is: "started", title: draft.info.title, tiledJson };
}
