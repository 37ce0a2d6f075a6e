/** Reads a draft from a Tiled file, and writes it as one. What a draft does not know of a file stays as it was. */
import type { Draft, DraftContent } from "./draft.ts";

/** A Tiled file, parsed as JSON. */
export type Tmj = Readonly<Record<string, unknown>>;

/** Throws ArenaError unless the file is a finite orthogonal map within the bounds of a draft; it need not be playable. */
export function readTmj(_json: unknown, _name: string): Draft {
  throw new Error("TODO");
}

/**
 * The draft as a Tiled file. `origin`: the file that it was imported from; where the draft is unchanged, the result has its
 * values, so that an unchanged draft is deeply equal to its origin.
 */
export function writeTmj(_draft: DraftContent, _origin?: Tmj): Tmj {
  throw new Error("TODO");
}
