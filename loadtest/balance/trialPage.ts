/** The trial of an arena as a page with heat maps, in one file. */
import { escapeHtml, htmlPage } from "#loadtest/lib/html.ts";
import { percent } from "#loadtest/lib/text.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { sum } from "#shared/figures/stats.ts";
import { type Cell, cellOf } from "#shared/trial/cells.ts";
import { HEAT_NAMES, type HeatName, WEAPON_NAMES } from "#shared/trial/trial.ts";
import { bars } from "./plots.ts";
import { STYLE } from "./report.ts";
import { type TriedMode, verdictSentences } from "./trialFile.ts";

const HEAT_TITLES: Readonly<Record<HeatName, string>> = {
  deaths: "Destroyed",
  shots: "Shots",
  ways: "Ways",
  spawnDeaths: "Destroyed within 3 s of a spawn",
  stuck: "Stuck",
};

const MAP_STYLE = `.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { color: var(--quiet); } .floor { fill: var(--track); } .wall { fill: var(--quiet); }
.mark-cell { fill: none; stroke: var(--ink); stroke-width: .15; } li.bad b { color: var(--no); }`;

interface TrialReport {
  readonly arena: Arena;
  readonly tried: readonly TriedMode[];
  /** The command line. */
  readonly command: string;
}

export function trialPage({ arena, tried, command }: TrialReport): string {
  const body = `<h1>Fracas: trial of ${escapeHtml(arena.name)}</h1>
<p><code>${escapeHtml(command)}</code></p>
${tried.map((mode) => modePart(arena, mode)).join("\n")}`;
  return htmlPage({ title: `Fracas: trial of ${arena.name}`, style: `${STYLE}\n${MAP_STYLE}`, body });
}

function modePart(arena: Arena, { mode, bots, trial, verdicts }: TriedMode): string {
  const kills = Math.max(1, sum(Object.values(trial.killsByWeapon)));
  const weapons = WEAPON_NAMES.map((weapon) => {
    const value = trial.killsByWeapon[weapon] / kills;
    return { label: weapon, value, text: percent(value) };
  });
  const said = verdicts.map((verdict) => {
    const { found, advice } = verdictSentences(verdict);
    return `<li class="${verdict.severity}"><b>${escapeHtml(found)}</b> ${escapeHtml(advice)}</li>`;
  });
  const places = verdicts.flatMap((verdict) => verdict.places);
  return `<h2>${mode}</h2>
<p>${trial.matches} matches of ${bots} bots. Wins: ${trial.wins.join(" and ")}; drawn: ${trial.draws}.</p>
${said.length > 0 ? `<ul>${said.join("\n")}</ul>` : "<p>The bots found nothing to change.</p>"}
${bars(weapons)}
<div class="maps">${HEAT_NAMES.map((name) => heatMap(arena, name, trial.heat[name], places)).join("\n")}</div>`;
}

function heatMap(arena: Arena, name: HeatName, heat: readonly number[], places: readonly Cell[]): string {
  const { columns, rows, solid } = arena;
  const most = Math.max(1, ...heat);
  const cells = heat.map((value, index) => {
    if (solid[index] === 1) return cellRect(cellOf(arena, index), 'class="wall"');
    return value === 0 ? "" : cellRect(cellOf(arena, index), `fill="${heatColour(Math.sqrt(value / most))}"`);
  });
  const marks = places.map((cell) => cellRect(cell, 'class="mark-cell"'));
  return `<figure><svg viewBox="0 0 ${columns} ${rows}" role="img"><rect width="${columns}" height="${rows}" class="floor"/>
${cells.join("")}${marks.join("")}</svg><figcaption>${HEAT_TITLES[name]}</figcaption></figure>`;
}

const cellRect = ({ column, row }: Cell, look: string) =>
  `<rect x="${column}" y="${row}" width="1" height="1" ${look}/>`;

/** The colour runs from violet to pale yellow: its lightness alone tells few from many. */
const heatColour = (share: number): string =>
  `hsl(${Math.round(290 + 130 * share)} ${Math.round(70 + 25 * share)}% ${Math.round(22 + 60 * share)}%)`;
