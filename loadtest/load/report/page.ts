/** A report as one page that needs nothing but itself. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { closeCodeName } from "./closeCodeName.ts";
import { errorsOf, type Report, type Times } from "./report.ts";

const require = createRequire(import.meta.url);
const fileBeside = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const fileOf = (module: string) => readFileSync(require.resolve(module), "utf8");

type Mood = "good" | "bad" | "warn" | "plain";

export function reportPage(report: Report): string {
  const { scenario, clients, measuredSec, command } = report;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Fracas under load: ${escapeHtml(scenario)}, ${clients.most} clients</title>
<style>${fileOf("uplot/dist/uPlot.min.css")}${fileBeside("page.css")}</style>
<header>
<p class="kicker">Fracas under load</p>
<h1>${escapeHtml(scenario)}, ${clients.most} clients ${badge(report)}</h1>
<p>${clients.most} ${clients.kind} clients in ${clients.rooms} room${clients.rooms === 1 ? "" : "s"}, measured for ${measuredSec.toFixed(0)} s.
<code>${escapeHtml(command)}</code></p>
</header>
${callouts(report)}
<section class="tiles">${tiles(report)}</section>
${verdicts(report)}
<h2>Over time</h2>
<p class="hint">Point at a plot to read a moment on all of them; drag to zoom, double-click to come back.</p>
<section class="plots" id="series"></section>
<h2>Distributions</h2>
<section class="plots" id="distributions"></section>
<h2>All figures</h2>
${timesTable(report)}
${failures(report)}
<dl class="facts">${facts(report)}</dl>
<script type="application/json" id="report">${JSON.stringify(report).replaceAll("<", "\\u003c")}</script>
<script>${fileOf("uplot/dist/uPlot.iife.min.js")}</script>
<script>${fileBeside("page.browser.js")}</script>
</html>
`;
}

function badge({ invalid, verdicts }: Report): string {
  if (verdicts.some(({ holds }) => !holds)) return `<span class="badge bad">broken</span>`;
  if (invalid.length > 0) return `<span class="badge warn">invalid</span>`;
  return verdicts.length > 0 ? `<span class="badge good">holds</span>` : "";
}

function callouts({ invalid, notes }: Report): string {
  const reasons = invalid.map(
    (reason) =>
      `<p class="callout warn"><b>Invalid:</b> ${escapeHtml(reason)}. The figures say more of the generator than of the server.</p>`,
  );
  return [...reasons, ...notes.map((note) => `<p class="callout">${escapeHtml(note)}</p>`)].join("\n");
}

function tiles(report: Report): string {
  const { serverFigures: server, ack, joins, down, corrections } = report;
  const held = server && server.ticksHeld / Math.max(1, server.ticksDue);
  const errors = errorsOf(report);
  return [
    server?.tick &&
      tile("tick, p99", ms(server.tick.p99), `median ${ms(server.tick.p50)}`, mood(server.tick.p99, 15, 25)),
    server?.patch &&
      tile(
        "patch, p99",
        ms(server.patch.p99),
        `median ${ms(server.patch.p50)}`,
        mood(server.patch.p99, 15, 25),
      ),
    held !== undefined &&
      tile(
        "ticks held",
        percent(Math.min(1, held)),
        `of ${server?.ticksDue} due`,
        mood(1 - held, 0.01, 0.02),
      ),
    server &&
      tile(
        "server's CPU",
        percent(server.cpuUser + server.cpuSystem),
        "of one core",
        mood(server.cpuUser + server.cpuSystem, 0.7, 0.9),
      ),
    server &&
      tile(
        "memory",
        `${server.rssMbLast.toFixed(0)} MB`,
        `${server.rssMbIdle.toFixed(0)} before anybody came`,
      ),
    ack.count > 0 && tile("command to ack", ms(ack.p50), `p99 ${ms(ack.p99)}`),
    down.patchGap.count > 0 &&
      tile(
        "down, a client",
        `${(down.bytesPerClientSec / 1000).toFixed(1)} kB/s`,
        `${down.patchesPerClientSec.toFixed(1)} patches/s`,
      ),
    joins.count > 0 && tile("join, p95", ms(joins.p95), `${joins.count} joined`, mood(joins.p95, 150, 500)),
    corrections &&
      tile(
        "corrections",
        corrections.perPlayerMin.toFixed(1),
        `a minute a player, mean ${corrections.meanPx.toFixed(1)} px`,
      ),
    tile("errors", String(errors), errors === 0 ? "none at all" : "see below", errors === 0 ? "good" : "bad"),
  ]
    .filter((each) => each !== undefined && each !== false)
    .join("");
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
    ["Chat, until it is answered", answers],
    ["Between two patches", down.patchGap],
    ["Command until its acknowledgement", ack],
    ["Server: a room's tick", server?.tick],
    ["Server: a room's patch", server?.patch],
    ["Server: a patch and the tick before it", server?.work],
    ["Server: event loop late by", server?.loop],
    ["Server: pause for garbage", server?.gc],
  ];
  const cells = (times: Times) =>
    [times.p50, times.p95, times.p99, times.max].map((figure) => `<td>${ms(figure)}`).join("");
  const known = rows.filter((row): row is [string, Times] => row[1] !== undefined && row[1].count > 0);
  return `<table><thead><tr><th><th>p50<th>p95<th>p99<th>most<th>count</thead><tbody>${known
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
    ["Begun", startedAt],
    [
      "Up",
      `${commands.perPlayerSec.toFixed(1)} commands/s a player, ${up.bytesPerClientSec.toFixed(0)} B/s a client`,
    ],
    [
      "Generator",
      `${generator.threads} thread${generator.threads === 1 ? "" : "s"}, the busiest ${percent(generator.busy)} of its time (${percent(generator.cpu)} of a core), late by ${ms(generator.lateP99)} (p99), ${percent(generator.commandsSent)} of the commands due were sent`,
    ],
    ...(serverFigures
      ? ([
          [
            "Server's memory",
            `at most ${serverFigures.rssMbMost.toFixed(0)} MB RSS; heap kept ${serverFigures.heapMbKept.map((mb) => mb.toFixed(1)).join(" → ")} MB (the least of the first third, and of the last)`,
          ],
          [
            "Server's CPU",
            `${percent(serverFigures.cpuUser)} user, ${percent(serverFigures.cpuSystem)} system, of one core; ${percent(serverFigures.gcShare)} of the time in garbage collection; at most ${serverFigures.queuedKbMost.toFixed(0)} kB queued`,
          ],
        ] as [string, string][])
      : []),
    [
      "Counted",
      "Bytes are of the SDK's frames, without what WebSocket and TCP add. Percentiles of the server are read from its histograms' buckets.",
    ],
  ];
  return rows.map(([name, fact]) => `<dt>${escapeHtml(name)}<dd>${escapeHtml(fact)}`).join("");
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const ms = (figure: number) => `${figure.toFixed(figure < 10 ? 2 : figure < 100 ? 1 : 0)} ms`;

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
