/** Drafts of arenas as the rest of the server sees them. Drafts live in the store; their files in services/arenas. */
import type { DraftVersion, Role } from "#shared/protocol/editor.ts";

export interface StoredDraft {
  readonly id: string;
  readonly title: string;
  /** Name of the owner's account; empty for a guest. */
  readonly owner: string;
  /** The draft as a Tiled file. */
  readonly tiledJson: string;
  readonly versions: readonly DraftVersion[];
}

export interface NewVersion {
  readonly tiledJson: string;
  readonly author: string;
  readonly note: string;
}

/** Each method rejects with StoreAwayError while the store is away. */
export interface Drafts {
  /** Undefined if there is none. */
  read(id: string): Promise<StoredDraft | undefined>;
  /** What a visitor may do. `key`: of the link for editors. Undefined if there is no such draft. */
  roleOf(id: string, identity: string | undefined, key: string): Promise<Role | undefined>;
  /** Replaces the draft's file. False if the draft has been deleted. */
  write(id: string, draft: { title: string; tiledJson: string }): Promise<boolean>;
  /** "tooMany": the draft has VERSIONS_MAX; "unchanged": the newest version is the same. */
  saveVersion(id: string, version: NewVersion): Promise<DraftVersion | "tooMany" | "unchanged">;
  /** The Tiled file of a version. */
  versionText(id: string, number: number): Promise<string | undefined>;
}

let provided: Drafts | undefined;

/** Called once when the server starts: Colyseus creates rooms, and hands them nothing. */
export function provideDrafts(drafts: Drafts | undefined): void {
  provided = drafts;
}

/** Undefined on a server where nothing lasts. */
export const drafts = (): Drafts | undefined => provided;
