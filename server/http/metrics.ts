/** GET /metrics: metrics in Prometheus' text format, for holders of METRICS_TOKEN; in development, without one, for this machine. */
import express, { type Request, type Router } from "express";
import type { Locate } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import { isSecret } from "#server/edge/secrets.ts";
import { LastingSums } from "#server/services/lastingSums.ts";
import { exposition, type ProcessMetrics, registry } from "#server/services/metrics.ts";
import { ROUTE } from "#shared/protocol/http.ts";

export interface MetricsRules {
  metricsToken: string | undefined;
  production: boolean;
}

/** `ofOthers`: the metrics of the other processes of this machine, which one scrape shows with those of this one. */
export function metricsRoute(
  locate: Locate,
  { metricsToken, production }: MetricsRules,
  ofOthers: () => Promise<ProcessMetrics[]>,
): Router {
  const router = express.Router();
  const sums = new LastingSums();
  const mayRead = (request: Request) =>
    metricsToken
      ? isSecret(request.headers.authorization, `Bearer ${metricsToken}`)
      : !production && locate(request).isLoopback;
  router.get(ROUTE.metrics, async (request, response) => {
    if (!mayRead(request)) throw new Refused(404, "There is nothing here.");
    const others = await ofOthers();
    response.type(registry.contentType).send(await exposition(others, sums.absentFrom(others)));
  });
  return router;
}
