/**
 * GET / and its files: the built client. Files with a hash in their name never change; the page is asked for anew. GET
 * /r/CODE: the same page, which asks what has become of the room.
 */
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import { readRoomCode } from "#shared/protocol/roomCode.ts";

const CLIENT_FOLDER = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const HASHED = /\/assets\//;

export function pageRoute(): Router {
  const router = express.Router();
  router.use(
    express.static(CLIENT_FOLDER, {
      setHeaders: (response, file) =>
        response.setHeader(
          "Cache-Control",
          HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
        ),
    }),
  );
  router.get("/r/:code", (request, response) => {
    // No room ever had such a code: the page says so, and to machines so does the status.
    response.status(readRoomCode(request.params.code) ? 200 : 404);
    // A link is for those who were given it.
    response.setHeader("X-Robots-Tag", "noindex").setHeader("Cache-Control", "no-cache");
    response.sendFile("index.html", { root: CLIENT_FOLDER, cacheControl: false });
  });
  return router;
}
