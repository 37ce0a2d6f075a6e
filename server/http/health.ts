/**
 * GET /healthz: whether the process answers. GET /readyz: whether it accepts new players. OPTIONS / is how HAProxy asks
 * by default whether a server is there.
 */
import express, { type Router } from "express";
import { ROUTE } from "#shared/protocol/http.ts";

export function healthRoute(isClosing: () => boolean): Router {
  const router = express.Router();
  router.get(ROUTE.alive, (_request, response) => void response.type("text").send("ok\n"));
  router.get(ROUTE.ready, (_request, response) => {
    if (isClosing()) response.status(503).type("text").send("closing\n");
    else response.type("text").send("ready\n");
  });
  router.options("/", (_request, response) => void response.status(204).end());
  return router;
}
