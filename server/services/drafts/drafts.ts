/** Drafts of arenas as the rest of the server sees them. Drafts live in the store; their files in services/arenas. */
import type { Versioning } from "#server/store/arenas/versions.ts";
import type { DraftVersion, Role } from "#shared/protocol/editor.ts";

export interface StoredDraft {
  readonly id: string;
  readonly title: string;
  /** Name of the owner's account; empty for a guest. */
  readonly owner: string;
  /** The draft as a Tiled file. */
  readonly tiledJson: string;
  readonly changedAtMs: number;
  /** The oldest first. */
  readonly versions: readonly DraftVersion[];
}

export interface WrittenDraft {
  readonly title: string;
  readonly tiledJson: string;
  /** The time of the change; now, if missing. */
  readonly atMs?: number;
  /** Times of the change that this one may follow: nobody overwrites what somebody else has written meanwhile. */
  readonly after?: readonly number[];
}

export interface NewVersion {
  readonly tiledJson: string;
  /** Their name in the room. */
  readonly author: string;
  /** The author's identity: a version by an account then bears its present name. */
  readonly identity?: string | undefined;
  readonly note: string;
}

/** Each method rejects with StoreAwayError while the store is away. */
export interface Drafts {
  /** Undefined if there is none. */
  read(id: string): Promise<StoredDraft | undefined>;
  /** Decides a visitor's role. `key` is that of the link for editors. Undefined if there is no such draft. */
  roleOf(id: string, identity: string | undefined, key: string): Promise<Role | undefined>;
  /** Replaces the draft's file. False if the draft has been deleted; "changed": it follows another change than `after` names. */
  write(id: string, draft: WrittenDraft): Promise<boolean | "changed">;
  /** See server/store/arenas/versions.ts. */
  saveVersion(id: string, version: NewVersion): Promise<Versioning>;
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
