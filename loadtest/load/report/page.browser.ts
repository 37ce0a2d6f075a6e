/** Draws the plots of a report's page. Runs in the browser as an inline module, beside the global uPlot. */
import type UPlot from "uplot";
import type { Bar } from "./bars.ts";
import type { Report, Row, ServerRow } from "./report.ts";

declare const uPlot: typeof UPlot;

interface Line {
  readonly label: string;
  readonly colour: string;
  /** The value in a row; undefined or null (JSON has no undefined) leaves a gap. */
  readonly read: (row: Row) => number | null | undefined;
  /** Multiplies each value. */
  readonly factor?: number;
}

interface Series {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** The least value of the y axis; 0 by default. */
  readonly floor?: number;
  /** The greatest value of the y axis; by default a little above the data. */
  readonly ceiling?: number;
  /** Draws dots instead of a line. */
  readonly hasDots?: boolean;
}

const PLOT_HEIGHT_PX = 210;
const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
/** Okabe and Ito's palette, as in lib/html.ts; the dark blue is hard to see on a dark page. */
const BLUE = isDark ? "#56b4e9" : "#0072b2";
const [ORANGE, GREEN, PINK] = ["#e69f00", "#009e73", "#cc79a7"];

const line = (label: string, colour: string, read: Line["read"], factor = 1): Line => ({
  label,
  colour,
  read,
  factor,
});
const ofServer =
  (name: keyof ServerRow): Line["read"] =>
  ({ server }) =>
    server?.[name];

const SERIES: readonly Series[] = [
  { title: "Clients", unit: "connected", lines: [line("clients", BLUE, (row) => row.connected)] },
  {
    title: "Ticks",
    unit: "ms, of one room",
    lines: [line("tick p99", ORANGE, ofServer("tickP99")), line("tick p50", BLUE, ofServer("tickP50"))],
  },
  {
    title: "Patches",
    unit: "ms, of one room",
    lines: [line("patch p99", ORANGE, ofServer("patchP99")), line("patch p50", BLUE, ofServer("patchP50"))],
  },
  {
    title: "Ticks held",
    unit: "% of those due",
    lines: [line("held", GREEN, ofServer("ticksHeld"), 100)],
    floor: 90,
    ceiling: 100,
  },
  { title: "Server's CPU", unit: "% of one core", lines: [line("CPU", BLUE, ofServer("cpu"), 100)] },
  {
    title: "Server's event loop and GC",
    unit: "ms",
    lines: [
      line("loop delay, p99", ORANGE, ofServer("loopP99")),
      line("GC in this second", PINK, ofServer("gcMs")),
    ],
  },
  {
    title: "Server's memory",
    unit: "MB",
    lines: [line("RSS", BLUE, ofServer("rssMb")), line("heap used", ORANGE, ofServer("heapMb"))],
  },
  { title: "Queued on the server", unit: "kB", lines: [line("queued", PINK, ofServer("queuedKb"))] },
  {
    title: "Command to ack",
    unit: "ms",
    lines: [line("p99", ORANGE, (row) => row.ackP99), line("p50", BLUE, (row) => row.ackP50)],
  },
  {
    title: "Between patches",
    unit: "ms, at a client",
    lines: [line("p99", ORANGE, (row) => row.patchGapP99), line("p50", BLUE, (row) => row.patchGapP50)],
  },
  {
    title: "Down",
    unit: "kB/s per client",
    lines: [line("down", BLUE, (row) => row.bytesPerClient, 0.001)],
  },
  {
    title: "Joins",
    unit: "ms, p95 of each second",
    lines: [line("join p95", BLUE, (row) => row.joinP95)],
    hasDots: true,
  },
  {
    title: "The generator itself",
    unit: "% busy, and ms late",
    lines: [
      line("busiest thread, %", BLUE, (row) => row.generatorBusy, 100),
      line("late p99, ms", ORANGE, (row) => row.generatorLateP99),
    ],
  },
];

/** The names in Report.distributions, with the titles of their plots. */
const DISTRIBUTIONS: readonly (readonly [name: string, title: string])[] = [
  ["tick", "Server: tick of a room"],
  ["patch", "Server: patch of a room"],
  ["ack", "Command to ack"],
  ["patchGap", "Between patches"],
  ["join", "Join, until the first state"],
  ["return", "Return after a drop"],
  ["answer", "Chat line, until it is answered"],
  ["loop", "Server: delay of the event loop"],
  ["gc", "Server: GC pauses"],
];

const elementOf = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element "${id}"`);
  return element;
};

const report = JSON.parse(elementOf("report").textContent ?? "") as Report;
const drawn: (readonly [box: HTMLElement, plot: UPlot])[] = [];

for (const series of SERIES) drawSeries(series);
for (const [name, title] of DISTRIBUTIONS) drawDistribution(title, report.distributions[name] ?? []);
new ResizeObserver(() => {
  for (const [box, plot] of drawn) plot.setSize({ width: widthOf(box), height: PLOT_HEIGHT_PX });
}).observe(document.body);

function drawSeries(series: Series): void {
  const { title, unit, lines, floor = 0, ceiling } = series;
  const columns = lines.map(({ read, factor = 1 }) =>
    report.rows.map((row) => {
      const value = read(row);
      return value == null ? null : value * factor;
    }),
  );
  if (columns.every((column) => column.every((value) => value === null))) return;
  const seconds = report.rows.map(({ sec }) => sec);
  const rangeY = (_plot: UPlot, low: number | null, high: number | null): [number, number] => [
    Math.min(floor, low ?? floor),
    ceiling ?? Math.max((high ?? 0) * 1.08, floor + 1),
  ];
  const options = {
    cursor: { sync: { key: "time" } },
    scales: { x: { time: false }, y: { range: rangeY } },
    axes: [
      axis({ values: (_plot: UPlot, ticks: number[]) => ticks.map((sec) => `${sec} s`) }),
      axis({ size: 54 }),
    ],
    series: [
      {
        label: "at",
        value: (_plot: UPlot, sec: number | null) => (sec == null ? "–" : `${sec.toFixed(0)} s`),
      },
      ...lines.map((each) => lineOptions(each, series)),
    ],
  };
  draw(panel("series", title, unit), options, [seconds, ...columns], seconds.length - 1);
}

function lineOptions({ label, colour }: Line, { lines, hasDots = false }: Series): UPlot.Series {
  return {
    label,
    stroke: colour,
    width: 2,
    ...(lines.length === 1 && !hasDots && { fill: `${colour}22` }),
    points: { show: hasDots, size: 5, fill: colour },
    spanGaps: hasDots,
    value: (_plot, value) => shortNumber(value),
  };
}

function drawDistribution(title: string, bars: readonly Bar[]): void {
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return;
  const shares = bars.map(({ count }) => (100 * count) / total);
  const ms = (value: number | undefined) => (value === undefined ? "" : String(Number(value.toPrecision(3))));
  const rangeX: [number, number] = [-0.6, Math.max(bars.length - 0.4, 1)];
  const paths = uPlot.paths.bars?.({ size: [0.9, 60] });
  const options = {
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: rangeX },
      y: { range: (_plot: UPlot, _low: number, high: number): [number, number] => [0, high * 1.08] },
    },
    axes: [
      axis({
        grid: { show: false },
        values: (_plot: UPlot, ticks: number[]) => ticks.map((index) => ms(bars[index]?.fromMs)),
      }),
      axis({ size: 54, values: (_plot: UPlot, ticks: number[]) => ticks.map((share) => `${share} %`) }),
    ],
    series: [
      {
        label: "ms",
        value: (_plot: UPlot, index: number | null) =>
          index == null ? "–" : `${ms(bars[index]?.fromMs)} to ${ms(bars[index]?.toMs)}`,
      },
      {
        label: "share",
        stroke: BLUE,
        fill: `${BLUE}99`,
        points: { show: false },
        value: (_plot: UPlot, share: number | null) => (share == null ? "–" : `${share.toFixed(2)} %`),
        ...(paths && { paths }),
      },
    ],
  };
  const box = panel("distributions", title, `% of ${total.toLocaleString("en")}, by ms`);
  draw(box, options, [bars.map((_bar, index) => index), shares], shares.indexOf(Math.max(...shares)));
}

/** While no plot is pointed at, its legend shows the values at the index `shown`. */
function draw(
  box: HTMLElement,
  options: Omit<UPlot.Options, "width" | "height">,
  data: UPlot.AlignedData,
  shown: number,
): void {
  const showDefault = (plot: UPlot) => plot.setLegend({ idx: shown }, false);
  const hooks = { ready: [showDefault] };
  const plot = new uPlot({ width: widthOf(box), height: PLOT_HEIGHT_PX, hooks, ...options }, data, box);
  plot.over.addEventListener("mouseleave", () => showDefault(plot));
  drawn.push([box, plot]);
}

function panel(parent: string, title: string, unit: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "plot";
  const heading = document.createElement("h3");
  heading.append(`${title} `, Object.assign(document.createElement("small"), { textContent: unit }));
  box.append(heading);
  elementOf(parent).append(box);
  return box;
}

function widthOf(box: HTMLElement): number {
  return box.clientWidth - 28;
}

function axis(more: UPlot.Axis): UPlot.Axis {
  return {
    stroke: colourOf("--faint"),
    grid: { stroke: colourOf("--line"), width: 1 },
    ticks: { stroke: colourOf("--line"), width: 1 },
    ...more,
  };
}

/** The colour behind a CSS variable. light-dark() is resolved where a colour is used, not in the variable. */
function colourOf(variable: string): string {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${variable})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function shortNumber(value: number | null | undefined): string {
  if (value == null) return "–";
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}
