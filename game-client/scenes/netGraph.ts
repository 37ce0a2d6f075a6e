/** Carries what the net graph plots from the connection and prediction into the interface's signal, while it is open. */
import type { Ping } from "#client/net/ping.ts";
import type { Traffic } from "#client/net/traffic.ts";
import { NET_GRAPH_ROWS_MAX, type NetGraphRow, netGraphOpen, netGraphRows } from "#client/ui/state/model.ts";

/** What the graph reads of net/prediction.ts. */
export interface PlottedPrediction {
  readonly corrections: { readonly count: number; readonly lastPx: number };
  /** Sent, and not yet acknowledged. */
  readonly pendingCommands: number;
  readonly interpolationMs: number;
  readonly jitterMs: number;
}

export interface NetGraphSources {
  ping: Pick<Ping, "ms">;
  traffic: Pick<Traffic, "sample">;
  prediction: PlottedPrediction;
}

export interface NetGraphFeed {
  /** Once a frame. */
  update(nowMs: number): void;
}

const ROW_MS = 100;

export function createNetGraphFeed({ ping, traffic, prediction }: NetGraphSources): NetGraphFeed {
  let feeding = false;
  let dueAtMs = 0;
  let correctionsSeen = 0;

  /** What happened while nobody looked is not news. */
  const start = (nowMs: number) => {
    feeding = true;
    dueAtMs = nowMs + ROW_MS;
    correctionsSeen = prediction.corrections.count;
    traffic.sample();
    netGraphRows.value = [];
  };

  const correctionPx = () => {
    const { count, lastPx } = prediction.corrections;
    const isNew = count > correctionsSeen;
    correctionsSeen = count;
    return isNew ? lastPx : 0;
  };

  const rowAt = (atMs: number): NetGraphRow => ({
    atMs,
    roundTripMs: ping.ms,
    jitterMs: prediction.jitterMs,
    ...traffic.sample(),
    interpolationMs: prediction.interpolationMs,
    pendingCommands: prediction.pendingCommands,
    correctionPx: correctionPx(),
  });

  return {
    update(nowMs) {
      if (!netGraphOpen.value) feeding = false;
      else if (!feeding) start(nowMs);
      else if (nowMs >= dueAtMs) {
        // On the beat while frames are, so that they do not stretch it; after a long frame from there on.
        dueAtMs = nowMs - dueAtMs < ROW_MS ? dueAtMs + ROW_MS : nowMs + ROW_MS;
        netGraphRows.value = [...netGraphRows.value, rowAt(nowMs)].slice(-NET_GRAPH_ROWS_MAX);
      }
    },
  };
}
