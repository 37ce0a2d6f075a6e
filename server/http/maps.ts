/**
 * GET /api/maps: the maps that a host can choose, featured arenas among them. GET /api/maps/NAME.tmj: a map's Tiled file, byte for
 * byte as the server read it.
 */
import express, { type Router } from "express";
import { MAPS, publicMaps } from "#server/arenas.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { offerOf } from "./arenas.ts";

export function mapsRoute(): Router {
  const router = express.Router();
  router.get(ROUTE.maps, (_request, response) => {
    const offers = publicMaps().map(({ arena }) => offerOf({ arena, title: arena.title ?? "" }));
    response.setHeader("Cache-Control", "no-cache").json(offers);
  });
  router.get(ROUTE.map, (request, response, next) => {
    const map = MAPS.get(request.params.name);
    if (!map) return next();
    response.type("application/json").setHeader("Cache-Control", "no-cache").send(map.tiledJson);
  });
  return router;
}
