/** Paints a heat map over the plan of an arena, and marks places on it. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Cell } from "#shared/trial/cells.ts";

/**
 * The colours from few to many: dark blue, violet, orange, pale yellow, after matplotlib's "inferno" (N. Smith, S. van der Walt, 2015). Its
 * lightness only grows, so that it reads without hues, too. [red, green, blue, opacity]
 */
const RAMP = [
  [40, 11, 84, 0.35],
  [101, 21, 110, 0.7],
  [188, 55, 84, 0.82],
  [249, 142, 9, 0.9],
  [252, 255, 164, 0.96],
] as const;

/** The ramp for a legend. */
export const RAMP_CSS = `linear-gradient(to right, ${RAMP.map(
  ([red, green, blue, opacity]) => `rgb(${red} ${green} ${blue} / ${opacity})`,
).join(", ")})`;

/** `share` is 0…1. */
function colourAt(share: number): readonly [number, number, number, number] {
  const place = Math.min(share, 1) * (RAMP.length - 1);
  const below = Math.min(Math.floor(place), RAMP.length - 2);
  const [low, high] = [RAMP[below] ?? RAMP[0], RAMP[below + 1] ?? RAMP[0]];
  const mix = (part: 0 | 1 | 2 | 3) => low[part] + (high[part] - low[part]) * (place - below);
  return [mix(0), mix(1), mix(2), mix(3)];
}

/** The canvas's px for each cell. */
const CELL_PX = 16;

export function sizeCanvas(canvas: HTMLCanvasElement, { columns, rows }: Arena): void {
  canvas.width = columns * CELL_PX;
  canvas.height = rows * CELL_PX;
}

/** Square roots: a few busy cells would drown all others. Walls stay bare. */
export function paintHeat(canvas: HTMLCanvasElement, arena: Arena, heat: readonly number[]): void {
  const context = canvas.getContext("2d");
  const most = Math.max(...heat);
  if (!context || most === 0) return;
  const small = new ImageData(arena.columns, arena.rows);
  for (const [cell, value] of heat.entries()) {
    if (value === 0) continue;
    const [red, green, blue, opacity] = colourAt(Math.sqrt(value / most));
    small.data.set([red, green, blue, opacity * 255], 4 * cell);
  }
  const cells = document.createElement("canvas");
  cells.width = arena.columns;
  cells.height = arena.rows;
  cells.getContext("2d")?.putImageData(small, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(cells, 0, 0, canvas.width, canvas.height);
  clearWalls(context, arena);
}

function clearWalls(context: CanvasRenderingContext2D, { solid, columns }: Arena): void {
  for (const [cell, isSolid] of solid.entries()) {
    if (isSolid !== 1) continue;
    const [x, y] = [(cell % columns) * CELL_PX, Math.floor(cell / columns) * CELL_PX];
    context.clearRect(x, y, CELL_PX, CELL_PX);
  }
}

/** Few places get a ring each; a part of the floor is hatched as a whole. */
const RINGS_MAX = 12;

export function markPlaces(canvas: HTMLCanvasElement, places: readonly Cell[]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  for (const [width, colour] of [
    [6, "#000000cc"],
    [3, "#ffffff"],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    for (const place of places) (places.length > RINGS_MAX ? addStroke : addRing)(context, place);
    context.stroke();
  }
}

function addRing(context: CanvasRenderingContext2D, { column, row }: Cell): void {
  const [x, y] = [(column + 0.5) * CELL_PX, (row + 0.5) * CELL_PX];
  context.moveTo(x + CELL_PX, y);
  context.arc(x, y, CELL_PX, 0, 2 * Math.PI);
}

function addStroke(context: CanvasRenderingContext2D, { column, row }: Cell): void {
  context.moveTo(column * CELL_PX + 3, (row + 1) * CELL_PX - 3);
  context.lineTo((column + 1) * CELL_PX - 3, row * CELL_PX + 3);
}
