/**
 * GET / and its files: the built client. Files with a hash in their name never change; the page is asked for anew. GET
 * /r/CODE: the same page, which asks what has become of the room.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Response, type Router } from "express";
import { ROUTE } from "#shared/protocol/http.ts";
import { readRoomCode } from "#shared/protocol/roomCode.ts";

const CLIENT_FOLDER = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const HASHED = /\/assets\//;
const TEXT = /\.(?:js|css|html)$/;
/** What the build has compressed (game-client/precompress.ts), the smallest first, and how its files end. */
const ENCODINGS = { br: ".br", gzip: ".gz" } as const;
type Encoding = keyof typeof ENCODINGS;

export function pageRoute(): Router {
  const router = express.Router();
  const plain = express.static(CLIENT_FOLDER, { setHeaders: describe });
  const small = {
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
    small[encoding](request, response, (error) => {
      request.url = url;
      if (error) return next(error);
      plain(request, response, next);
    });
  });
  router.get(ROUTE.roomPage, (request, response) => {
    // No room ever had such a code: the page says so, and to machines so does the status.
    response.status(readRoomCode(request.params.code) ? 200 : 404);
    // A link is for those who were given it.
    response.setHeader("X-Robots-Tag", "noindex").setHeader("Cache-Control", "no-cache");
    response.sendFile("index.html", { root: CLIENT_FOLDER, cacheControl: false });
  });
  return router;
}

function describe(response: Response, file: string): void {
  const isHashed = HASHED.test(file);
  response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
}

/** The file's own type is that of what it was before. */
const describeAs = (encoding: Encoding) => (response: Response, file: string) => {
  describe(response, file);
  response.setHeader("Content-Encoding", encoding);
  response.type(extname(file.slice(0, -ENCODINGS[encoding].length)));
};
