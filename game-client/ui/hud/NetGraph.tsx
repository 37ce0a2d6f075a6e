/** The last ten seconds of the connection as plots over the arena; F3 toggles them. */
import { computed, effect, useComputed } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type UPlot from "uplot";
import { PALETTE, teamHue } from "#client/palette.ts";
import { type NetGraphRow, netGraphOpen, netGraphRows } from "#client/ui/state/model.ts";
import { recallNetGraphOpen } from "#client/ui/state/netGraphOpen.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

type PlotLibrary = typeof UPlot;

interface Plot {
  of: Exclude<keyof NetGraphRow, "atMs">;
  hue: string;
  figure: (value: number) => { text: string; unit: string };
  /** The scale reaches at least this value, so that noise does not look like trouble. */
  calmUpTo: number;
  /** The figure is red from this value on. */
  poorFrom: number;
  /** The figure is the largest value in view: for values that last a moment only. */
  figureIs?: "largest";
}

const units = () => STRINGS.netGraph.units;
const ms = (value: number) => ({ text: value.toFixed(0), unit: units().ms });
const fineMs = (value: number) => ({ text: value.toFixed(1), unit: units().ms });
const bytes = (value: number) => ({ text: value.toFixed(0), unit: units().bytes });
const rate = (value: number) =>
  value < 1000
    ? { text: value.toFixed(0), unit: units().bytesPerSec }
    : { text: (value / 1000).toFixed(1), unit: units().kilobytesPerSec };
const count = (value: number) => ({ text: value.toFixed(0), unit: units().commands });
const px = (value: number) => ({ text: value.toFixed(1), unit: units().px });

/** One hue each for the times, the bytes, and the prediction. */
const TIMES = PALETTE.accent;
const BYTES = PALETTE.wallLit;
const PREDICTION = teamHue(1);
const ALWAYS_FINE = Number.POSITIVE_INFINITY;

const PLOTS: readonly Plot[] = [
  { of: "roundTripMs", hue: TIMES, figure: ms, calmUpTo: 100, poorFrom: 160 },
  { of: "jitterMs", hue: TIMES, figure: fineMs, calmUpTo: 20, poorFrom: 40 },
  { of: "patchIntervalMs", hue: TIMES, figure: ms, calmUpTo: 100, poorFrom: 200 },
  { of: "patchBytes", hue: BYTES, figure: bytes, calmUpTo: 200, poorFrom: ALWAYS_FINE },
  { of: "downBytesPerSec", hue: BYTES, figure: rate, calmUpTo: 2_000, poorFrom: ALWAYS_FINE },
  { of: "upBytesPerSec", hue: BYTES, figure: rate, calmUpTo: 300, poorFrom: ALWAYS_FINE },
  { of: "interpolationMs", hue: PREDICTION, figure: ms, calmUpTo: 200, poorFrom: 250 },
  { of: "pendingCommands", hue: PREDICTION, figure: count, calmUpTo: 10, poorFrom: 10 },
  { of: "correctionPx", hue: PREDICTION, figure: px, calmUpTo: 5, poorFrom: 5, figureIs: "largest" },
];

const SHOWN_MS = 10_000;
/** Figures change no more often than this, so that they can be read. */
const FIGURE_MS = 300;

const times = computed(() => netGraphRows.value.map(({ atMs }) => atMs));
const figureRow = computed(() => {
  const period = (row: NetGraphRow | undefined) => Math.floor((row?.atMs ?? -1) / FIGURE_MS);
  return netGraphRows.value.findLast((row, index, rows) => period(row) !== period(rows[index - 1]));
});

export function NetGraph() {
  useEffect(recallNetGraphOpen, []);
  return netGraphOpen.value ? <Plots /> : null;
}

function Plots() {
  const library = usePlotLibrary();
  return (
    <section class="net-graph glass" aria-label={STRINGS.netGraph.title}>
      <dl>
        {PLOTS.map((plot) => (
          <div key={plot.of} class="net-graph-plot">
            <dt>{STRINGS.netGraph.plots[plot.of]}</dt>
            <Figure plot={plot} />
            <ScaleTop plot={plot} />
            <dd class="net-graph-line" aria-hidden="true">
              {library && <Line plot={plot} library={library} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The plot library, downloaded when the graph first opens. Until then, or if that fails, figures without lines. */
function usePlotLibrary(): PlotLibrary | undefined {
  const [library, setLibrary] = useState<{ plot: PlotLibrary }>();
  useEffect(() => {
    Promise.all([import("uplot"), import("uplot/dist/uPlot.min.css")]).then(
      ([{ default: plot }]) => setLibrary({ plot }),
      () => {},
    );
  }, []);
  return library?.plot;
}

function Figure({ plot }: { plot: Plot }) {
  const row = figureRow.value;
  const value = plot.figureIs === "largest" ? Math.max(0, ...valuesOf(plot)) : row?.[plot.of];
  if (value === undefined) return <dd class="net-graph-figure" />;
  const { text, unit } = plot.figure(value);
  return (
    <dd class={value < plot.poorFrom ? "net-graph-figure" : "net-graph-figure net-graph-poor"}>
      <span class="figures">{text}</span> <small>{unit}</small>
    </dd>
  );
}

function Line({ plot, library }: { plot: Plot; library: PlotLibrary }) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = parent.current;
    if (!box) return;
    const sizeOf = () => ({ width: box.clientWidth, height: box.clientHeight });
    const line = new library({ ...sizeOf(), ...looksOf(plot) }, [[], []], box);
    const stopFeeding = effect(() => line.setData([times.value, valuesOf(plot)]));
    const resizing = new ResizeObserver(() => line.setSize(sizeOf()));
    resizing.observe(box);
    return () => {
      resizing.disconnect();
      stopFeeding();
      line.destroy();
    };
  }, [plot, library]);
  return <div ref={parent} class="net-graph-canvas" />;
}

function looksOf(plot: Plot): Omit<UPlot.Options, "width" | "height"> {
  return {
    legend: { show: false },
    cursor: { show: false },
    // Half a line's width, so that lines at zero and at the top are not cut off.
    padding: [1, 0, 1, 0],
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { time: false, range: (_, _oldest, newest) => [newest - SHOWN_MS, newest] },
      y: { range: () => [0, topOf(plot)] },
    },
    series: [{}, { stroke: plot.hue, width: 1.5, fill: `${plot.hue}2e`, points: { show: false } }],
  };
}

/** The value at the upper edge of a plot. */
function ScaleTop({ plot }: { plot: Plot }) {
  const top = useComputed(() => topOf(plot)).value;
  return (
    <dd class="net-graph-top figures" aria-hidden="true">
      {top < 1000 ? top : `${top / 1000}k`}
    </dd>
  );
}

const valuesOf = ({ of }: Plot): number[] => netGraphRows.value.map((row) => row[of]);

const topOf = (plot: Plot): number => roundUp(Math.max(plot.calmUpTo, ...valuesOf(plot)));

const ROUND = [1, 1.5, 2, 3, 5, 7.5, 10] as const;

/** Rounds up to a round number, so that the scale seldom changes while the line moves. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (ROUND.find((step) => step * power >= value) ?? 10);
}
