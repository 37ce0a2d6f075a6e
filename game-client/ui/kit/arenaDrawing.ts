/** Draws the plan of an arena in its theme's colours: walls, cover, hills, flags and spawn points. */
import { teamHue } from "#client/palette.ts";
import { THEME_COLOURS } from "#client/themeColours.ts";
import { type Arena, isBushTile, isSolidTile } from "#shared/arena/arena.ts";

/** Longer side of the picture, px, unless it is asked for larger. */
const SIDE_PX = 480;
/** Least size of a flag, and of a spawn point: a large arena's plan must show them, too. */
const FLAG_MIN_PX = 20;
const SPAWN_MIN_PX = 2.2;

/** The parts of an arena, or of a draft (draftPlan.ts), that a plan shows. */
export type Drawable = Pick<
  Arena,
  | "tilePx"
  | "columns"
  | "rows"
  | "widthPx"
  | "heightPx"
  | "solid"
  | "bushes"
  | "spawns"
  | "flags"
  | "hills"
  | "theme"
>;

interface Plan {
  readonly context: CanvasRenderingContext2D;
  readonly arena: Drawable;
  /** Canvas px a world px, and a tile's side in canvas px. */
  readonly scale: number;
  readonly tile: number;
}

/** The plan as a data URL. */
export function drawArena(arena: Drawable, sidePx = SIDE_PX): string {
  const canvas = document.createElement("canvas");
  const scale = sidePx / Math.max(arena.widthPx, arena.heightPx);
  canvas.width = Math.round(arena.widthPx * scale);
  canvas.height = Math.round(arena.heightPx * scale);
  const context = canvas.getContext("2d");
  if (!context) return "";
  const plan = { context, arena, scale, tile: arena.tilePx * scale };
  for (const draw of [drawFloor, drawGlow, drawCover, drawWalls, drawHills, drawSpawns, drawFlags])
    draw(plan);
  return canvas.toDataURL();
}

function drawFloor({ context, arena, tile }: Plan): void {
  const { width, height } = context.canvas;
  context.fillStyle = THEME_COLOURS[arena.theme].floor;
  context.fillRect(0, 0, width, height);
  // Plates of two tiles, so that sizes can be compared.
  context.fillStyle = "#ffffff0a";
  for (let row = 0; row < arena.rows; row += 2)
    for (let column = row % 4; column < arena.columns; column += 4)
      context.fillRect(column * tile, row * tile, 2 * tile, 2 * tile);
}

/** The theme's accent as a light over the middle, which names the place at a glance. */
function drawGlow({ context, arena }: Plan): void {
  const { width, height } = context.canvas;
  const { accent, beyond } = THEME_COLOURS[arena.theme];
  const reach = Math.hypot(width, height) / 2;
  const light = context.createRadialGradient(width / 2, height / 2, 0, width / 2, height / 2, reach);
  light.addColorStop(0, `${accent}4d`);
  light.addColorStop(0.55, `${accent}12`);
  light.addColorStop(1, `${beyond}b3`);
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
}

function drawCover(plan: Plan): void {
  const { context, arena, tile } = plan;
  eachTile(plan, isBushTile, (x, y) => {
    context.fillStyle = "#00000040";
    fillDisc(context, x + tile / 2, y + tile * 0.62, tile * 0.62);
    context.fillStyle = THEME_COLOURS[arena.theme].cover;
    fillDisc(context, x + tile / 2, y + tile / 2, tile * 0.62);
    context.fillStyle = "#ffffff24";
    fillDisc(context, x + tile * 0.38, y + tile * 0.36, tile * 0.2);
  });
}

/** Walls stand: they cast a shadow downward, and their upper edge is lit. */
function drawWalls(plan: Plan): void {
  const { context, arena, tile } = plan;
  const { wall } = THEME_COLOURS[arena.theme];
  context.fillStyle = "#00000073";
  eachTile(plan, isSolidTile, (x, y) => context.fillRect(x, y + tile * 0.3, tile * 1.15, tile * 1.15));
  // One px wider than the tile, so that no seam shows between tiles.
  context.fillStyle = wall;
  eachTile(plan, isSolidTile, (x, y) => context.fillRect(x, y, tile + 0.6, tile + 0.6));
  eachTile(plan, isSolidTile, (x, y, column, row) => {
    if (!isSolidTile(arena, column, row - 1)) {
      context.fillStyle = "#ffffff59";
      context.fillRect(x, y, tile + 0.6, Math.max(1, tile * 0.18));
    }
    if (!isSolidTile(arena, column, row + 1)) {
      context.fillStyle = "#0000004d";
      context.fillRect(x, y + tile * 0.68, tile + 0.6, tile * 0.32);
    }
  });
}

function drawHills({ context, arena, scale }: Plan): void {
  const { accent } = THEME_COLOURS[arena.theme];
  context.lineWidth = 2;
  for (const { x, y, width, height } of arena.hills) {
    const box = [x * scale, y * scale, width * scale, height * scale] as const;
    context.fillStyle = `${accent}2e`;
    context.fillRect(...box);
    context.strokeStyle = accent;
    context.setLineDash([5, 4]);
    context.strokeRect(...box);
  }
  context.setLineDash([]);
}

function drawSpawns({ context, arena, scale, tile }: Plan): void {
  for (const { x, y, team } of arena.spawns) {
    context.fillStyle = team === undefined ? "#ffffffb3" : teamHue(team);
    fillDisc(context, x * scale, y * scale, Math.max(SPAWN_MIN_PX, tile * 0.2));
  }
}

/** A pennant on a pole, with a dark rim that sets it off from every floor. */
const FLAG = "M3 16V0M3 1H14L10.500 5 14 9H3";
const FLAG_UNITS = 16;

function drawFlags({ context, arena, scale, tile }: Plan): void {
  const px = Math.max(FLAG_MIN_PX, tile * 1.6);
  const path = new Path2D(FLAG);
  context.lineJoin = "round";
  for (const { x, y, team } of arena.flags) {
    context.save();
    context.translate(x * scale - px / 3, y * scale - px);
    context.scale(px / FLAG_UNITS, px / FLAG_UNITS);
    context.strokeStyle = "#000000cc";
    context.lineWidth = 4.5;
    context.stroke(path);
    context.strokeStyle = teamHue(team);
    context.fillStyle = teamHue(team);
    context.lineWidth = 2;
    context.stroke(path);
    context.fill(path);
    context.restore();
  }
}

function eachTile(
  { arena, tile }: Plan,
  isWanted: (arena: Drawable, column: number, row: number) => boolean,
  draw: (x: number, y: number, column: number, row: number) => void,
): void {
  for (let row = 0; row < arena.rows; row++)
    for (let column = 0; column < arena.columns; column++)
      if (isWanted(arena, column, row)) draw(column * tile, row * tile, column, row);
}

function fillDisc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
