/** The calls by which screens ask the server about arenas that people bring, draw and publish. */
import type {
  DraftInfo,
  DraftPage,
  DraftRequest,
  Gallery,
  GallerySort,
  PublishedArena,
} from "#shared/protocol/editor.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import type { ModeName } from "#shared/schema/names.ts";

export interface GalleryQuestion {
  /** If it is empty, all arenas match. */
  readonly search: string;
  /** If it is undefined, arenas of any mode match. */
  readonly mode: ModeName | undefined;
  readonly sort: GallerySort;
  /** Pages count from 0. */
  readonly page: number;
}

/** Every call rejects with a CallFailed (progressCalls.ts), with `faults` if the server refuses a map. */
export interface ArenaCalls {
  /** The arena can be played at once. */
  bring(tiledJson: string): Promise<MapOffer>;
  /** Takes an arena that this visitor has brought off the server. */
  takeBack(map: string): Promise<void>;
  gallery(question: GalleryQuestion): Promise<Gallery>;
  published(id: string): Promise<PublishedArena>;
  /** `stars`: 1 to 5; 0 takes the rating back. */
  rate(id: string, stars: number): Promise<PublishedArena>;
  drafts(): Promise<readonly DraftInfo[]>;
  makeDraft(request: DraftRequest): Promise<DraftPage>;
  deleteDraft(id: string): Promise<void>;
  /** `key` is that of the link for editors; empty without one. */
  draft(id: string, key: string): Promise<DraftPage>;
  /** Its Tiled file as it was stored last, parsed as JSON. */
  draftFile(id: string, key: string): Promise<unknown>;
  /** Shows a version in the gallery; with null, the gallery shows nothing of the draft any more. */
  publish(id: string, version: number | null): Promise<DraftPage>;
}
