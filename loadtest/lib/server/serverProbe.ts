/** Reads a server's /metrics. */
import { parseMetrics, type Reading } from "#loadtest/load/report/prometheus.ts";
import { ROUTE } from "#shared/protocol/http.ts";

const ANSWERS_WITHIN_MS = 5_000;

export interface ServerProbe {
  /** Undefined when the server does not tell: it has no such page for us, or did not answer in time. */
  read(): Promise<Reading | undefined>;
}

export function createServerProbe(endpoint: string, metricsToken: string | undefined): ServerProbe {
  const url = new URL(ROUTE.metrics, endpoint);
  const headers: Record<string, string> = metricsToken ? { authorization: `Bearer ${metricsToken}` } : {};
  return {
    async read() {
      try {
        const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
        const text = await response.text();
        return response.ok ? parseMetrics(text, performance.now()) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
