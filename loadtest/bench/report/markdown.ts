/** The report as Markdown, for the terminal and for docs/performance.md. */
import { FIGURES, type FigureName, type Spread } from "#loadtest/bench/figures.ts";
import type { Cell } from "#loadtest/bench/results.ts";
import { FLOOR, PROXIED, SERVER_TITLES } from "#loadtest/bench/servers/names.ts";
import { markOf } from "#loadtest/bench/targets.ts";
import { describeMachine } from "#loadtest/lib/machine.ts";
import { markdownTable } from "#loadtest/lib/text.ts";
import { HOW_MEASURED, SAME_FOR_ALL, SERVER_NOTES, SPREAD_NOTES } from "./method.ts";
import type { Report, Size } from "./report.ts";

export const markdownOf = (report: Report): string =>
  [
    ...introductionOf(report),
    ...report.warnings.map((warning) => `**${warning}**`),
    table(
      ["target", "wanted", "found", ""],
      report.verdicts.map((verdict) => [verdict.what, verdict.wanted, verdict.found, markOf(verdict)]),
    ),
    tablesOf(report),
  ].join("\n\n");

/** The machine, the options, the servers and the method, a paragraph each. */
export function introductionOf(report: Report): string[] {
  const { options, command, kind } = report;
  return [
    machineLine(report),
    `\`${command}\`: seed ${options.seed}, rounds: ${options.rounds}, ${options.seconds} s for each server and size after ${options.warmUpSec} s of warm-up.`,
    kind === "field" ? `${SAME_FOR_ALL.field} ${SPREAD_NOTES[options.spread]}` : SAME_FOR_ALL.fight,
    ...options.servers.map((server) => `${SERVER_TITLES[server]}: ${SERVER_NOTES[server][kind]}`),
    HOW_MEASURED[kind],
    "A cell is the median of the rounds (least–most), then the median of the ratios to the floor in the same round.",
  ];
}

export const tablesOf = ({ sizes, names }: Report): string =>
  sizes.flatMap((size) => sizeSection(size, names)).join("\n\n");

function machineLine({ date, machine }: Report): string {
  const { load, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${date.slice(0, 10)}: ${describeMachine(machine)}; load average ${load.toFixed(1)} before it began. ${versions.join(", ")}.`;
}

function sizeSection({ players, place, inView, cells }: Size, names: readonly FigureName[]): string[] {
  const title = `### ${players} players, ${place}\n\n${inView.toFixed(1)} drones in an average view, the own one included.`;
  const head = ["", ...cells.map(({ server }) => SERVER_TITLES[server])];
  const rows = names.map((name) => [
    `${FIGURES[name].title}, ${FIGURES[name].unit}`,
    ...cells.map((cell) => cellText(cell, name)),
  ]);
  return [title, table(head, rows), ...cells.flatMap(faultLine)];
}

function cellText({ figures, ratios, server }: Cell, name: FigureName): string {
  if (!figures || (FIGURES[name].only === "proxied" && !PROXIED[server])) return "–";
  const value = spreadText(figures[name], FIGURES[name].format);
  const ratio = server === FLOOR ? undefined : ratios?.[name];
  // The floor has no proxy, and in a short fight nobody may have died on it.
  if (!ratio || !Number.isFinite(ratio.median)) return value;
  return `${value} · ${spreadText(ratio, (times) => times.toFixed(2))} ×`;
}

function spreadText({ median, least, most }: Spread, format: (value: number) => string): string {
  return least === most ? format(median) : `${format(median)} (${format(least)}–${format(most)})`;
}

function faultLine({ server, faults, figures, rounds }: Cell): string[] {
  if (faults.length === 0) return [];
  const consequence = figures ? "the other rounds count" : `none of ${rounds} rounds counts`;
  return [`${SERVER_TITLES[server]}: ${faults.join("; ")}; ${consequence}.`];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    head,
    head.map((_, column) => (column === 0 ? "---" : "--:")),
    rows,
  );
