/** A file of the player as edits, and the name of one that they save. */
import type { Fault } from "#shared/arena/fault.ts";
import { editsBetween } from "#shared/editor/diff.ts";
import type { DraftContent } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { tryReadTmj } from "#shared/editor/tmj.ts";

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
