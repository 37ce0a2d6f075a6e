/** What the server has counted as refused. */
import { registry } from "#server/services/metrics.ts";

/** How often so far, for this reason. */
export async function refusals(reason: string): Promise<number> {
  const { values } = (await registry.getSingleMetric("fracas_refused_total")?.get()) ?? { values: [] };
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}
