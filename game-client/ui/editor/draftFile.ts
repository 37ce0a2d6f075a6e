/** A draft as a Tiled file that the player saves, and a file of theirs as edits. */
import { editsBetween } from "#client/editor/draftDiff.ts";
import type { Fault } from "#shared/arena/fault.ts";
import type { DraftContent } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { tryReadTmj, writeTmj } from "#shared/editor/tmj.ts";

export const fileOf = (draft: DraftContent): string => JSON.stringify(writeTmj(draft));

/** "Old mill" → "old-mill.tmj". */
export const exportName = (title: string): string =>
  `${
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/g, "") || "arena"
  }.tmj`;

export type Replacement =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The edits that make of the draft what the file has. */
export function replacementOf(draft: DraftContent, text: string): Replacement {
  const { draft: read, faults } = tryReadTmj(parsed(text));
  return read ? { ok: true, edits: editsBetween(draft, read) } : { ok: false, faults };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
