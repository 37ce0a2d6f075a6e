/**
 * GET /healthz: whether the process answers. GET /readyz: whether it accepts new players, and what an operator should know.
 * OPTIONS / is how HAProxy asks by default whether a server is there.
 */
import express, { type Router } from "express";
import { ROUTE } from "#shared/protocol/http.ts";

/** State of the store and of the results that wait for it. */
export interface Keeping {
  /** How long the store has been away; undefined while it is there. */
  readonly awaySec: number | undefined;
  readonly waitingCount: number;
  readonly asideCount: number;
}

/**
 * `keeping`: undefined if nothing lasts beyond this run. `fleetAwaySec`: for how long the other machines cannot be reached. A
 * server whose store or Redis is away stays ready: matches go on.
 */
export function healthRoute(
  isClosing: () => boolean,
  keeping: Keeping | undefined,
  fleetAwaySec: () => number | undefined,
): Router {
  const router = express.Router();
  router.get(ROUTE.alive, (_request, response) => void response.type("text").send("ok\n"));
  router.get(ROUTE.ready, (_request, response) => {
    if (isClosing()) response.status(503).type("text").send("closing\n");
    else
      response
        .type("text")
        .send(`${["ready", ...complaints(keeping), ...fleetComplaints(fleetAwaySec())].join(", ")}\n`);
  });
  router.options("/", (_request, response) => void response.status(204).end());
  return router;
}

function complaints(keeping: Keeping | undefined): string[] {
  if (!keeping) return ["nothing lasts: DATA_DIR cannot be written"];
  const { awaySec, waitingCount, asideCount } = keeping;
  return [
    awaySec === undefined ? "" : `store away since ${awaySec} s`,
    waitingCount === 0 ? "" : `results that wait: ${waitingCount}`,
    asideCount === 0 ? "" : `results set aside: ${asideCount}`,
  ].filter(Boolean);
}

const fleetComplaints = (awaySec: number | undefined): string[] =>
  awaySec === undefined ? [] : [`other machines away since ${awaySec} s: Redis does not answer`];
