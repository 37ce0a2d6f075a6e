/**
 * GET / and its files: the built page, held in memory. Files with a hash in their names are cached for ever; the others are
 * revalidated by their content. previewedPages.ts sends the page under all of its other addresses.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Request, type Response, type Router } from "express";
import { log } from "#server/log.ts";
import { type Previewed, previewedPages, type SendPage } from "./previewedPages.ts";
import { etagOf } from "./publicJson.ts";

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

/** Reads the built page now. Without one its paths are 404, and the log says so. */
export function pageRoute(previewed: Omit<Previewed, "html" | "sendPlain">): Router {
  const files = readFiles(CLIENT_FOLDER);
  const index = files.get(INDEX);
  if (!index) log.warn("the page is not built: run `npm run build`, then start the server again");
  const router = express.Router();
  if (index) {
    const html = index.plain.bytes.toString();
    const sendPlain: SendPage = (request, response) => send(index, "no-cache", request, response);
    router.use(previewedPages({ html, sendPlain, ...previewed }));
  }
  router.use((request, response, next) => {
    const { method, path } = request;
    const file = files.get(path === "/" ? INDEX : path);
    if (!file || (method !== "GET" && method !== "HEAD")) return next();
    send(file, HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache", request, response);
  });
  return router;
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
