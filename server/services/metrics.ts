/** What the server counts, for /metrics. */
import { Counter, collectDefaultMetrics, Registry } from "prom-client";

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const refusals = new Counter({
  name: "fracas_refused_total",
  help: "Connections, requests and frames that the edge turned away, by reason.",
  labelNames: ["reason"],
  registers: [registry],
});

/** `reason`: one of a few fixed texts, never anything that a visitor wrote. */
export function countRefusal(reason: string): void {
  refusals.inc({ reason });
}
