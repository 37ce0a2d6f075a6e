/**
 * GET / and its files: the built client. Files with a hash in their names are cached for ever; the page itself is
 * revalidated. GET /r/CODE: the same page, which then looks up the room.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Response, type Router } from "express";
import { ROUTE } from "#shared/protocol/http.ts";
import { readRoomCode } from "#shared/protocol/roomCode.ts";

const CLIENT_FOLDER = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const HASHED = /\/assets\//;
const TEXT = /\.(?:js|css|html)$/;
/** Encodings that the build writes (game-client/precompress.ts), smallest first, with their file endings. */
const ENCODINGS = { br: ".br", gzip: ".gz" } as const;
type Encoding = keyof typeof ENCODINGS;

export function pageRoute(): Router {
  const router = express.Router();
  const plain = express.static(CLIENT_FOLDER, { setHeaders: describe });
  const compressed = {
    br: express.static(CLIENT_FOLDER, { setHeaders: describeAs("br") }),
    gzip: express.static(CLIENT_FOLDER, { setHeaders: describeAs("gzip") }),
  };
  router.use((request, response, next) => {
    const { url, path } = request;
    const file = path === "/" ? "/index.html" : path;
    if (!TEXT.test(file)) return plain(request, response, next);
    response.vary("Accept-Encoding");
    const encoding = (Object.keys(ENCODINGS) as Encoding[]).find((each) => request.acceptsEncodings(each));
    if (!encoding) return plain(request, response, next);
    request.url = `${file}${ENCODINGS[encoding]}`;
    compressed[encoding](request, response, (error) => {
      request.url = url;
      if (error) return next(error);
      plain(request, response, next);
    });
  });
  router.get(ROUTE.roomPage, (request, response) => {
    // 404 for a text that cannot be a room code; the page shows the same to people.
    response.status(readRoomCode(request.params.code) ? 200 : 404);
    // Room links are private: keep them out of search engines.
    response.setHeader("X-Robots-Tag", "noindex").setHeader("Cache-Control", "no-cache");
    response.sendFile("index.html", { root: CLIENT_FOLDER, cacheControl: false });
  });
  return router;
}

function describe(response: Response, file: string): void {
  const isHashed = HASHED.test(file);
  response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
}

/** Keeps the content type of the uncompressed file. */
const describeAs = (encoding: Encoding) => (response: Response, file: string) => {
  describe(response, file);
  response.setHeader("Content-Encoding", encoding);
  response.type(extname(file.slice(0, -ENCODINGS[encoding].length)));
};
