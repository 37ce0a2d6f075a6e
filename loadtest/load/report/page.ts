/** The report as a page with plots, in one file. */
import { readFileSync } from "node:fs";
import {
  browserScript,
  escapeHtml,
  htmlPage,
  scriptJson,
  uplotScript,
  uplotStyle,
} from "#loadtest/lib/html.ts";
import { percent, plural } from "#loadtest/lib/text.ts";
import { closeCodeName } from "./closeCodeName.ts";
import { errorsOf, type Report, type ServerFigures, type Times } from "./report.ts";

const STYLE = new URL("page.css", import.meta.url);
const SCRIPT = new URL("page.browser.ts", import.meta.url);

type Mood = "good" | "bad" | "warn" | "plain";

export const reportPage = (report: Report): string =>
  htmlPage({
    title: `Fracas under load: ${report.scenario}, ${report.clients.most} clients`,
    style: uplotStyle() + readFileSync(STYLE, "utf8"),
    body: bodyOf(report),
  });

function bodyOf(report: Report): string {
  const { scenario, clients, measuredSec, command } = report;
  return `<header>
<p class="kicker">Fracas under load</p>
<h1>${escapeHtml(scenario)}, ${clients.most} clients ${badge(report)}</h1>
<p>${clients.most} ${clients.kind} clients in ${plural(clients.rooms, "room")}, measured for ${measuredSec.toFixed(0)} s.
<code>${escapeHtml(command)}</code></p>
</header>
${callouts(report)}
<section class="tiles">${tiles(report)}</section>
${verdicts(report)}
<h2>Over time</h2>
<p class="hint">Point at a plot to read the same moment on all of them; drag to zoom, double-click to reset.</p>
<section class="plots" id="series"></section>
<h2>Distributions</h2>
<section class="plots" id="distributions"></section>
<h2>All figures</h2>
${timesTable(report)}
${failures(report)}
<dl class="facts">${facts(report)}</dl>
<script type="application/json" id="report">${scriptJson(report)}</script>
<script>${uplotScript()}</script>
<script type="module">${browserScript(SCRIPT)}</script>`;
}

function badge({ invalid, verdicts }: Report): string {
  if (verdicts.some(({ holds }) => !holds)) return `<span class="badge bad">broken</span>`;
  if (invalid.length > 0) return `<span class="badge warn">invalid</span>`;
  return verdicts.length > 0 ? `<span class="badge good">holds</span>` : "";
}

function callouts({ invalid, notes }: Report): string {
  const reasons = invalid.map(
    (reason) =>
      `<p class="callout warn"><b>Invalid:</b> ${escapeHtml(reason)}. The figures measure the generator rather than the server.</p>`,
  );
  return [...reasons, ...notes.map((note) => `<p class="callout">${escapeHtml(note)}</p>`)].join("\n");
}

function tiles(report: Report): string {
  const { serverFigures, ack, joins, down, corrections } = report;
  const errors = errorsOf(report);
  return [
    ...(serverFigures ? serverTiles(serverFigures) : []),
    ack.count > 0 && tile("command to ack", ms(ack.p50), `p99 ${ms(ack.p99)}`),
    down.patchGap.count > 0 &&
      tile(
        "down, per client",
        `${(down.bytesPerClientSec / 1000).toFixed(1)} kB/s`,
        `${down.patchesPerClientSec.toFixed(1)} patches/s`,
      ),
    joins.count > 0 && tile("join, p95", ms(joins.p95), `${joins.count} joined`, mood(joins.p95, 150, 500)),
    corrections &&
      tile(
        "corrections",
        corrections.perPlayerMin.toFixed(1),
        `per player and minute, mean ${corrections.meanPx.toFixed(1)} px`,
      ),
    tile("errors", String(errors), errors === 0 ? "none" : "see below", errors === 0 ? "good" : "bad"),
  ]
    .filter((each) => each !== undefined && each !== false)
    .join("");
}

/** The moods follow the tick budget: a tick of 33 ms, and a core. */
function serverTiles(server: ServerFigures): string[] {
  const { tick, patch, ticksHeld, ticksDue, rssMbLast, rssMbIdle } = server;
  const held = ticksHeld / Math.max(1, ticksDue);
  const cpu = server.cpuUser + server.cpuSystem;
  const timeTile = (name: string, { p50, p99 }: Times) =>
    tile(`${name}, p99`, ms(p99), `median ${ms(p50)}`, mood(p99, 15, 25));
  return [
    ...(tick ? [timeTile("tick", tick)] : []),
    ...(patch ? [timeTile("patch", patch)] : []),
    tile("ticks held", percent(Math.min(1, held)), `of ${ticksDue} due`, mood(1 - held, 0.01, 0.02)),
    tile("server's CPU", percent(cpu), "of one core", mood(cpu, 0.7, 0.9)),
    tile("memory", `${rssMbLast.toFixed(0)} MB`, `${rssMbIdle.toFixed(0)} before the first client`),
  ];
}

const tile = (name: string, figure: string, more: string, how: Mood = "plain") =>
  `<div class="tile ${how}"><span>${escapeHtml(name)}</span><b>${escapeHtml(figure)}</b><small>${escapeHtml(more)}</small></div>`;

const mood = (figure: number, good: number, bad: number): Mood =>
  figure <= good ? "good" : figure <= bad ? "warn" : "bad";

function verdicts({ verdicts }: Report): string {
  if (verdicts.length === 0) return "";
  const rows = verdicts.map(
    ({ threshold, found, holds }) =>
      `<li class="${holds ? "good" : "bad"}"><code>${escapeHtml(threshold)}</code> ${escapeHtml(found)}</li>`,
  );
  return `<ul class="verdicts">${rows.join("")}</ul>`;
}

function timesTable({ joins, returns, answers, down, ack, serverFigures: server }: Report): string {
  const rows: [string, Times | undefined][] = [
    ["Join, until the first state", joins],
    ["Return after a drop", returns],
    ["Chat line, until it is answered", answers],
    ["Between patches", down.patchGap],
    ["Command, until its ack", ack],
    ["Server: tick of a room", server?.tick],
    ["Server: patch of a room", server?.patch],
    ["Server: patch with the tick before it", server?.work],
    ["Server: delay of the event loop", server?.loop],
    ["Server: GC pause", server?.gc],
  ];
  const cells = (times: Times) =>
    [times.p50, times.p95, times.p99, times.max].map((figure) => `<td>${ms(figure)}`).join("");
  const known = rows.filter((row): row is [string, Times] => row[1] !== undefined && row[1].count > 0);
  return `<table><thead><tr><th><th>p50<th>p95<th>p99<th>max<th>count</thead><tbody>${known
    .map(
      ([name, times]) => `<tr><th scope="row">${name}${cells(times)}<td>${times.count.toLocaleString("en")}`,
    )
    .join("")}</tbody></table>`;
}

function failures({ joins, closes, errors }: Report): string {
  const rows = [
    ...Object.entries(joins.failures).map(([why, times]) => [times, `join failed: ${why}`] as const),
    ...Object.entries(closes).map(([code, times]) => [times, `closed with ${closeCodeName(code)}`] as const),
    ...Object.entries(errors).map(([what, times]) => [times, what] as const),
  ];
  if (rows.length === 0) return "";
  const items = rows.map(([times, what]) => `<li><b>${times} ×</b> ${escapeHtml(what)}</li>`);
  return `<h2>What went wrong</h2><ul class="failures">${items.join("")}</ul>`;
}

function facts(report: Report): string {
  const { generator, startedAt, machine, server, commands, up, serverFigures } = report;
  const rows: [string, string][] = [
    ["Server", server],
    ["Machine of the generator", machine],
    ["Started", startedAt],
    [
      "Up",
      `${commands.perPlayerSec.toFixed(1)} commands/s a player, ${up.bytesPerClientSec.toFixed(0)} B/s a client`,
    ],
    [
      "Generator",
      `${plural(generator.threads, "thread")}, the busiest ${percent(generator.busy)} of its time (${percent(generator.cpu)} of a core), late by ${ms(generator.lateP99)} (p99), ${percent(generator.commandsSent)} of the commands due were sent`,
    ],
    ...(serverFigures
      ? ([
          [
            "Server's memory",
            `at most ${serverFigures.rssMbMost.toFixed(0)} MB RSS; heap kept ${serverFigures.heapMbKept.map((mb) => mb.toFixed(1)).join(" → ")} MB (minima of the first and the last third)`,
          ],
          [
            "Server's CPU",
            `${percent(serverFigures.cpuUser)} user, ${percent(serverFigures.cpuSystem)} system, of one core; ${percent(serverFigures.gcShare)} of the time in garbage collection; at most ${serverFigures.queuedKbMost.toFixed(0)} kB queued`,
          ],
        ] as [string, string][])
      : []),
    [
      "Counted",
      "Bytes are those of the SDK's frames, without WebSocket and TCP overhead. Percentiles of the server are interpolated in the buckets of its histograms.",
    ],
  ];
  return rows.map(([name, fact]) => `<dt>${escapeHtml(name)}<dd>${escapeHtml(fact)}`).join("");
}

const ms = (figure: number) => `${figure.toFixed(figure < 10 ? 2 : figure < 100 ? 1 : 0)} ms`;
