/** Behind every share image: the abyss, the floor's grid, a glow, the game's name; and plans of arenas. */
import { Path2D } from "@napi-rs/canvas";
import { mapOf } from "#server/arenas.ts";
import { type Arena, isBushTile, isSolidTile } from "#shared/arena/arena.ts";
import { type Box, type Brush, CARD } from "./brush.ts";
import { COLOURS, faded, GRID_LINE, teamHue } from "./colours.ts";

const GRID_PX = 50;

/** `hue`: of the glow in the upper right corner. */
export function paintBackdrop({ context }: Brush, hue: string): void {
  const { widthPx, heightPx } = CARD;
  context.fillStyle = COLOURS.abyss;
  context.fillRect(0, 0, widthPx, heightPx);
  context.lineWidth = 1;
  context.strokeStyle = faded(GRID_LINE, 0.55);
  context.beginPath();
  for (let x = GRID_PX / 2; x < widthPx; x += GRID_PX) {
    context.moveTo(x, 0);
    context.lineTo(x, heightPx);
  }
  for (let y = GRID_PX / 2; y < heightPx; y += GRID_PX) {
    context.moveTo(0, y);
    context.lineTo(widthPx, y);
  }
  context.stroke();
  for (const [x, y, radius, alpha] of [
    [widthPx - 120, 40, 620, 0.26],
    [80, heightPx, 520, 0.14],
  ] as const) {
    const glow = context.createRadialGradient(x, y, 0, x, y, radius);
    glow.addColorStop(0, faded(hue, alpha));
    glow.addColorStop(1, faded(hue, 0));
    context.fillStyle = glow;
    context.fillRect(0, 0, widthPx, heightPx);
  }
}

/** Centre lines of the wordmark's letters (game-client/ui/kit/Wordmark.tsx), on a grid of 80 × 100 units. */
const LETTERS = [
  "M10 100V28L28 10H80M18 56H66",
  "M10 100V10H52L70 28V42L54 58H10M42 58 70 82V100",
  "M10 100V32L32 10H48L70 32V100M10 68H70",
  "M80 10H28L10 28V72L28 90H80",
  "M10 100V32L32 10H48L70 32V100M10 68H70",
  "M76 10H27L10 27V34L26 50H54L70 66V73L53 90H4",
] as const;
const PITCH = 97;

/** The game's name, with a shot through it; `x`, `y`: its upper left corner. */
export function paintWordmark({ context }: Brush, x: number, y: number, heightPx: number): void {
  const width = PITCH * (LETTERS.length - 1) + 80;
  context.save();
  context.translate(x, y);
  context.scale(heightPx / 100, heightPx / 100);
  context.save();
  context.transform(1, 0, Math.tan((-7 * Math.PI) / 180), 1, 12, 0);
  context.lineWidth = 19;
  context.strokeStyle = COLOURS.text;
  for (const [place, letter] of LETTERS.entries()) {
    context.save();
    context.translate(place * PITCH, 0);
    context.stroke(new Path2D(letter));
    context.restore();
  }
  context.restore();
  for (const [lineWidth, colour] of [
    [13, COLOURS.abyss],
    [5.5, COLOURS.accent],
  ] as const) {
    context.lineWidth = lineWidth;
    context.lineCap = "round";
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(-26, 84);
    context.lineTo(width + 36, 32);
    context.stroke();
  }
  context.restore();
}

/** Whether this thread has the arena: old matches may name others. */
export const hasPlan = (arena: string): boolean => mapOf(arena) !== undefined;

/** The arena from above, as large as fits into the box and centred; nothing without a plan. */
export function paintPlan({ context }: Brush, name: string, box: Box): void {
  const arena = mapOf(name)?.arena;
  if (!arena) return;
  const tile = Math.min(box.width / arena.columns, box.height / arena.rows);
  context.save();
  context.translate(
    box.x + (box.width - tile * arena.columns) / 2,
    box.y + (box.height - tile * arena.rows) / 2,
  );
  context.fillStyle = faded(COLOURS.abyss, 0.6);
  context.fillRect(0, 0, tile * arena.columns, tile * arena.rows);
  paintTiles(context, arena, tile);
  const scale = tile / arena.tilePx;
  for (const { x, y, width, height } of arena.hills) {
    context.fillStyle = faded(COLOURS.accent, 0.16);
    context.fillRect(x * scale, y * scale, width * scale, height * scale);
  }
  for (const { x, y, team } of arena.flags) {
    context.fillStyle = teamHue(team);
    context.beginPath();
    context.arc(x * scale, y * scale, tile * 0.8, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}

function paintTiles(context: Brush["context"], arena: Arena, tile: number): void {
  for (let row = 0; row < arena.rows; row++)
    for (let column = 0; column < arena.columns; column++) {
      const [x, y] = [column * tile, row * tile];
      if (isSolidTile(arena, column, row)) {
        context.fillStyle = COLOURS.wallTop;
        // Overlaps its neighbours, so that no seam shows.
        context.fillRect(x, y, tile + 0.5, tile + 0.5);
        if (isSolidTile(arena, column, row - 1)) continue;
        context.fillStyle = COLOURS.wallLit;
        context.fillRect(x, y, tile + 0.5, Math.max(1, tile * 0.22));
      } else if (isBushTile(arena, column, row)) {
        context.fillStyle = faded(COLOURS.health, 0.28);
        context.fillRect(x, y, tile + 0.5, tile + 0.5);
      }
    }
}
