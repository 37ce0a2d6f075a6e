/** Arenas that people bring: parsed aside, kept by their content, and found by every process of the machine. */
import type { OfferedMap } from "#server/arenas.ts";
import type { Keeping } from "#server/store/arenas/arenas.ts";
import type { Fault } from "#shared/arena/fault.ts";

/** A Tiled file that is a playable arena. The `name` of its arena is the SHA-256 of the file. */
export interface BroughtArena extends OfferedMap {
  /** Clean, and without foul words; empty without one. */
  readonly title: string;
}

export type Checked =
  | { readonly ok: true; readonly brought: BroughtArena }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Too many files wait to be parsed. */
export class ArenasBusyError extends Error {}

/** A playable file that was not kept: "removed" by a moderator, "tooMany" of the player's, "full" for everybody. */
export class NotKeptError extends Error {
  readonly why: Exclude<Keeping, "kept" | "known">;

  constructor(why: NotKeptError["why"]) {
    super(`the arena is not kept: ${why}`);
    this.why = why;
  }
}

/** Each method rejects with StoreAwayError while the store is away. */
export interface Arenas {
  /** Parses a file in a worker thread, and looks at its title. Keeps nothing. Rejects with ArenasBusyError. */
  check(tiledJson: string): Promise<Checked>;
  /** Keeps a playable file for `identity`, so that rooms find it under its SHA-256. Rejects with NotKeptError, too. */
  bring(tiledJson: string, identity: string | undefined): Promise<Checked>;
  /**
   * Loads an arena, so that this process finds it by its name (server/arenas.ts) for as long as the caller, or anybody else,
   * keeps it. Undefined if nobody has brought it, or it was removed.
   */
  find(sha256: string): Promise<BroughtArena | undefined>;
}

const NONE: Arenas = {
  check: async () => ({ ok: false, faults: [] }),
  bring: async () => ({ ok: false, faults: [] }),
  find: async () => undefined,
};

let provided = NONE;

/** Called once when the process starts: Colyseus creates rooms, and hands them nothing. */
export function provideArenas(arenas: Arenas = NONE): void {
  provided = arenas;
}

export const arenas = (): Arenas => provided;
