/** GET /metrics: metrics in Prometheus' text format, for holders of METRICS_TOKEN; in development, without one, for this machine. */
import express, { type Request, type Router } from "express";
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from "prom-client";
import type { Locate } from "#server/edge/networks.ts";
import { Refused } from "#server/edge/refused.ts";
import { isSecret } from "#server/edge/secrets.ts";
import { registry } from "#server/services/metrics.ts";
import { ROUTE } from "#shared/protocol/http.ts";

type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

export interface MetricsRules {
  metricsToken: string | undefined;
  production: boolean;
}

/** `others`: the metrics of the server's other processes, as JSON; one scrape shows the sum of all. */
export function metricsRoute(
  locate: Locate,
  { metricsToken, production }: MetricsRules,
  others: () => Promise<ProcessMetrics[]> = async () => [],
): Router {
  const router = express.Router();
  const mayRead = (request: Request) =>
    metricsToken
      ? isSecret(request.headers.authorization, `Bearer ${metricsToken}`)
      : !production && locate(request).isLoopback;
  router.get(ROUTE.metrics, async (request, response) => {
    if (!mayRead(request)) throw new Refused(404, "There is nothing here.");
    response.type(registry.contentType).send(await textOf(await others()));
  });
  return router;
}

/** In Prometheus' text format. */
async function textOf(others: ProcessMetrics[]): Promise<string> {
  if (others.length === 0) return registry.metrics();
  return AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), ...others]).metrics();
}
