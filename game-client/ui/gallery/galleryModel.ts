/** The gallery's state: question, page and tab. It outlives a visit to an arena's page, so that the way back finds it unchanged. */
import { signal } from "@preact/signals";
import type { GalleryQuestion } from "#client/arenaCalls.ts";
import { GALLERY_PAGE } from "#shared/arena/limits.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";
import type { MapOffer } from "#shared/protocol/http.ts";

export const EVERYTHING: GalleryQuestion = { search: "", mode: undefined, sort: "played", page: 0 };

export const galleryQuestion = signal<GalleryQuestion>(EVERYTHING);
export const arenasTab = signal<"gallery" | "mine">("gallery");

/** Another search, mode or order begins at the first page. */
export const asked = (before: GalleryQuestion, change: Partial<GalleryQuestion>): GalleryQuestion => ({
  ...before,
  page: 0,
  ...change,
});

export const isFiltered = ({ search, mode }: GalleryQuestion): boolean => search !== "" || mode !== undefined;

export const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / GALLERY_PAGE));

/** A published arena as the host form takes it. */
export const offerOfPublished = ({ map, title, modes, players, theme }: PublishedArena): MapOffer => ({
  ...{ name: map, title, modes, players, theme },
  use: "match",
});
