/** A run on the terminal: one line per second, and a summary at the end. */
import { percent, plural, textTable } from "#loadtest/lib/text.ts";
import { closeCodeName } from "./closeCodeName.ts";
import { errorsOf, type Report, type Row, type Times } from "./report.ts";
import { rssMbOf } from "./thresholds.ts";

export function progressLine({ sec, connected, server, ackP50, patchesPerClient }: Row): string {
  const parts = [
    `${sec.toFixed(0).padStart(4)} s`,
    `${connected} clients`,
    patchesPerClient === undefined ? "" : `${patchesPerClient.toFixed(1)} patches/s`,
    ackP50 === undefined ? "" : `ack ${ackP50.toFixed(0)} ms`,
    server?.tickP99 === undefined ? "" : `tick p99 ${server.tickP99.toFixed(1)} ms`,
    server?.ticksHeld === undefined ? "" : `${percent(server.ticksHeld)} held`,
    server ? `server ${percent(server.cpu)} CPU, ${server.rssMb.toFixed(0)} MB` : "",
  ];
  return parts.filter(Boolean).join("   ");
}

export function summary(report: Report): string {
  const { clients, scenario, measuredSec } = report;
  const head = `${scenario}: ${clients.most} ${clients.kind} clients in ${plural(clients.rooms, "room")}, measured for ${measuredSec.toFixed(0)} s`;
  const times = timesTable(report);
  return [head, "", times, "", ...figureLines(report), ...closingLines(report)].join("\n");
}

function timesTable({ joins, returns, answers, down, ack, serverFigures: server }: Report): string {
  const rows: [string, Times | undefined][] = [
    ["join", joins],
    ["return after a drop", returns],
    ["chat answered", answers],
    ["between patches", down.patchGap],
    ["command to ack", ack],
    ["server: tick", server?.tick],
    ["server: patch", server?.patch],
    ["server: tick + patch", server?.work],
    ["server: event loop late", server?.loop],
    ["server: GC pause", server?.gc],
  ];
  const known = rows.filter((row): row is [string, Times] => row[1] !== undefined && row[1].count > 0);
  const ms = (figure: number) => figure.toFixed(figure < 10 ? 2 : 1);
  return textTable(
    ["ms", "p50", "p95", "p99", "max", "count"],
    known.map(([name, { p50, p95, p99, max, count }]) => [
      name,
      ms(p50),
      ms(p95),
      ms(p99),
      ms(max),
      String(count),
    ]),
  );
}

/** One line per group of figures. */
function figureLines(report: Report): string[] {
  const { commands, down, up, corrections, serverFigures: server, generator } = report;
  return [
    `up         ${commands.perPlayerSec.toFixed(1)} commands/s a player, ${up.bytesPerClientSec.toFixed(0)} B/s a client`,
    `down       ${down.patchesPerClientSec.toFixed(2)} patches/s, ${down.bytesPerClientSec.toFixed(0)} B/s a client`,
    corrections
      ? `corrected  ${corrections.perPlayerMin.toFixed(1)} times a minute a player, by ${corrections.meanPx.toFixed(2)} px (mean), ${corrections.largestPx.toFixed(1)} px at most`
      : "",
    server
      ? `server     ${percent(server.ticksHeld / Math.max(1, server.ticksDue))} of ${server.ticksDue} ticks held (${server.tickRate.toFixed(2)}/s), CPU ${percent(server.cpuUser)} + ${percent(server.cpuSystem)} of a core`
      : "server     no metrics: set METRICS_TOKEN to the value of that server",
    server
      ? `           RSS ${server.rssMbIdle.toFixed(0)} → ${server.rssMbLast.toFixed(0)} MB (${(rssMbOf(report) ?? 0).toFixed(2)} MB a player), heap kept ${server.heapMbKept.map((mb) => mb.toFixed(1)).join(" → ")} MB, GC ${percent(server.gcShare)} of the time, at most ${server.queuedKbMost.toFixed(0)} KB queued`
      : "",
    `generator  ${plural(generator.threads, "thread")}, busy ${percent(generator.busy)} (CPU ${percent(generator.cpu)} of a core), late ${generator.lateP99.toFixed(1)} ms (p99), ${percent(generator.commandsSent)} of commands sent`,
  ].filter(Boolean);
}

function closingLines(report: Report): string[] {
  const failures = [
    ...Object.entries(report.joins.failures).map(([why, times]) => `${times} × join failed: ${why}`),
    ...Object.entries(report.closes).map(([code, times]) => `${times} × closed with ${closeCodeName(code)}`),
    ...Object.entries(report.errors).map(([what, times]) => `${times} × ${what}`),
  ];
  return [
    failures.length > 0 ? `errors     ${errorsOf(report)}` : "errors     none",
    ...failures.map((line) => `           ${line}`),
    ...report.notes.map((note) => `found      ${note}`),
    ...report.invalid.map(
      (reason) => `INVALID    ${reason}: the figures measure the generator rather than the server`,
    ),
    ...report.verdicts.map(
      ({ threshold, found, holds }) => `${holds ? "holds     " : "BROKEN    "} ${threshold}: ${found}`,
    ),
  ];
}
