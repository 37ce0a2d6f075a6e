/** One reading of /metrics that keeps the processes apart. */

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const PROCESS = /(?:^|,)process="([^"]*)"/;

/** The process of a series without a label: of the whole server, or of the only process. */
const WHOLE = "";

export class Scrape {
  /** On the performance.now() clock. */
  readonly atMs: number;
  /** Metric → process → value, summed over all other labels. */
  readonly #series = new Map<string, Map<string, number>>();

  constructor(text: string, atMs: number) {
    this.atMs = atMs;
    for (const line of text.split("\n")) {
      const [, name = "", labels = "", amount = ""] = LINE.exec(line) ?? [];
      if (!name) continue;
      const process = PROCESS.exec(labels)?.[1] ?? WHOLE;
      const series = this.#series.get(name) ?? new Map<string, number>();
      this.#series.set(name, series.set(process, (series.get(process) ?? 0) + Number(amount)));
    }
  }

  /** Process → value; empty if there is no such metric. */
  of(metric: string): ReadonlyMap<string, number> {
    return this.#series.get(metric) ?? new Map();
  }

  /** Sum over all processes; undefined if there is no such metric. */
  sum(metric: string): number | undefined {
    const series = this.#series.get(metric);
    return series && [...series.values()].reduce((total, value) => total + value, 0);
  }
}

export interface CpuShares {
  /** CPU time of the process that owns the port, as a share of a core; the whole server if it is one process. */
  readonly front: number;
  readonly rooms: number;
}

/** CPU between two readings. A process that was replaced in between makes it wrong. */
export function cpuBetween(before: Scrape, after: Scrape): CpuShares {
  const seconds = (after.atMs - before.atMs) / 1000;
  const shares = { front: 0, rooms: 0 };
  for (const [process, spentSec] of after.of(CPU)) {
    const share = (spentSec - (before.of(CPU).get(process) ?? 0)) / seconds;
    shares[process.startsWith("room") ? "rooms" : "front"] += share;
  }
  return shares;
}

const CPU = "process_cpu_seconds_total";
