/** A page of plots that needs nothing but itself. */
import { byMap, byOffer, bySidedMap, type Figures, figuresOf, type Played, WEAPON_NAMES } from "./figures.ts";
import { percent } from "./format.ts";
import type { Verdict } from "./targets.ts";

export interface Report {
  readonly played: readonly Played[];
  readonly verdicts: readonly Verdict[];
  /** What was typed. */
  readonly command: string;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** Okabe and Ito's: told apart by everybody. */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7"];

export function reportPage({ played, verdicts, command }: Report): string {
  const shares = [{ title: "all", figures: figuresOf(played) }, ...byOffer(played)];
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Fracas: balance</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b2f; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; }
.no { color: #b00020; font-weight: 600; } svg { display: block; width: 100%; } text { font: 12px system-ui, sans-serif; }
code { background: #eef; padding: .1rem .3rem; } h2 { margin-top: 2rem; }
</style>
<h1>Fracas: balance</h1>
<p><code>${escapeHtml(command)}</code>, ${played.length} matches</p>
<table><tr><th>target<th>wanted<th>found<th></tr>
${verdicts.map(verdictRow).join("\n")}
</table>
<h2>Kills by weapon</h2>
${legend()}
${shareBars(shares)}
<h2>Wins of the first side</h2>
${bars(
  bySidedMap(played).map(({ title, figures }) => sideBar(title, figures)),
  { max: 1, marks: [0.47, 0.53] },
)}
<h2>Seconds to first contact</h2>
${bars(
  byMap(played).map(({ title, figures }) => secondsBar(title, figures.contactSec)),
  { marks: [8] },
)}
<h2>Seconds to kill</h2>
${bars(
  byOffer(played).map(({ title, figures }) => secondsBar(title, figures.killSec)),
  { marks: [] },
)}
<h2>Changes of the lead, a match</h2>
${bars(
  byOffer(played).map(({ title, figures }) => ({
    label: title,
    value: figures.leadChanges,
    text: figures.leadChanges.toFixed(1),
  })),
  { marks: [] },
)}
<h2>Length of a match, seconds</h2>
${bars(
  byOffer(played).map(({ title, figures }) => ({
    label: title,
    value: figures.matchSec,
    text: figures.matchSec.toFixed(0),
  })),
  { marks: [] },
)}
</html>
`;
}

const verdictRow = ({ what, wanted, found, ok }: Verdict) =>
  `<tr class="${ok ? "yes" : "no"}"><td>${escapeHtml(what)}<td>${escapeHtml(wanted)}<td>${escapeHtml(found)}<td>${ok ? "✓" : "✗"}</tr>`;

const sideBar = (label: string, { firstSideShare = 0.5, decided }: Figures): Bar => ({
  ...{ label, value: firstSideShare, text: `${percent(firstSideShare)} of ${decided}` },
});

const secondsBar = (label: string, sec: number): Bar => ({ label, value: sec, text: `${sec.toFixed(1)} s` });

const ROW_PX = 22;
const LEFT_PX = 210;
const WIDTH_PX = 560;

/** `marks` are where targets lie. */
function bars(rows: readonly Bar[], { max, marks }: { max?: number; marks: readonly number[] }): string {
  const most = max ?? Math.max(1e-9, ...marks, ...rows.map(({ value }) => value)) * 1.05;
  const toPx = (value: number) => (value / most) * WIDTH_PX;
  const height = rows.length * ROW_PX;
  return `<svg viewBox="0 0 900 ${height + 4}" role="img">${rows
    .map(
      ({ label, value, text }, row) =>
        `<text x="${LEFT_PX - 8}" y="${row * ROW_PX + 15}" text-anchor="end">${escapeHtml(label)}</text>` +
        `<rect x="${LEFT_PX}" y="${row * ROW_PX + 3}" width="${toPx(value).toFixed(1)}" height="${ROW_PX - 6}" fill="${COLOURS[0]}"/>` +
        `<text x="${(LEFT_PX + toPx(value) + 6).toFixed(1)}" y="${row * ROW_PX + 15}">${escapeHtml(text)}</text>`,
    )
    .join("")}${marks
    .map(
      (mark) =>
        `<line x1="${LEFT_PX + toPx(mark)}" x2="${LEFT_PX + toPx(mark)}" y1="0" y2="${height}" stroke="#b00020" stroke-dasharray="4 3"/>`,
    )
    .join("")}</svg>`;
}

function shareBars(rows: readonly { title: string; figures: Figures }[]): string {
  const height = rows.length * ROW_PX;
  const parts = rows.map(({ title, figures }, row) => {
    let atPx = LEFT_PX;
    const cells = WEAPON_NAMES.map((weapon, index) => {
      const px = figures.killShare[weapon] * WIDTH_PX;
      const cell =
        `<rect x="${atPx.toFixed(1)}" y="${row * ROW_PX + 3}" width="${px.toFixed(1)}" height="${ROW_PX - 6}" fill="${COLOURS[index]}"/>` +
        (px > 30
          ? `<text x="${(atPx + 5).toFixed(1)}" y="${row * ROW_PX + 15}" fill="#fff">${Math.round(figures.killShare[weapon] * 100)}</text>`
          : "");
      atPx += px;
      return cell;
    });
    return `<text x="${LEFT_PX - 8}" y="${row * ROW_PX + 15}" text-anchor="end">${escapeHtml(title)}</text>${cells.join("")}`;
  });
  return `<svg viewBox="0 0 900 ${height + 4}" role="img">${parts.join("")}</svg>`;
}

const legend = () =>
  `<p>${WEAPON_NAMES.map((weapon, index) => `<span style="color:${COLOURS[index]}">■</span> ${weapon}`).join(" &nbsp; ")}, in % of kills</p>`;

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
