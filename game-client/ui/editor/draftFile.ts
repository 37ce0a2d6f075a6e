/** A draft as a Tiled file that the player saves, and a file of theirs as edits. */

import type { Fault } from "#shared/arena/fault.ts";
import { editsBetween } from "#shared/editor/diff.ts";
import type { DraftContent } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { blankTmj, tryReadTmj, writeTmj } from "#shared/editor/tmj.ts";

/** `tilePx`: side of a tile. `origin`: a file of an earlier state, for what a draft does not know of it. */
export const fileOf = (draft: DraftContent, tilePx: number, origin = blankTmj(tilePx)): string =>
  JSON.stringify(writeTmj(draft, origin));

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
