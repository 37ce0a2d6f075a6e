/** Draws the parts of share images: text that fits, glass panels, bars, curves. Coordinates are px of the image. */
import { type Canvas, createCanvas, Path2D, type SKRSContext2D } from "@napi-rs/canvas";
import { curveOf } from "#shared/figures/curve.ts";
import { COLOURS, faded, TEAM_SHAPES, teamHue } from "./colours.ts";
import { familiesFor } from "./fonts.ts";

export const CARD = { widthPx: 1200, heightPx: 630, marginPx: 52 } as const;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface TextLooks {
  sizePx: number;
  weight?: number;
  colour?: string;
  align?: "left" | "center" | "right";
  /** A longer text is drawn smaller, down to half, and then cut. */
  maxPx?: number;
  spacingPx?: number;
}

/** Size of the cut corners, as on the page's panels. */
const CUT_PX = 14;
const SMALLEST = 0.5;
const graphemes = new Intl.Segmenter();

export class Brush {
  readonly canvas: Canvas = createCanvas(CARD.widthPx, CARD.heightPx);
  readonly context: SKRSContext2D = this.canvas.getContext("2d");
  readonly #families: string;

  /** `texts`: everything that will be drawn, to load its fonts. */
  constructor(texts: string) {
    this.#families = familiesFor(`${texts} AZaz09…–·`);
    this.context.lang = "en";
  }

  /** Draws a line with its baseline at `y`; returns its width. */
  text(text: string, x: number, y: number, looks: TextLooks): number {
    const { context } = this;
    const { colour = COLOURS.text, align = "left", maxPx = Number.POSITIVE_INFINITY } = looks;
    context.letterSpacing = `${looks.spacingPx ?? 0}px`;
    const shown = this.#fit(text, looks, maxPx);
    context.textAlign = align;
    context.fillStyle = colour;
    context.fillText(shown, x, y);
    return context.measureText(shown).width;
  }

  /** Sets the font, and returns what of the text fits. */
  #fit(text: string, { sizePx, weight = 500 }: TextLooks, maxPx: number): string {
    const { context } = this;
    const setSize = (px: number) => {
      context.font = `${weight} ${px}px ${this.#families}`;
    };
    setSize(sizePx);
    const width = context.measureText(text).width;
    if (width <= maxPx) return text;
    setSize(Math.max(sizePx * SMALLEST, (sizePx * maxPx) / width));
    const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
    let shown = text;
    while (parts.length > 0 && context.measureText(shown).width > maxPx + 1) {
      parts.pop();
      shown = `${parts.join("")}…`;
    }
    return shown;
  }

  /** A panel as on the page: dark glass with cut corners and a lit upper edge. */
  glass(box: Box, cutPx: number = CUT_PX): void {
    const { context } = this;
    context.save();
    context.shadowColor = "#05051299";
    context.shadowBlur = 28;
    context.shadowOffsetY = 10;
    context.fillStyle = faded(COLOURS.floor, 0.84);
    context.fill(bevelled(box, cutPx));
    context.restore();
    context.lineWidth = 1.5;
    context.strokeStyle = faded(COLOURS.wallLit, 0.26);
    context.stroke(bevelled(box, cutPx));
    context.strokeStyle = faded(COLOURS.wallLit, 0.7);
    context.beginPath();
    context.moveTo(box.x + cutPx, box.y);
    context.lineTo(box.x + box.width - cutPx, box.y);
    context.stroke();
  }

  /** A bar filled from the left by a share from 0 to 1. */
  bar({ x, y, width, height }: Box, share: number, hue: string): void {
    const { context } = this;
    const filled = Math.max(height, width * Math.min(1, Math.max(0, share)));
    context.fillStyle = faded(COLOURS.wallLit, 0.14);
    context.fill(bevelled({ x, y, width, height }, height / 3));
    if (share <= 0) return;
    const fill = context.createLinearGradient(x, 0, x + filled, 0);
    fill.addColorStop(0, faded(hue, 0.55));
    fill.addColorStop(1, hue);
    context.fillStyle = fill;
    context.fill(bevelled({ x, y, width: filled, height }, height / 3));
  }

  /** A rating's curve with an area below. `points`: see curveOf. A single day is a level line. */
  curve({ x, y, width, height }: Box, points: Parameters<typeof curveOf>[0], hue: string): void {
    const { context } = this;
    const curve = curveOf(points, { width, height });
    if (!curve) return;
    const { places, end } = curve;
    const line = new Path2D();
    if (places.length === 1) line.lineTo(x, y + end.y);
    for (const place of places) line.lineTo(x + place.x, y + place.y);
    const area = new Path2D(line);
    area.lineTo(x + width, y + height + 6);
    area.lineTo(x, y + height + 6);
    const fill = context.createLinearGradient(0, y, 0, y + height + 6);
    fill.addColorStop(0, faded(hue, 0.32));
    fill.addColorStop(1, faded(hue, 0));
    context.fillStyle = fill;
    context.fill(area);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = hue;
    context.stroke(line);
    this.dot(x + end.x, y + end.y, 5, hue);
  }

  dot(x: number, y: number, radius: number, hue: string): void {
    const { context } = this;
    context.save();
    context.shadowColor = hue;
    context.shadowBlur = 14;
    context.fillStyle = COLOURS.text;
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
    context.restore();
  }

  /** A team's emblem in its hue; `x`, `y`: its upper left corner. */
  emblem(team: number, x: number, y: number, sizePx: number): void {
    const { context } = this;
    const shape = TEAM_SHAPES[team % TEAM_SHAPES.length] ?? TEAM_SHAPES[0];
    context.save();
    context.translate(x, y);
    context.scale(sizePx / 16, sizePx / 16);
    context.fillStyle = teamHue(team);
    context.fill(new Path2D(shape));
    context.restore();
  }
}

function bevelled({ x, y, width, height }: Box, cutPx: number): Path2D {
  const path = new Path2D();
  path.moveTo(x + cutPx, y);
  path.lineTo(x + width - cutPx, y);
  path.lineTo(x + width, y + cutPx);
  path.lineTo(x + width, y + height - cutPx);
  path.lineTo(x + width - cutPx, y + height);
  path.lineTo(x + cutPx, y + height);
  path.lineTo(x, y + height - cutPx);
  path.lineTo(x, y + cutPx);
  path.closePath();
  return path;
}
