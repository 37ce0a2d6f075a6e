/** The last ten seconds of the connection as running plots over the game; F3 shows and hides it. */
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
  /** The scale goes up to this at least, so that noise does not look like trouble. */
  calmUpTo: number;
  /** The figure turns red from here on. */
  poorFrom: number;
  /** Of what is over in a moment, the figure is the largest in view. */
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

/** One hue for the time on the way, one for what is on the wire, one for what prediction makes of it. */
const WAY = PALETTE.accent;
const WIRE = PALETTE.wallLit;
const PREDICTION = teamHue(1);
const ALWAYS_FINE = Number.POSITIVE_INFINITY;

const PLOTS: readonly Plot[] = [
  { of: "roundTripMs", hue: WAY, figure: ms, calmUpTo: 100, poorFrom: 160 },
  { of: "jitterMs", hue: WAY, figure: fineMs, calmUpTo: 20, poorFrom: 40 },
  { of: "patchIntervalMs", hue: WAY, figure: ms, calmUpTo: 100, poorFrom: 200 },
  { of: "patchBytes", hue: WIRE, figure: bytes, calmUpTo: 200, poorFrom: ALWAYS_FINE },
  { of: "downBytesPerSec", hue: WIRE, figure: rate, calmUpTo: 2_000, poorFrom: ALWAYS_FINE },
  { of: "upBytesPerSec", hue: WIRE, figure: rate, calmUpTo: 300, poorFrom: ALWAYS_FINE },
  { of: "interpolationMs", hue: PREDICTION, figure: ms, calmUpTo: 200, poorFrom: 250 },
  { of: "pendingCommands", hue: PREDICTION, figure: count, calmUpTo: 10, poorFrom: 10 },
  { of: "correctionPx", hue: PREDICTION, figure: px, calmUpTo: 5, poorFrom: 5, figureIs: "largest" },
];

const SHOWN_MS = 10_000;
/** Figures that change faster cannot be read. */
const FIGURE_MS = 300;

const times = computed(() => netGraphRows.value.map(({ atMs }) => atMs));
const figureRow = computed(() => {
  const turn = (row: NetGraphRow | undefined) => Math.floor((row?.atMs ?? -1) / FIGURE_MS);
  return netGraphRows.value.findLast((row, place, rows) => turn(row) !== turn(rows[place - 1]));
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

/** Not in the page's first download: most never open the graph. Without it there are figures, and no lines. */
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
    // Half a line's width, so that neither zero nor the top is cut.
    padding: [1, 0, 1, 0],
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { time: false, range: (_, _oldest, newest) => [newest - SHOWN_MS, newest] },
      y: { range: () => [0, topOf(plot)] },
    },
    series: [{}, { stroke: plot.hue, width: 1.5, fill: `${plot.hue}2e`, points: { show: false } }],
  };
}

/** What the upper edge of a plot stands for. */
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

/** Round numbers only: the scale holds still while the line moves. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (ROUND.find((step) => step * power >= value) ?? 10);
}
