/** GET /api/maps/NAME.tmj: the map that a room names in its state, exactly as the server read it. */
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import { MAPS_FOLDER } from "#server/arenas.ts";

export function mapsRoute(): Router {
  const router = express.Router();
  router.use(
    "/api/maps",
    express.static(fileURLToPath(MAPS_FOLDER), {
      index: false,
      fallthrough: false,
      setHeaders: (response) => response.type("application/json"),
    }),
  );
  return router;
}
