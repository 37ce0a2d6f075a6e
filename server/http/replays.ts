/**
 * GET /api/replays/ID: what a replay says about itself. GET /api/replays/ID/map: the arena as it was then. GET
 * /api/replays/ID/file: the replay's bytes, whole or one range of them.
 */
import express, { type Response, type Router } from "express";
import { MAPS } from "#server/arenas.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Shelf } from "#server/services/replays/shelf.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import type { ReplayInfo, ReplayPending } from "#shared/replay/replay.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { admitReader, type Reading, sendPublic } from "./publicJson.ts";

/** None of these answers ever changes, but a replay may be deleted. */
const MAX_AGE_SEC = 3600;

const GONE = "There is no replay with this id: it may be too long ago.";
/** While a match goes on, the page asks again after so long. */
const GOES_ON_SEC = 5;
const ARENA_GONE = "The arena of this replay is not known any more.";

/** Headers of a file that an error's answer must not have; Express gives that an ETag of its own. */
const OF_A_FILE = [
  "Accept-Ranges",
  "Cache-Control",
  "Content-Type",
  "Content-Disposition",
  "ETag",
  "Last-Modified",
];

export function replaysRoute(reading: Reading, shelf: Pick<Shelf, "find" | "lookUp" | "arena">): Router {
  const router = express.Router();
  router.get(ROUTE.replay, async (request, response) => {
    await admitReader(reading, request, response);
    const info = await infoOf(shelf, request.params.id, response);
    if (info !== "goesOn") return sendPublic(response, info, MAX_AGE_SEC);
    // No failure, which a browser would write to the console of each page that waits.
    response.status(202).setHeader("Retry-After", GOES_ON_SEC).setHeader("Cache-Control", "no-store");
    response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    response.json({ is: "goesOn" } satisfies ReplayPending);
  });

  router.get(ROUTE.replayMap, async (request, response) => {
    await admitReader(reading, request, response);
    const info = await infoOf(shelf, request.params.id, response);
    if (info === "goesOn") throw new Refused(404, GONE);
    const { head } = info;
    const offered = MAPS.get(head.map);
    const isSame = offered?.sha256 === head.mapSha256;
    const text = isSame ? offered.tiledJson : await shelf.arena(head.mapSha256);
    if (text === undefined) throw new Refused(404, ARENA_GONE);
    response.type("json").setHeader("Cache-Control", `public, max-age=${MAX_AGE_SEC}`);
    response.setHeader("ETag", `"${head.mapSha256}"`).send(text);
  });

  // Browsers ask before they send a Range that is not of the simplest form to another site.
  router.options(ROUTE.replayFile, (_request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "Range, If-Range");
    response.setHeader("Access-Control-Max-Age", "86400").status(204).end();
  });
  router.get(ROUTE.replayFile, async (request, response) => {
    await admitReader(reading, request, response, "segment");
    const path = await shelf.find(request.params.id);
    if (path === undefined) throw new Refused(404, GONE);
    response.setHeader("X-Robots-Tag", "noindex");
    response.setHeader("Access-Control-Expose-Headers", "Accept-Ranges, Content-Range, ETag, Retry-After");
    await sendFile(response, path, request.params.id.toLowerCase());
  });
  return router;
}

/** Throws Refused. */
async function infoOf(
  shelf: Pick<Shelf, "lookUp">,
  id: string,
  response: Response,
): Promise<ReplayInfo | "goesOn"> {
  const info = await shelf.lookUp(id).catch((error: unknown) => {
    if (error instanceof ReplayError) throw new Refused(410, error.message);
    throw error;
  });
  if (!info) throw new Refused(404, GONE);
  // Visible to everybody with the link, but not for search engines.
  if (info !== "goesOn" && info.head.isHosted) response.setHeader("X-Robots-Tag", "noindex");
  return info;
}

/** Answers one Range; several are answered with the whole file. Throws Refused. */
async function sendFile(response: Response, path: string, id: string): Promise<void> {
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="${id}.replay"`,
    ETag: `"${id}"`,
  };
  const options = { headers, maxAge: MAX_AGE_SEC * 1000, immutable: true, dotfiles: "allow" } as const;
  const error = await new Promise<(Error & { status?: number; code?: string }) | undefined>((resolve) =>
    response.sendFile(path, options, resolve),
  );
  if (!error || error.code === "ECONNABORTED") return;
  // Half a file must not look like a whole one.
  if (response.headersSent) return void response.destroy();
  for (const name of OF_A_FILE) response.removeHeader(name);
  // The answer keeps Content-Range, which has the file's length.
  if (error.status === 416) throw new Refused(416, "The replay's file is shorter.");
  response.removeHeader("Content-Range");
  if (error.status === 404) throw new Refused(404, GONE);
  throw error;
}
