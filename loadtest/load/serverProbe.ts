/** Reads the metrics of the server under test. */
import { ROUTE } from "#shared/protocol/http.ts";
import { parseMetrics, type Reading } from "./report/prometheus.ts";

const ANSWER_MS = 5_000;

export interface ServerProbe {
  /** Undefined if the server refuses /metrics, or does not answer in time. */
  read(): Promise<Reading | undefined>;
}

export function createServerProbe(endpoint: string, metricsToken: string | undefined): ServerProbe {
  const url = new URL(ROUTE.metrics, endpoint);
  const headers: Record<string, string> = metricsToken ? { authorization: `Bearer ${metricsToken}` } : {};
  return {
    async read() {
      try {
        const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) });
        const text = await response.text();
        return response.ok ? parseMetrics(text, performance.now()) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
