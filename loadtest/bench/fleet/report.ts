/** The figures of the fleet as tables, and as a page with plots in one file. */
import { escapeHtml, htmlPage, PALETTE, scriptJson, uplotScript, uplotStyle } from "#loadtest/lib/html.ts";
import { describeMachine, type Machine } from "#loadtest/lib/machine.ts";
import { markdownTable } from "#loadtest/lib/text.ts";
import type { SizeFigures } from "./measure.ts";
import type { FleetOptions } from "./options.ts";

export interface FleetReport {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly options: FleetOptions;
  readonly sizes: readonly SizeFigures[];
}

interface Row {
  readonly title: string;
  readonly value: (figures: SizeFigures) => number;
  readonly digits: number;
}

const ROWS = [
  { title: "players", value: ({ players }) => players, digits: 0 },
  { title: "joins a second", value: ({ joinsPerSec }) => joinsPerSec, digits: 0 },
  { title: "joins that failed", value: ({ failed }) => failed, digits: 0 },
  { title: "join by code, p50, ms", value: ({ byCodeP50Ms }) => byCodeP50Ms, digits: 1 },
  { title: "join by code, p99, ms", value: ({ byCodeP99Ms }) => byCodeP99Ms, digits: 1 },
  { title: "quick play, p50, ms", value: ({ quickPlayP50Ms }) => quickPlayP50Ms, digits: 1 },
  { title: "quick play, p99, ms", value: ({ quickPlayP99Ms }) => quickPlayP99Ms, digits: 1 },
  { title: "Redis' commands a join", value: ({ commandsPerJoin }) => commandsPerJoin, digits: 1 },
  { title: "Redis' bytes a join, kB", value: ({ bytesPerJoin }) => bytesPerJoin / 1000, digits: 2 },
  { title: "Redis' CPU, % of a core", value: ({ redisCpuShare }) => 100 * redisCpuShare, digits: 1 },
  { title: "of that without joins, %", value: ({ idleCpuShare }) => 100 * idleCpuShare, digits: 1 },
  { title: "Redis' network without joins, MB/s", value: ({ bytesPerSec }) => bytesPerSec / 1e6, digits: 2 },
  { title: "Redis' memory, MB", value: ({ memoryMb }) => memoryMb, digits: 1 },
] as const satisfies readonly Row[];

/** With fewer of the wanted joins a second, the simulation was short of time. */
const HELD_SHARE = 0.95;

export function markdownOf({ date, command, machine, options, sizes }: FleetReport): string {
  const { machines, joinsPerSec, changesPerSec, seconds } = options;
  const head = ["rooms", ...sizes.map(({ rooms }) => rooms.toLocaleString("en-US"))];
  const rows = ROWS.map(({ title, value, digits }) => [
    title,
    ...sizes.map((size) => shown(value(size), digits)),
  ]);
  const isFaulty = sizes.some(
    ({ failed, joinsPerSec: held }) => failed > 0 || held < HELD_SHARE * joinsPerSec,
  );
  return [
    ...(isFaulty
      ? ["**Joins failed or came late: this machine was busy, do not rely on the figures.**"]
      : []),
    `${date.slice(0, 10)}, ${describeMachine(machine)}, by \`${command}\`: ${machines} simulated machines in one process and a Redis beside it, ${joinsPerSec} joins and ${changesPerSec} changes of rooms a second for ${seconds} s; half of the joins by code, half by quick play, with all limits counted in Redis. The times include what the simulation itself waits for its core.`,
    markdownTable(head, ["---", ...sizes.map(() => "---:")], rows),
  ].join("\n\n");
}

const shown = (value: number, digits: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b2f; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, 34rem); gap: 1.5rem; } pre { overflow-x: auto; background: #f4f4fb; padding: 1rem; }`;

const PLOTS: readonly { title: string; rows: readonly number[] }[] = [
  { title: "a join, ms", rows: [3, 4, 5, 6] },
  { title: "Redis' commands a join", rows: [7] },
  { title: "Redis' kB a join", rows: [8] },
  { title: "Redis' CPU, % of a core", rows: [9, 10] },
  { title: "Redis' network without joins, MB/s", rows: [11] },
  { title: "Redis' memory, MB", rows: [12] },
];

export const pageOf = (report: FleetReport): string =>
  htmlPage({
    title: "Fracas: many machines",
    style: uplotStyle() + STYLE,
    body: `<h1>Many machines with one Redis</h1>
<div class="plots" id="plots"></div>
<h2>Table</h2>
<pre>${escapeHtml(markdownOf(report))}</pre>
<script>${uplotScript()}</script>
<script>
for (const { title, sizes, lines } of ${scriptJson(plotsOf(report))}) {
  new uPlot({
    title, width: 540, height: 300,
    scales: { x: { time: false, distr: 3 }, y: { range: (_, least, most) => [0, most * 1.05 || 1] } },
    axes: [{ label: "rooms" }, { size: 70 }],
    series: [{ label: "rooms" }, ...lines.map(({ label, colour }) => ({ label, stroke: colour, width: 2, points: { show: true } }))],
  }, [sizes, ...lines.map(({ values }) => values)], document.getElementById("plots"));
}
</script>`,
  });

function plotsOf({ sizes }: FleetReport) {
  const colours = Object.values(PALETTE);
  return PLOTS.map(({ title, rows }) => ({
    title,
    sizes: sizes.map(({ rooms }) => rooms),
    lines: rows.flatMap((row, index) => {
      const { title: label = "", value } = ROWS[row] ?? {};
      return value ? [{ label, colour: colours[index], values: sizes.map(value) }] : [];
    }),
  }));
}
