/** GET /api/replays/ID: what a replay says about itself. GET /api/replays/ID/file: its bytes, by ranges. */
import express, { type Router } from "express";
import { Refused } from "#server/edge/refused.ts";
import type { Shelf } from "#server/services/replays/shelf.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { admitReader, type Reading, sendPublic } from "./publicJson.ts";

/** A file never changes, but it may be deleted. */
const MAX_AGE_SEC = 3600;

const GONE = "There is no replay with this id: its match may still go on, or it is too long ago.";

export function replaysRoute(reading: Reading, shelf: Pick<Shelf, "find" | "info">): Router {
  const router = express.Router();
  router.get(ROUTE.replay, async (request, response) => {
    await admitReader(reading, request, response);
    const info = await shelf.info(request.params.id).catch((error: unknown) => {
      if (error instanceof ReplayError) throw new Refused(410, error.message);
      throw error;
    });
    if (!info) throw new Refused(404, GONE);
    // Visible to everybody with the link, but not for search engines.
    if (info.head.isHosted) response.setHeader("X-Robots-Tag", "noindex");
    sendPublic(response, info, MAX_AGE_SEC);
  });

  router.get(ROUTE.replayFile, async (request, response) => {
    await admitReader(reading, request, response, "segment");
    const path = await shelf.find(request.params.id);
    if (path === undefined) throw new Refused(404, GONE);
    response.type("application/octet-stream").setHeader("Content-Disposition", "attachment");
    // Answers a Range, and ends when the reader has gone.
    await new Promise<void>((resolve) =>
      response.sendFile(path, { maxAge: MAX_AGE_SEC * 1000, immutable: true, dotfiles: "allow" }, () =>
        resolve(),
      ),
    );
  });
  return router;
}
