/** Figures as SVG. Rows of a map stand together; what a row says is written to its right, clear of every line. */
import { type Figures, WEAPON_NAMES } from "./figures.ts";
import { percent } from "./format.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** Okabe and Ito's: told apart by everybody. The second is what is written on it. */
const COLOURS = [
  ["#0072b2", "#fff"],
  ["#e69f00", "#1b1b2f"],
  ["#009e73", "#fff"],
  ["#cc79a7", "#1b1b2f"],
] as const;

const ROW_PX = 22;
const GROUP_GAP_PX = 8;
const LEFT_PX = 210;
const WIDTH_PX = 560;
const ALL_PX = 940;

/** `mark` is where a target lies. */
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
  /** How far chance alone may have carried it. */
  readonly chance: number;
  readonly of: number;
}

/** Each share as a dot, with what chance may have done to it as a line, over the band that is wanted. */
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

export const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const px1 = (px: number) => px.toFixed(1);
const mapOf = (label: string) => label.split(" · ")[0];

/** Where each row stands: a gap before each other map, when rows are of modes. */
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
