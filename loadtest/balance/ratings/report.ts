/** The simulated ratings as a table of farms for the terminal, and as a page with plots. */
import { type Bar, bars } from "#loadtest/balance/plots.ts";
import { STYLE, verdictRow } from "#loadtest/balance/report.ts";
import type { Verdict } from "#loadtest/balance/targets.ts";
import { escapeHtml, htmlPage } from "#loadtest/lib/html.ts";
import { textTable } from "#loadtest/lib/text.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { Farm, Findings } from "./goals.ts";

export const farmTable = ({ farms }: Findings): string =>
  textTable(
    ["farm of 500 matches", "points before", "gain", "without the rule"],
    farms.map(({ from, gain, unruledGain, ...each }) => [
      titleOf(each),
      `${from}`,
      `${gain}`,
      `${unruledGain}`,
    ]),
  );

const titleOf = ({ account, kind, isTeamed }: Pick<Farm, "account" | "kind" | "isTeamed">) =>
  `${account} account, ${kind} guests, ${isTeamed ? "sides" : "deathmatch"}`;

export function ratingsPage(findings: Findings, verdicts: readonly Verdict[], command: string): string {
  const { matches, ladders, seasons, farms } = findings;
  const body = `<h1>Fracas: ratings</h1>
<p><code>${escapeHtml(command)}</code></p>
<p>${matches} matches of 300 people of hidden skill, with leavers, guests, bots and smurfs; again in ten seasons.</p>
<table><tr><th>target<th>wanted<th>found<th></tr>
${verdicts.map(verdictRow).join("\n")}
</table>
<p>≈ marks a miss that chance alone explains.</p>
<h2>Rank correlation of points with hidden skill</h2>
${bars(
  MODE_NAMES.map((mode) => bar(mode, ladders.correlation[mode], 3)),
  0.9,
)}
<h2>Mean points of active players at the end of each season</h2>
${bars(seasons.map(({ points }, at) => bar(`season ${at + 1}`, points, 0)))}
<h2>Points that 500 farmed matches add</h2>
${bars(farms.map((farm) => bar(titleOf(farm), Math.max(0, farm.gain), 0)))}
<h2>The same without the rule</h2>
${bars(farms.map((farm) => bar(titleOf(farm), Math.max(0, farm.unruledGain), 0)))}`;
  return htmlPage({ title: "Fracas: ratings", style: STYLE, body });
}

const bar = (label: string, value: number, digits: number): Bar => ({
  ...{ label, value },
  text: value.toFixed(digits),
});
