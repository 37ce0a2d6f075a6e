/** Two states of the draft side by side: what differs, as numbers and as places on their pictures. */
import { signal } from "@preact/signals";
import type { DraftDiff } from "#client/editor/draftDiff.ts";
import { teamHue } from "#client/palette.ts";
import { THEME_COLOURS } from "#client/themeColours.ts";
import { THEME_NAMES, type ThemeName } from "#shared/arena/themes.ts";
import { cellAt, type DraftContent, sizeOf } from "#shared/editor/draft.ts";
import type { DraftVersion } from "#shared/protocol/editor.ts";

/** The version that is compared with another one, or with what is drawn now. */
export const compared = signal<DraftVersion | undefined>(undefined);

/** Width of a cell in the picture, px. */
const CELL_PX = 12;
const MARK = "#ffffff";

/** A plan of the draft, with a frame round what differs. The draft need not be playable. */
export function drawDraft(
  canvas: HTMLCanvasElement,
  draft: DraftContent,
  diff: DraftDiff,
  tilePx: number,
): void {
  const { columns, rows } = sizeOf(draft);
  canvas.width = columns * CELL_PX;
  canvas.height = rows * CELL_PX;
  const context = canvas.getContext("2d");
  if (!context) return;
  const { floor, wall, cover, accent } = THEME_COLOURS[themeOf(draft)];
  context.fillStyle = floor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const isWall = cellAt(draft.walls, column, row);
      if (!isWall && !cellAt(draft.bushes, column, row)) continue;
      context.fillStyle = isWall ? wall : cover;
      context.fillRect(column * CELL_PX, row * CELL_PX, CELL_PX, CELL_PX);
    }
  const scale = CELL_PX / tilePx;
  for (const [, { x, y, type, layer, width, height }] of draft.objects.entries()) {
    context.fillStyle = type === "a" ? teamHue(0) : type === "b" ? teamHue(1) : accent;
    context.strokeStyle = accent;
    if (layer === "hills") context.strokeRect(x * scale, y * scale, width * scale, height * scale);
    else fillDisc(context, x * scale, y * scale);
  }
  mark(context, diff, scale);
}

function mark(context: CanvasRenderingContext2D, { cells, objects }: DraftDiff, scale: number): void {
  context.strokeStyle = MARK;
  context.fillStyle = `${MARK}40`;
  context.lineWidth = 1.5;
  for (const [column, row] of cells) {
    context.fillRect(column * CELL_PX, row * CELL_PX, CELL_PX, CELL_PX);
    context.strokeRect(column * CELL_PX + 1, row * CELL_PX + 1, CELL_PX - 2, CELL_PX - 2);
  }
  for (const { before, after } of objects)
    for (const object of [before, after])
      if (object)
        context.strokeRect(
          object.x * scale - CELL_PX,
          object.y * scale - CELL_PX,
          object.width * scale + 2 * CELL_PX,
          object.height * scale + 2 * CELL_PX,
        );
}

function fillDisc(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, CELL_PX / 2, 0, 2 * Math.PI);
  context.fill();
}

function themeOf({ properties }: DraftContent): ThemeName {
  const named = properties.get("theme");
  return THEME_NAMES.find((name) => name === named) ?? "foundry";
}
