/** GET …/card.png: the images that chats show for a link to a profile, a match, a room, an arena, or the page itself. */
import { createHash } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { listingOf } from "#server/admission/directory.ts";
import { lookUpArena } from "#server/admission/lookUp.ts";
import type { Rooms } from "#server/admission/rooms.ts";
import { Refused } from "#server/edge/refused.ts";
import { logError } from "#server/logOnce.ts";
import { BoundedCache } from "#server/services/boundedCache.ts";
import { type Card, type Cards, CardsBusyError, CardsFailedError } from "#server/services/cards/cards.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { admitReader, type Reading } from "./publicJson.ts";

const PUBLIC = "public, max-age=300";
/** About 300 KB each. */
const KEPT = { ms: 600_000, count: 32 } as const;
/** Part of each ETag: raise it when images look different for the same content. */
const LOOKS = 2;
const BUSY_SEC = 5;
const FAILED_SEC = 60;

/** Shown on the page's own image. */
const SITE_ARENA = "foundry";

export function cardsRoute(reading: Reading, cards: Cards, { directory }: Pick<Rooms, "directory">): Router {
  const router = express.Router();
  const kept = new BoundedCache<Uint8Array>(KEPT.ms, KEPT.count);

  const send = async (card: Card, request: Request<object>, response: Response, caching = PUBLIC) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([LOOKS, card]))
      .digest("base64url");
    response.type("png").setHeader("ETag", `"${digest}"`);
    response.setHeader("Cache-Control", caching);
    // A client that has this image already costs no drawing.
    if (request.fresh) return response.status(304).end();
    const png = await kept.get(digest, () => cards.paint(card)).catch(refuse(response));
    response.send(png);
  };

  router.get(ROUTE.playerCard, async (request, response) => {
    await admitReader(reading, request, response, "card");
    const player = await reading.reads.player(request.params.name);
    if (!player) throw new Refused(404, "No player has this name.");
    if ("movedTo" in player)
      return response.redirect(302, pathTo(ROUTE.playerCard, { name: player.movedTo }));
    const { matches: _matches, ...profile } = player;
    await send({ is: "profile", profile }, request, response);
  });
  router.get(ROUTE.matchCard, async (request, response) => {
    await admitReader(reading, request, response, "card");
    const match = await reading.reads.match(request.params.id);
    if (!match) throw new Refused(404, "There is no match with this id.");
    if (match.isHosted) response.setHeader("X-Robots-Tag", "noindex");
    const { hasReplay: _hasReplay, ...shown } = match;
    await send({ is: "match", match: shown }, request, response);
  });
  router.get(ROUTE.roomCard, async (request, response) => {
    const visitor = await admitReader(reading, request, response, "card");
    response.setHeader("X-Robots-Tag", "noindex");
    const row = await lookUpArena({ limits: reading.limits, directory }, request.params.code, visitor);
    const listing = row && listingOf(row);
    if (!listing) throw new Refused(404, "There is no room of this code.");
    const { title, hosted, mode, map, mapTitle, players, playersMax, password } = listing;
    const room = { title, hosted, mode, map, players, playersMax, password, ...(mapTitle && { mapTitle }) };
    // The code is the room's secret, and who is there changes: no cache on the way may answer in the server's place.
    await send({ is: "room", room }, request, response, "private, no-cache");
  });
  router.get(ROUTE.arenaCard, async (request, response) => {
    await admitReader(reading, request, response, "card");
    const found = await reading.reads.publishedArena(request.params.id);
    if (!found) throw new Refused(404, "There is no such arena in the gallery.");
    const { title, author, modes, players, map } = found;
    await send({ is: "arena", arena: { title, author, modes, players, map } }, request, response);
  });
  router.get(ROUTE.siteCard, async (request, response) => {
    await admitReader(reading, request, response, "card");
    await send({ is: "site", arena: SITE_ARENA }, request, response);
  });
  return router;
}

const refuse =
  (response: Response) =>
  (error: unknown): never => {
    response.removeHeader("ETag");
    response.setHeader("Cache-Control", "no-store");
    if (error instanceof CardsBusyError)
      throw new Refused(REFUSAL.restarting, "Too many images are being drawn.", BUSY_SEC);
    if (!(error instanceof CardsFailedError)) throw error;
    logError(error.cause ?? error, "a share image could not be drawn");
    throw new Refused(REFUSAL.restarting, "This image cannot be drawn.", FAILED_SEC);
  };
