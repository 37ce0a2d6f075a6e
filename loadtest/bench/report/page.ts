/** The report as a page with plots, in one file. */
import { FIGURES, type FigureName } from "#loadtest/bench/figures.ts";
import { SERVER_TITLES, type ServerName } from "#loadtest/bench/servers/names.ts";
import { markOf } from "#loadtest/bench/targets.ts";
import { escapeHtml, htmlPage, PALETTE, scriptJson, uplotScript, uplotStyle } from "#loadtest/lib/html.ts";
import { introductionOf, tablesOf } from "./markdown.ts";
import type { Report } from "./report.ts";

const COLOURS: Readonly<Record<ServerName, string>> = {
  fracas: PALETTE.vermillion,
  "fracas-unrecorded": PALETTE.skyBlue,
  "fracas-proxied": PALETTE.orange,
  colyseus: PALETTE.blue,
  socketio: PALETTE.pink,
  floor: PALETTE.green,
};

/** Figures that span powers of ten: on some servers they grow with the square of the players. */
const LOGARITHMIC: readonly FigureName[] = ["bytes", "cpuUs"];
const PLOTTED = [
  "cpuUs",
  "cpuUserUs",
  "cpuSystemUs",
  "bytes",
  "latencyP50Ms",
  "latencyP99Ms",
  "rssKb",
  "patchesHeld",
] as const satisfies readonly FigureName[];

interface Plot {
  readonly title: string;
  readonly logarithmic: boolean;
  readonly sizes: readonly number[];
  readonly lines: readonly { label: string; colour: string; values: readonly (number | null)[] }[];
}

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b2f; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; }
.false { color: #b00020; font-weight: 600; } .plots { display: grid; grid-template-columns: repeat(auto-fill, 34rem); gap: 1.5rem; }
pre { overflow-x: auto; background: #f4f4fb; padding: 1rem; } .warning { color: #b00020; font-weight: 600; }`;

export const pageOf = (report: Report): string =>
  htmlPage({ title: "Fracas: bench", style: uplotStyle() + STYLE, body: bodyOf(report) });

const bodyOf = (report: Report): string => `<h1>Fracas and its alternatives</h1>
${report.warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join("\n")}
<table><tr><th>target<th>wanted<th>found<th></tr>
${report.verdicts.map((verdict) => `<tr class="${verdict.ok}"><td>${escapeHtml(verdict.what)}<td>${verdict.wanted}<td>${verdict.found}<td>${markOf(verdict)}</tr>`).join("\n")}
</table>
<div class="plots" id="plots"></div>
<h2>Tables</h2>
<pre>${escapeHtml(tablesOf(report))}</pre>
<h2>Method</h2>
${introductionOf(report)
  .map((text) => `<p>${escapeHtml(text)}</p>`)
  .join("\n")}
<script>${uplotScript()}</script>
<script>
const PLOTS = ${scriptJson(plotsOf(report))};
for (const { title, logarithmic, sizes, lines } of PLOTS) {
  new uPlot({
    title, width: 540, height: 300,
    scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : { range: (_, least, most) => [0, most * 1.05 || 1] } },
    axes: [{ label: "players" }, { size: 70 }],
    series: [{ label: "players" }, ...lines.map(({ label, colour }) => ({ label, stroke: colour, width: 2, points: { show: true } }))],
  }, [sizes, ...lines.map(({ values }) => values)], document.getElementById("plots"));
}
</script>`;

function plotsOf({ sizes, options }: Report): Plot[] {
  return PLOTTED.map((name) => ({
    title: `${FIGURES[name].title}, ${FIGURES[name].unit}`,
    logarithmic: LOGARITHMIC.includes(name),
    sizes: sizes.map(({ players }) => players),
    lines: options.servers.map((server, index) => ({
      label: SERVER_TITLES[server],
      colour: COLOURS[server],
      values: sizes.map(({ cells }) => {
        const median = cells[index]?.figures?.[name].median;
        return median === undefined ? null : name === "patchesHeld" ? 100 * median : median;
      }),
    })),
  }));
}
