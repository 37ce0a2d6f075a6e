/** Samples the connection and prediction into the net graph's signal while the graph is open. */
import type { Ping } from "#client/net/ping.ts";
import type { Traffic } from "#client/net/traffic.ts";
import { NET_GRAPH_ROWS_MAX, type NetGraphRow, netGraphOpen, netGraphRows } from "#client/ui/state/model.ts";

/** The part of `Prediction` that the graph reads. */
export interface PlottedPrediction {
  readonly corrections: { readonly count: number; readonly lastPx: number };
  /** Commands that the server has not acknowledged yet. */
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
  /** Call once a frame. */
  update(nowMs: number): void;
}

const ROW_MS = 100;

export function createNetGraphFeed({ ping, traffic, prediction }: NetGraphSources): NetGraphFeed {
  let isFeeding = false;
  let dueAtMs = 0;
  let correctionsSeen = 0;

  /** Discards what was counted while the graph was closed. */
  const start = (nowMs: number) => {
    isFeeding = true;
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
      if (!netGraphOpen.value) isFeeding = false;
      else if (!isFeeding) start(nowMs);
      else if (nowMs >= dueAtMs) {
        // Rows keep a fixed rate, whatever the frame rate; after a long frame the rate starts anew.
        dueAtMs = nowMs - dueAtMs < ROW_MS ? dueAtMs + ROW_MS : nowMs + ROW_MS;
        netGraphRows.value = [...netGraphRows.value, rowAt(nowMs)].slice(-NET_GRAPH_ROWS_MAX);
      }
    },
  };
}
