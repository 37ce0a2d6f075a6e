/** GET /api/gallery: published arenas. GET /api/gallery/ID: one, with the visitor's rating. POST /api/gallery/ID/rating: rates it. */
import express, { type Response, type Router } from "express";
import { z } from "zod";
import { Refused } from "#server/edge/refused.ts";
import type { GalleryQuestion } from "#server/store/arenas/gallery.ts";
import type { RatingOutcome } from "#server/store/arenas/ratings.ts";
import type { Store } from "#server/store/store.ts";
import { DRAFT_REFUSAL, GALLERY_SORTS, type PublishedArena, RateRequest } from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { admitOwn, bodyOf, json, sendPrivate } from "./accountRequests.ts";
import { admitReader, parseQuery, type Reading, sendPublic } from "./publicJson.ts";

const MAX_AGE_SEC = 5;
/** The search as typed, before it is cleaned. */
const SEARCH_MAX_CHARS = 64;

const GalleryQuery = z
  .strictObject({
    search: z.string().max(SEARCH_MAX_CHARS).default(""),
    mode: z.enum(MODE_NAMES).optional(),
    sort: z.enum(GALLERY_SORTS).default("played"),
    page: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .default(0),
  })
  .transform(({ mode, ...rest }): GalleryQuestion => ({ ...rest, mode }));

const ALLOWED =
  `search, up to ${SEARCH_MAX_CHARS} characters; mode, one of ${MODE_NAMES.join(", ")}; ` +
  `sort, one of ${GALLERY_SORTS.join(", ")}; page, a whole number from 0`;

export function galleryRoute(reading: Reading, store: Pick<Store, "ask">): Router {
  const router = express.Router();
  router.get(ROUTE.gallery, async (request, response) => {
    await admitReader(reading, request, response);
    sendPublic(
      response,
      await reading.reads.gallery(parseQuery(GalleryQuery, request, ALLOWED)),
      MAX_AGE_SEC,
    );
  });

  router.get(ROUTE.published, async (request, response) => {
    const { identity } = await admitReader(reading, request, response);
    response.vary("Authorization");
    await sendArena(reading, store, request.params.id, identity, response);
  });

  router.post(ROUTE.rate, json, async (request, response) => {
    const { identity } = await admitOwn(reading, request, "rating");
    const { stars } = bodyOf(RateRequest, request);
    const id = String(request.params.id);
    if (!(await reading.reads.publishedArena(id))) throw RATING_REFUSALS.missing;
    const outcome = await store.ask("rateArena", { id, identity, stars, atMs: Date.now() });
    if (outcome !== "rated") throw RATING_REFUSALS[outcome];
    await sendArena(reading, store, id, identity, response);
  });
  return router;
}

const RATING_REFUSALS: Readonly<Record<Exclude<RatingOutcome, "rated">, Refused>> = {
  missing: new Refused(404, "The gallery does not show this arena."),
  notPlayed: new Refused(DRAFT_REFUSAL.notPlayed, "Finish a match first: then you can rate arenas."),
  own: new Refused(DRAFT_REFUSAL.ownArena, "This arena is your own."),
};

/** Throws Refused. */
async function sendArena(
  { reads }: Reading,
  store: Pick<Store, "ask">,
  id: string,
  identity: string | undefined,
  response: Response,
): Promise<void> {
  const arena = await reads.publishedArena(id);
  if (!arena) throw RATING_REFUSALS.missing;
  const yours = identity === undefined ? 0 : await store.ask("arenaRatingOf", { id, identity });
  const answer: PublishedArena = { ...arena, yours };
  sendPrivate(response, answer);
}
