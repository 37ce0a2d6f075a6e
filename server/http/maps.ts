/**
 * GET /api/maps: the maps that a host can choose. GET /api/maps/NAME.tmj: a map's Tiled file, byte for byte as the server
 * read it.
 */
import express, { type Router } from "express";
import { MAPS } from "#server/arenas.ts";
import { type MapOffer, ROUTE } from "#shared/protocol/http.ts";

const OFFERS: readonly MapOffer[] = Array.from(MAPS.values(), ({ arena }) => {
  const { name, modes, players, theme, use } = arena;
  return { name, modes, players, theme, use };
});

export function mapsRoute(): Router {
  const router = express.Router();
  router.get(ROUTE.maps, (_request, response) => {
    response.setHeader("Cache-Control", "no-cache").json(OFFERS);
  });
  router.get(ROUTE.map, (request, response, next) => {
    const map = MAPS.get(request.params.name);
    if (!map) return next();
    response.type("application/json").setHeader("Cache-Control", "no-cache").send(map.tiledJson);
  });
  return router;
}
