/** GET / and its files: the built client. Files with a hash in their name never change; the page is asked for anew. */
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";

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
  return router;
}
