/** Plots as SVG. The rows of a map stand together; the text of a row is to the right of the plot, clear of every line. */
import { escapeHtml, PALETTE } from "#loadtest/lib/html.ts";
import { percent } from "#loadtest/lib/text.ts";
import { type Figures, WEAPON_NAMES } from "./figures.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** The fill of each weapon's share, and a colour for text on it. */
const COLOURS = [
  [PALETTE.blue, "#fff"],
  [PALETTE.orange, "#1b1b2f"],
  [PALETTE.green, "#fff"],
  [PALETTE.pink, "#1b1b2f"],
] as const;

const ROW_PX = 22;
const GROUP_GAP_PX = 8;
const LEFT_PX = 210;
const WIDTH_PX = 560;
const ALL_PX = 940;

/** One bar a row; `mark` draws a line at the target's value. */
export function bars(rows: readonly Bar[], mark?: number): string {
  const most = Math.max(1e-9, mark ?? 0, ...rows.map(({ value }) => value)) * 1.05;
  const toPx = (value: number) => (value / most) * WIDTH_PX;
  const placed = place(rows);
  const drawn = placed.rows.map(
    ({ row: { label, value, text }, y }) =>
      labelAt(label, y) +
      rect(LEFT_PX, y, WIDTH_PX, "track") +
      rect(LEFT_PX, y, toPx(value), "bar") +
      noteAt(text, y),
  );
  return svg(placed.height, drawn, mark === undefined ? "" : lineAt(LEFT_PX + toPx(mark), placed.height));
}

/** One bar a row, divided by the weapons' shares of the kills. */
export function shareBars(rows: readonly { title: string; figures: Figures }[]): string {
  const placed = place(rows.map(({ title, figures }) => ({ label: title, figures })));
  const drawn = placed.rows.map(({ row: { label, figures }, y }) => {
    let atPx = LEFT_PX;
    const cells = WEAPON_NAMES.map((weapon, index) => {
      const share = figures.killShare[weapon];
      const [fill, ink] = COLOURS[index] ?? COLOURS[0];
      const px = share * WIDTH_PX;
      const cell = `<rect x="${px1(atPx)}" y="${y + 3}" width="${px1(px)}" height="${ROW_PX - 6}" fill="${fill}"/>`;
      const figure = `<text x="${px1(atPx + 5)}" y="${y + 15}" style="fill:${ink}">${Math.round(share * 100)}</text>`;
      atPx += px;
      return px > 24 ? cell + figure : cell;
    });
    return labelAt(label, y) + cells.join("") + noteAt(`${figures.kills} kills`, y);
  });
  return svg(placed.height, drawn);
}

export const legend = () =>
  `<p>${WEAPON_NAMES.map((weapon, index) => `<span style="color:${COLOURS[index]?.[0]}">■</span> ${weapon}`).join(" &nbsp; ")}, in % of kills</p>`;

export interface Share {
  readonly label: string;
  readonly share: number;
  /** The half-width of its 95 % interval (see chanceOf). */
  readonly chance: number;
  /** The number of matches behind it. */
  readonly of: number;
}

/** Each share as a dot with its 95 % interval as a line, over the band of the target. */
export function shareDots(rows: readonly Share[], { least, most }: { least: number; most: number }): string {
  const from = 0.3;
  const toPx = (share: number) =>
    LEFT_PX + (Math.max(0, Math.min(share - from, 1 - 2 * from)) / (1 - 2 * from)) * WIDTH_PX;
  const placed = place(rows);
  const { height } = placed;
  const band = `<rect x="${px1(toPx(least))}" y="0" width="${px1(toPx(most) - toPx(least))}" height="${height}" class="band"/>`;
  const drawn = placed.rows.map(({ row: { label, share, chance, of }, y }) => {
    const middle = y + ROW_PX / 2;
    const whisker = `<line x1="${px1(toPx(share - chance))}" x2="${px1(toPx(share + chance))}" y1="${middle}" y2="${middle}" class="whisker"/>`;
    const dot = `<circle cx="${px1(toPx(share))}" cy="${middle}" r="5" class="bar"/>`;
    return labelAt(label, y) + whisker + dot + noteAt(`${percent(share)} of ${of}`, y);
  });
  return svg(height, [band + lineAt(toPx(0.5), height), ...drawn]);
}

const px1 = (px: number) => px.toFixed(1);
const mapOf = (label: string) => label.split(" · ")[0];

/** The y of each row, px. Rows that name a mode get a gap before each new map. */
function place<Row extends { label: string }>(rows: readonly Row[]) {
  let y = 0;
  const placed = rows.map((row, index) => {
    const before = rows[index - 1];
    const isGrouped = before?.label.includes(" · ") || row.label.includes(" · ");
    if (before && isGrouped && mapOf(before.label) !== mapOf(row.label)) y += GROUP_GAP_PX;
    const at = y;
    y += ROW_PX;
    return { row, y: at };
  });
  return { rows: placed, height: y };
}

const svg = (height: number, rows: readonly string[], over = "") =>
  `<svg viewBox="0 0 ${ALL_PX} ${height + 4}" role="img">${rows.join("")}${over}</svg>`;

const labelAt = (label: string, y: number) =>
  `<text x="${LEFT_PX - 8}" y="${y + 15}" text-anchor="end">${escapeHtml(label)}</text>`;

const noteAt = (text: string, y: number) =>
  `<text x="${LEFT_PX + WIDTH_PX + 10}" y="${y + 15}">${escapeHtml(text)}</text>`;

const rect = (x: number, y: number, width: number, kind: string) =>
  `<rect x="${x}" y="${y + 3}" width="${px1(width)}" height="${ROW_PX - 6}" rx="2" class="${kind}"/>`;

const lineAt = (x: number, height: number) =>
  `<line x1="${px1(x)}" x2="${px1(x)}" y1="0" y2="${height}" class="mark"/>`;
