/**
 * GET / and its files: the built page, held in memory. Files with a hash in their names are cached for ever; the others are
 * revalidated by their content. GET /r/CODE: the same page, which then looks up the room. GET /u/NAME, /m/ID and
 * /leaderboard: the same page with tags for previews of the link. GET /career: the same page.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Request, type Response, type Router } from "express";
import { ownOrigin } from "#server/edge/origins.ts";
import { Refused } from "#server/edge/refused.ts";
import { log } from "#server/log.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { readRoomCode } from "#shared/protocol/roomCode.ts";
import {
  LEADERBOARD_PREVIEW,
  matchPreview,
  type Preview,
  profilePreview,
  withPreview,
} from "./linkPreview.ts";
import { countReader, etagOf, type Reading } from "./publicJson.ts";

const CLIENT_FOLDER = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const INDEX = "/index.html";
const HASHED = /^\/assets\//;
/** Encodings that the build writes (game-client/precompress.ts), smallest first, with their file endings. */
const ENCODINGS = { br: ".br", gzip: ".gz" } as const;
type Encoding = keyof typeof ENCODINGS;

interface Body {
  bytes: Buffer;
  /** A digest of the bytes: what an update unpacks may be older than what it replaces. */
  etag: string;
}

interface PageFile {
  type: string;
  plain: Body;
  compressed: Partial<Record<Encoding, Body>>;
}

/** Reads the built page now. Without one its paths are 404, and the log says so. `publicUrl`: undefined to take the request's. */
export function pageRoute(reading: Reading, publicUrl: string | undefined): Router {
  const files = readFiles(CLIENT_FOLDER);
  const index = files.get(INDEX);
  if (!index) log.warn("the page is not built: run `npm run build`, then start the server again");
  const router = express.Router();
  router.get(ROUTE.roomPage, (request, response, next) => {
    if (!index) return next();
    // 404 for a text that cannot be a room code; the page shows the same to people.
    response.status(readRoomCode(request.params.code) ? 200 : 404);
    // Room links are private: keep them out of search engines.
    response.setHeader("X-Robots-Tag", "noindex");
    send(index, "no-cache", request, response);
  });
  if (index) router.use(previewedPages(index, reading, publicUrl));
  router.use((request, response, next) => {
    const { method, path } = request;
    const file = files.get(path === "/" ? INDEX : path);
    if (!file || (method !== "GET" && method !== "HEAD")) return next();
    send(file, HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache", request, response);
  });
  return router;
}

function previewedPages(index: PageFile, reading: Reading, publicUrl: string | undefined): Router {
  const router = express.Router();
  const html = index.plain.bytes.toString();
  /** Undefined: the page without tags, because nobody knows what it shows. Null: there is no such thing. */
  const answer = (request: Request<object>, response: Response, preview: Preview | null | undefined) => {
    if (preview === null) response.status(404);
    if (!preview) return send(index, "no-cache", request, response);
    const page = withPreview(html, preview, publicUrl?.replace(/\/$/, "") ?? ownOrigin(request) ?? "");
    response.type("html").setHeader("Cache-Control", "no-cache").setHeader("ETag", etagOf(page));
    response.send(page);
  };

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
  router.get(ROUTE.careerPage, (request, response) => answer(request, response, undefined));
  router.get(ROUTE.leaderboardPage, (request, response) => answer(request, response, LEADERBOARD_PREVIEW));
  return router;
}

/** Undefined if the store is away or the visitor looks too often: the page then says so itself. */
async function lookUp<Found>(
  reading: Reading,
  request: Request<object>,
  find: () => Promise<Found>,
): Promise<Found | undefined> {
  try {
    await countReader(reading, request);
    return await find();
  } catch (error) {
    if (error instanceof StoreAwayError) return undefined;
    if (error instanceof Refused && error.status === REFUSAL.tooMany) return undefined;
    throw error;
  }
}

/** Express answers 304 to a request that has the ETag already, and HEAD without the bytes. */
function send(
  { type, plain, compressed }: PageFile,
  caching: string,
  request: Request<object>,
  response: Response,
) {
  const offered = Object.keys(compressed) as Encoding[];
  if (offered.length > 0) response.vary("Accept-Encoding");
  const encoding = offered.find((each) => request.acceptsEncodings(each));
  if (encoding) response.setHeader("Content-Encoding", encoding);
  const { bytes, etag } = (encoding && compressed[encoding]) ?? plain;
  response.type(type).setHeader("Cache-Control", caching).setHeader("ETag", etag);
  response.send(bytes);
}

/** By the path of their URL. */
function readFiles(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const isCompressed = Object.values<string>(ENCODINGS).includes(extname(file));
    if (!entry.isFile() || isCompressed || entry.name.startsWith(".")) continue;
    const compressed: PageFile["compressed"] = {};
    for (const [encoding, ending] of Object.entries(ENCODINGS)) {
      if (existsSync(file + ending)) compressed[encoding as Encoding] = readBody(file + ending);
    }
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    files.set(path, { type: extname(file), plain: readBody(file), compressed });
  }
  return files;
}

function readBody(file: string): Body {
  const bytes = readFileSync(file);
  return { bytes, etag: etagOf(bytes) };
}
