import { beforeEach, describe, expect, test } from "vitest";
import { netGraphOpen, netGraphRows } from "#client/ui/state/model.ts";
import { createNetGraphFeed } from "./netGraph.ts";

const FRAME_MS = 1000 / 60;

function feed() {
  const corrections = { count: 4, lastPx: 1 };
  let samples = 0;
  const traffic = {
    sample: () => ({
      patchIntervalMs: ++samples,
      patchBytes: 200,
      downBytesPerSec: 4000,
      upBytesPerSec: 300,
    }),
  };
  const prediction = { corrections, pendingCommands: 3, interpolationMs: 100, jitterMs: 2 };
  const { update } = createNetGraphFeed({ ping: { ms: 40 }, traffic, prediction });
  let nowMs = 1000;
  const play = (ms: number) => {
    for (const until = nowMs + ms; nowMs < until; nowMs += FRAME_MS) update(nowMs);
  };
  return { corrections, play, samples: () => samples };
}

describe("net graph feed", () => {
  beforeEach(() => {
    netGraphOpen.value = false;
    netGraphRows.value = [];
  });

  test("[NETGRAPH-1] neither samples nor keeps rows while the graph is closed", () => {
    const { play, samples } = feed();
    play(2000);
    expect([samples(), netGraphRows.value.length]).toEqual([0, 0]);
  });

  test("[NETGRAPH-2] adds ten rows a second at 60 frames a second and keeps the newest 100", () => {
    const { play } = feed();
    netGraphOpen.value = true;
    play(2050);
    expect(netGraphRows.value).toHaveLength(20);
    expect(netGraphRows.value[0]).toMatchObject({ roundTripMs: 40, jitterMs: 2, patchBytes: 200 });
    play(30_000);
    expect(netGraphRows.value).toHaveLength(100);
    const times = netGraphRows.value.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(32_900);
  });

  test("[NETGRAPH-3] starts empty when reopened, without corrections made while it was closed", () => {
    const { play, corrections } = feed();
    netGraphOpen.value = true;
    play(500);
    netGraphOpen.value = false;
    play(100);
    corrections.count += 2;
    netGraphOpen.value = true;
    play(350);
    expect(netGraphRows.value.map(({ correctionPx }) => correctionPx)).toEqual([0, 0, 0]);
  });

  test("[NETGRAPH-4] a correction appears in exactly one row, that of its interval", () => {
    const { play, corrections } = feed();
    netGraphOpen.value = true;
    play(150);
    Object.assign(corrections, { count: 5, lastPx: 2.5 });
    play(300);
    expect(netGraphRows.value.map(({ correctionPx }) => correctionPx)).toEqual([0, 2.5, 0, 0]);
  });
});
