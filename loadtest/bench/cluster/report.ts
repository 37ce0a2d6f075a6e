/** The report of the cluster bench: Markdown for the terminal and docs/performance.md, and a page with plots. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markOf } from "#loadtest/bench/targets.ts";
import { escapeHtml, htmlPage, PALETTE, scriptJson, uplotScript, uplotStyle } from "#loadtest/lib/html.ts";
import { describeMachine, type Machine } from "#loadtest/lib/machine.ts";
import { fileStamp, REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { markdownTable } from "#loadtest/lib/text.ts";
import type { ClusterOptions } from "./options.ts";
import type { Measured, PartName } from "./part.ts";

export interface PartReport extends Measured {
  readonly name: PartName;
  readonly tookMs: number;
  /** Busy cores of the machine meanwhile, of all processes. */
  readonly busyCores: number;
}

export interface ClusterReport {
  /** When the bench began, ISO 8601. */
  readonly date: string;
  /** The command line. */
  readonly command: string;
  readonly machine: Machine;
  readonly options: ClusterOptions;
  readonly parts: readonly PartReport[];
}

/** How each part measures. */
const METHODS: Readonly<Record<PartName, string>> = {
  capacity:
    "Capacity: the bench's fight in rooms of 8, in which no match ends, on one process that does everything (PROCESSES=1) and on a front with two room processes (PROCESSES=2), with the same number of players for each process that has rooms. CPU is the user and system time of all processes of the server, from their metrics. The gain is twice the ratio of CPU a player, in the same round; rounds begin with one and the other server in turn.",
  join: "Join: from the matchmaking request to the first state, into a public room that is open already, on both servers side by side, ten joins of each in turn.",
  front:
    "Front: CPU of the front process, from its metrics, while players fight in rooms of 30 in two room processes; then during five joins a second, each of whom stays a second.",
  kill: "Kill: kill -9 of the room process with more players. Bots with the stock SDK in 8 rooms of 8, half of them hosted, reconnect by themselves. A player is back with the first patch that shows their seat, counted from the kill. The next kill follows when the replacement is up, the process to kill is 11 s old, and up to 3 s have passed.",
  deploy:
    "Deploy: SIGHUP to the server's first process under the same bots, with matches of 20 s. A gap is the time between a client's last patch on the old connection and the first one on the new. Meanwhile a request for /healthz is made every 20 ms on a connection of its own.",
  soak: "Soak: public rooms are made and ended over four room processes, eight at a time: one client creates the room, another joins, both leave; one in twenty drops instead and leaves a kept seat. Twelve times the rooms stop, every process collects its garbage, and its memory is read. The first two readings are warm-up; the growth is the slope of a line through the others. Noise is twice the slope's standard error, but at least 2 % or 2 MB.",
};

export function markdownOf(report: ClusterReport): string {
  const rows = report.parts.flatMap(({ verdicts }) =>
    verdicts.map((verdict) => [verdict.what, verdict.wanted, verdict.found, markOf(verdict)]),
  );
  const details = report.parts.flatMap(({ name, details }) => details.map((row) => [name, ...row]));
  const faults = report.parts.flatMap(({ name, faults }) => faults.map((fault) => `**${name}: ${fault}**`));
  return [
    ...introductionOf(report),
    ...faults,
    markdownTable(["", "wanted", "found", ""], ["---", "--:", "--:", "--:"], rows),
    markdownTable(["part", "", "found"], ["---", "---", "--:"], details),
  ].join("\n\n");
}

function introductionOf({ date, command, machine, parts }: ClusterReport): string[] {
  const times = parts.map(
    ({ name, tookMs, busyCores }) =>
      `${name} ${(tookMs / 60_000).toFixed(1)} min (${busyCores.toFixed(1)} cores)`,
  );
  return [
    `Measured on ${date.slice(0, 10)}: ${describeMachine(machine)}; load average ${machine.load.toFixed(1)} before it began.`,
    `\`${command}\`, on loopback; the players share the machine with the server. Time, and busy cores of the whole machine: ${times.join(", ")}.`,
    ...parts.map(({ name }) => METHODS[name]),
  ];
}

/** Returns the path of the page. */
export function saveReport(report: ClusterReport): string {
  const folder = join(REPORTS_FOLDER, `cluster-${fileStamp(report.date)}/`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}report.json`, JSON.stringify(report, undefined, 1));
  writeFileSync(`${folder}report.md`, `${markdownOf(report)}\n`);
  writeFileSync(`${folder}report.html`, pageOf(report));
  return `${folder}report.html`;
}

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b2f; }
table { border-collapse: collapse; margin: 0 0 1.5rem; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td + td { white-space: nowrap; } .false { color: #b00020; font-weight: 600; } .warning { color: #b00020; font-weight: 600; white-space: pre-wrap; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, 34rem); gap: 1.5rem; }`;

const COLOURS = Object.values(PALETTE);

export const pageOf = (report: ClusterReport): string =>
  htmlPage({ title: "Fracas: several processes", style: uplotStyle() + STYLE, body: bodyOf(report) });

const bodyOf = (report: ClusterReport): string => `<h1>Fracas on several processes</h1>
${report.parts.flatMap(({ name, faults }) => faults.map((fault) => `<p class="warning">${name}: ${escapeHtml(fault)}</p>`)).join("\n")}
<table><tr><th>target<th>wanted<th>found<th></tr>
${report.parts.flatMap(({ verdicts }) => verdicts.map((verdict) => `<tr class="${verdict.ok}"><td>${escapeHtml(verdict.what)}<td>${verdict.wanted}<td>${verdict.found}<td>${markOf(verdict)}</tr>`)).join("\n")}
</table>
<table><tr><th>part<th><th>found</tr>
${report.parts.flatMap(({ name, details }) => details.map(([what, found]) => `<tr><td>${name}<td>${escapeHtml(what)}<td>${escapeHtml(found)}</tr>`)).join("\n")}
</table>
<div class="plots" id="plots"></div>
<h2>Method</h2>
${introductionOf(report)
  .map((text) => `<p>${escapeHtml(text)}</p>`)
  .join("\n")}
<script>${uplotScript()}</script>
<script>
const PLOTS = ${scriptJson(report.parts.flatMap(({ name, plots }) => plots.map((plot) => ({ ...plot, title: `${name}: ${plot.title}` }))))};
const COLOURS = ${scriptJson(COLOURS)};
for (const { title, xLabel, x, lines } of PLOTS) {
  new uPlot({
    title, width: 540, height: 300,
    scales: { x: { time: false }, y: { range: (_, least, most) => [0, most * 1.05 || 1] } },
    axes: [{ label: xLabel }, { size: 70 }],
    series: [{ label: xLabel }, ...lines.map(({ label }, at) => ({ label, stroke: COLOURS[at % COLOURS.length], width: 2, points: { show: x.length < 60 } }))],
  }, [x, ...lines.map(({ values }) => values)], document.getElementById("plots"));
}
</script>`;
