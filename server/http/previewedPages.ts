/**
 * GET / and the addresses of a room, a profile, a match, a replay, the leaderboard, the live matches, the weapons and the
 * gallery: the same page, with tags for previews of the link. GET /overlay/CODE: the page for streaming software.
 */
import express, { type Request, type Response, type Router } from "express";
import { listingOf } from "#server/admission/directory.ts";
import { lookUpArena } from "#server/admission/lookUp.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { ownOrigin } from "#server/edge/origins.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { Shelf } from "#server/services/replays/shelf.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { DRAFT_ID } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { readRoomCode } from "#shared/protocol/roomCode.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import {
  ARENAS_PREVIEW,
  arenaPreview,
  LEADERBOARD_PREVIEW,
  LIVE_PREVIEW,
  matchPreview,
  type Preview,
  profilePreview,
  replayPreview,
  roomPreview,
  SITE_PREVIEW,
  WEAPONS_PREVIEW,
  withPreview,
} from "./linkPreview.ts";
import { countReader, etagOf, type Reading } from "./publicJson.ts";

export type SendPage = (request: Request<object>, response: Response) => void;

export interface Previewed {
  /** The page, as the build writes it. */
  readonly html: string;
  /** Sends the page without tags. */
  readonly sendPlain: SendPage;
  readonly reading: Reading;
  readonly rooms: Pick<Rooms, "directory">;
  readonly shelf: Pick<Shelf, "lookUp">;
  /** Undefined to take the request's. */
  readonly publicUrl: string | undefined;
}

export function previewedPages({ html, sendPlain, reading, rooms, shelf, publicUrl }: Previewed): Router {
  const router = express.Router();
  /** Undefined: the page without tags, because nobody knows what it shows. Null: there is no such thing. */
  const answer = (request: Request<object>, response: Response, preview: Preview | null | undefined) => {
    if (preview === null) response.status(404);
    if (!preview) return sendPlain(request, response);
    const page = withPreview(html, preview, publicUrl?.replace(/\/$/, "") ?? ownOrigin(request) ?? "");
    response.type("html").setHeader("Cache-Control", "no-cache").setHeader("ETag", etagOf(page));
    response.send(page);
  };

  router.get(ROUTE.roomPage, async (request, response) => {
    // Room links are private: keep them out of search engines.
    response.setHeader("X-Robots-Tag", "noindex");
    const code = readRoomCode(request.params.code);
    // 404 for a text that cannot be a room code; the page shows the same to people.
    if (!code) return answer(request, response, null);
    const listing = await lookUp(reading, request, (visitor) => listingIn(reading, rooms, code, visitor));
    answer(request, response, listing && roomPreview(code, listing));
  });
  router.get(ROUTE.playerPage, async (request, response) => {
    const player = await lookUp(reading, request, () => reading.reads.player(request.params.name));
    if (player && "movedTo" in player)
      return response.redirect(302, pathTo(ROUTE.playerPage, { name: player.movedTo }));
    answer(request, response, player && profilePreview(player));
  });
  router.get(ROUTE.matchPage, async (request, response) => {
    const match = await lookUp(reading, request, () => reading.reads.match(request.params.id));
    // Visible to everybody with the link, but not for search engines.
    if (match?.isHosted) response.setHeader("X-Robots-Tag", "noindex");
    answer(request, response, match && matchPreview(match));
  });
  router.get(ROUTE.replayPage, async (request, response) => {
    const { id } = request.params;
    const found = await lookUp(reading, request, () => shelf.lookUp(id).then((info) => info ?? null));
    // The page of a match that goes on waits for its replay.
    const replay = found === "goesOn" ? undefined : found;
    if (found === "goesOn" || replay?.head.isHosted) response.setHeader("X-Robots-Tag", "noindex");
    const match = replay && (await lookUp(reading, request, () => reading.reads.match(id)));
    answer(request, response, replay && replayPreview(replay, match ?? undefined));
  });
  router.get(ROUTE.careerPage, (request, response) => answer(request, response, undefined));
  router.get("/", (request, response) => answer(request, response, SITE_PREVIEW));
  router.get(ROUTE.leaderboardPage, (request, response) => answer(request, response, LEADERBOARD_PREVIEW));
  router.get(ROUTE.livePage, (request, response) => answer(request, response, LIVE_PREVIEW));
  router.get(ROUTE.weaponsPage, (request, response) => answer(request, response, WEAPONS_PREVIEW));
  router.get(ROUTE.arenasPage, (request, response) => answer(request, response, ARENAS_PREVIEW));
  router.get(ROUTE.arenaPage, async (request, response) => {
    const arena = await lookUp(reading, request, () => reading.reads.publishedArena(request.params.id));
    answer(request, response, arena && arenaPreview(arena));
  });
  router.get(ROUTE.editPage, (request, response) => {
    // Whoever has the link may look on, or draw along.
    response.setHeader("X-Robots-Tag", "noindex");
    answer(request, response, DRAFT_ID.test(request.params.id) ? undefined : null);
  });
  const overlay = asOverlay(html);
  router.get(ROUTE.overlayPage, (request, response) => {
    response.setHeader("X-Robots-Tag", "noindex");
    if (!readRoomCode(request.params.code)) response.status(404);
    response.type("html").setHeader("Cache-Control", "no-cache").setHeader("ETag", etagOf(overlay));
    response.send(overlay);
  });
  return router;
}

/** The page without the game's parts, and transparent from its first picture on (base.css). */
const asOverlay = (html: string): string =>
  html
    .replaceAll(/<link rel="modulepreload"[^>]*fetchpriority="low"[^>]*>/g, "")
    .replace("<html ", "<html data-overlay ");

/** Undefined if there is no such room: it may have ended, and the page then says so. */
async function listingIn(
  { limits }: Reading,
  { directory }: Pick<Rooms, "directory">,
  code: string,
  visitor: Visitor,
) {
  const row = await lookUpArena({ limits, directory }, code, visitor);
  return row && listingOf(row);
}

/**
 * Undefined if the store or the directory is away, the visitor looks too often, or the replay is damaged: the page then
 * says so itself.
 */
async function lookUp<Found>(
  reading: Reading,
  request: Request<object>,
  find: (visitor: Visitor) => Promise<Found>,
): Promise<Found | undefined> {
  try {
    return await find(await countReader(reading, request));
  } catch (error) {
    if ([StoreAwayError, Refused, ReplayError].some((known) => error instanceof known)) return undefined;
    throw error;
  }
}
