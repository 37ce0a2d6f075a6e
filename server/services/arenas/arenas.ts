/** Arenas that people bring: parsed aside, kept by their content, and found by every process of the machine. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Fault } from "#shared/arena/fault.ts";

/** A Tiled file that is a playable arena. */
export interface BroughtArena {
  /** Its `name` is the SHA-256 of the file. */
  readonly arena: Arena;
  readonly tiledJson: string;
  readonly title: string;
}

export type Checked =
  | { readonly ok: true; readonly brought: BroughtArena }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface Arenas {
  /** Parses a file in a worker thread, and looks at its title. Keeps nothing. */
  check(tiledJson: string): Promise<Checked>;
  /** Keeps a playable file for `identity`, so that rooms find it under its SHA-256. */
  bring(tiledJson: string, identity: string | undefined): Promise<Checked>;
  /** Undefined if nobody has brought it, or it was removed. Rejects with StoreAwayError. */
  find(sha256: string): Promise<BroughtArena | undefined>;
}
