/** Reads the metric fracas_refused_total. */
import { registry } from "#server/services/metrics.ts";

/** The number of refusals for a reason so far. */
export async function refusals(reason: string): Promise<number> {
  const { values } = (await registry.getSingleMetric("fracas_refused_total")?.get()) ?? { values: [] };
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}
