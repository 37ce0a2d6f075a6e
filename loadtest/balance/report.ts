/** The balance report as a page with plots, in one file. */
import { escapeHtml, htmlPage, PALETTE } from "#loadtest/lib/html.ts";
import { percent } from "#loadtest/lib/text.ts";
import { byMap, byOffer, bySidedMap, chanceOf, type Figures, figuresOf, type Played } from "./figures.ts";
import { type Bar, bars, legend, type Share, shareBars, shareDots } from "./plots.ts";
import { CONTACT_SEC, SIDE_SHARE, type Verdict } from "./targets.ts";

interface Report {
  readonly played: readonly Played[];
  readonly verdicts: readonly Verdict[];
  /** The command line. */
  readonly command: string;
  /** How fast the matches were simulated, in words. */
  readonly speed: string;
}

export const STYLE = `:root { color-scheme: light dark; --ink: #1b1b2f; --paper: #fff; --quiet: #5b5b73; --track: #eef0f6; --bar: ${PALETTE.blue};
  --band: ${PALETTE.green}33; --no: #b00020; --rule: #dcdfea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8f4; --paper: #14142a; --quiet: #a3a3bd; --track: #22223d;
  --bar: ${PALETTE.skyBlue}; --no: #ff7b8a; --rule: #33335a; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: var(--ink);
  background: var(--paper); font-variant-numeric: tabular-nums; }
h1 { margin-bottom: .2rem; } h2 { margin: 2.4rem 0 .6rem; font-size: 1.2rem; }
p { color: var(--quiet); margin: .4rem 0 .8rem; } code { background: var(--track); padding: .1rem .3rem; border-radius: 3px; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
td, th { padding: .25rem .8rem .25rem 0; text-align: left; border-bottom: 1px solid var(--rule); }
td:last-child { text-align: right; color: ${PALETTE.green}; font-weight: 700; } .no td { color: var(--no); font-weight: 600; }
svg { display: block; width: 100%; } text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.track { fill: var(--track); } .bar { fill: var(--bar); } .band { fill: var(--band); }
.whisker { stroke: var(--bar); stroke-width: 2; } .mark { stroke: var(--no); stroke-dasharray: 4 3; }`;

export function reportPage({ played, verdicts, command, speed }: Report): string {
  const all = figuresOf(played);
  const shares = [{ title: "all", figures: all }, ...byMap(played), ...byOffer(played)];
  const offers = byOffer(played);
  const body = `<h1>Fracas: balance</h1>
<p><code>${escapeHtml(command)}</code></p>
<p>${played.length} matches, ${all.kills} kills, ${Math.round(all.botMinutes)} bot-minutes. ${escapeHtml(speed)}.</p>
<table><tr><th>target<th>wanted<th>found<th></tr>
${verdicts.map(verdictRow).join("\n")}
</table>
<p>≈ marks a miss that chance alone explains: more matches would decide it.</p>
<h2>Kills by weapon</h2>
${legend()}
${shareBars(shares)}
<h2>Wins of the first side</h2>
<p>Share of the matches that one side won. The line is the 95 % interval of a fair match, the band is the target.</p>
${shareDots(
  bySidedMap(played).map(({ title, figures }) => sideShare(title, figures)),
  SIDE_SHARE,
)}
${section("Seconds to first contact, median", barsOf(byMap(played), secondsBar("contactSec")), CONTACT_SEC)}
${section("Seconds to kill, median", barsOf(offers, secondsBar("killSec")))}
${section(
  "Changes of the lead, a match",
  barsOf(offers, ({ leadChanges }) => [leadChanges, leadChanges.toFixed(1)]),
)}
${section(
  "Length of a match, seconds",
  barsOf(offers, ({ matchSec }) => [matchSec, matchSec.toFixed(0)]),
)}
${section(
  "Matches that end on time",
  barsOf(offers, ({ onTimeShare }) => [onTimeShare, percent(onTimeShare)]),
)}`;
  return htmlPage({ title: "Fracas: balance", style: STYLE, body });
}

export const verdictRow = ({ what, wanted, found, ok, mark }: Verdict) =>
  `<tr class="${ok ? "yes" : "no"}"><td>${escapeHtml(what)}<td>${escapeHtml(wanted)}<td>${escapeHtml(found)}<td>${mark}</tr>`;

const section = (title: string, rows: readonly Bar[], mark?: number) =>
  `<h2>${title}</h2>\n${bars(rows, mark)}`;

const barsOf = (
  groups: readonly { title: string; figures: Figures }[],
  read: (figures: Figures) => [value: number, text: string],
): Bar[] =>
  groups.map(({ title, figures }) => {
    const [value, text] = read(figures);
    return { label: title, value, text };
  });

const secondsBar =
  (name: "contactSec" | "killSec") =>
  (figures: Figures): [number, string] => [figures[name], `${figures[name].toFixed(1)} s`];

const sideShare = (label: string, { firstSideShare = 0.5, decided }: Figures): Share => ({
  label,
  share: firstSideShare,
  chance: chanceOf(decided),
  of: decided,
});
