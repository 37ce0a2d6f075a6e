/** The share image of a match: how it ended, where, and its scoreboard. */
import { counted, matchTitle } from "#server/services/words.ts";
import { clock } from "#shared/figures/clock.ts";
import type { MatchPlayerLine, StoredMatch } from "#shared/protocol/progress.ts";
import { hasPlan, paintBackdrop, paintPlan, paintWordmark } from "./backdrop.ts";
import { type Box, Brush, CARD } from "./brush.ts";
import { COLOURS, faded, teamHue } from "./colours.ts";

const { marginPx, widthPx, heightPx } = CARD;
const INNER_PX = widthPx - marginPx * 2;
const BOARD_Y = 268;
const PLAN = { x: widthPx - marginPx - 346, y: 40, width: 346, height: 206 } as const;
const PLAN_INSET_PX = 14;

export function paintMatch(match: StoredMatch): Brush {
  const brush = new Brush(JSON.stringify(match.players.map(({ name }) => name)));
  const { teamScores, players } = match;
  const winner = teamScores ? Number(teamScores[1] > teamScores[0]) : (players[0]?.team ?? 0);
  paintBackdrop(brush, match.how === "draw" ? COLOURS.wallLit : teamHue(winner));
  if (hasPlan(match.arena)) brush.glass(PLAN);
  paintPlan(brush, match.arena, inset(PLAN, PLAN_INSET_PX));
  paintWordmark(brush, marginPx + 6, marginPx - 4, 32);
  paintTitle(brush, match);
  if (teamScores) paintSides(brush, teamScores, 216);
  else paintWinner(brush, match, 216);
  const board = { x: marginPx, y: BOARD_Y, width: INNER_PX, height: heightPx - marginPx - BOARD_Y };
  if (teamScores) paintTwoBoards(brush, board, match, winner);
  else
    paintBoard(brush, { box: board, players, columns: WIDE, rows: rowsFor(players.length), isWinner: false });
  return brush;
}

const inset = ({ x, y, width, height }: Box, px: number): Box => ({
  x: x + px,
  y: y + px,
  width: width - px * 2,
  height: height - px * 2,
});

function paintTitle(brush: Brush, match: StoredMatch): void {
  const { players, startedAt, endedAt } = match;
  const title = matchTitle(match);
  brush.text(title, marginPx, 130, { sizePx: 34, weight: 600, maxPx: 690 });
  const minutes = clock((endedAt - startedAt) / 1000);
  const note = `${new Date(endedAt).toISOString().slice(0, 10)}  ·  ${minutes} min  ·  ${counted(players.length, "player")}`;
  brush.text(note, marginPx + 240, 72, { sizePx: 21, colour: COLOURS.textQuiet });
}

function paintSides(brush: Brush, [first, second]: [number, number], y: number): void {
  brush.emblem(0, marginPx, y - 56, 56);
  const score = { sizePx: 80, weight: 700 } as const;
  let x = marginPx + 74;
  x += brush.text(String(first), x, y, { ...score, colour: teamHue(0) }) + 22;
  x += brush.text(":", x, y - 6, { ...score, colour: COLOURS.textQuiet }) + 22;
  x += brush.text(String(second), x, y, { ...score, colour: teamHue(1) }) + 20;
  brush.emblem(1, x, y - 56, 56);
}

function paintWinner(brush: Brush, { how, players: [first] }: StoredMatch, y: number): void {
  if (how === "calledOff" || how === "draw" || !first) {
    brush.text(how === "calledOff" ? "Called off" : "A draw", marginPx, y, { sizePx: 72, weight: 700 });
    return;
  }
  brush.emblem(first.team, marginPx, y - 46, 50);
  const width = brush.text(first.name, marginPx + 68, y, {
    sizePx: 72,
    weight: 700,
    maxPx: 500,
    colour: teamHue(first.team),
  });
  brush.text("wins", marginPx + 68 + width + 20, y, { sizePx: 34, colour: COLOURS.textQuiet });
}

const ROWS = { min: 4, max: 6 } as const;
const rowsFor = (players: number): number => Math.min(ROWS.max, Math.max(ROWS.min, players));
const BOARDS_GAP_PX = 24;

/** A column of figures, and how far its right end is from the board's. */
type Column = readonly ["score" | "kills" | "deaths" | "assists", rightPx: number];
const WIDE: readonly Column[] = [
  ["score", 490],
  ["kills", 340],
  ["deaths", 190],
  ["assists", 40],
];
const NARROW: readonly Column[] = [
  ["score", 196],
  ["kills", 110],
  ["deaths", 24],
];

interface Board {
  box: Box;
  players: readonly MatchPlayerLine[];
  columns: readonly Column[];
  rows: number;
  isWinner: boolean;
}

function paintTwoBoards(brush: Brush, board: Box, { how, players }: StoredMatch, winner: number): void {
  const width = (board.width - BOARDS_GAP_PX) / 2;
  const sides = [0, 1].map((team) => players.filter((player) => player.team === team));
  const rows = rowsFor(Math.max(...sides.map(({ length }) => length)));
  for (const [team, side] of sides.entries())
    paintBoard(brush, {
      box: { ...board, x: board.x + (width + BOARDS_GAP_PX) * team, width },
      players: side,
      columns: NARROW,
      rows,
      isWinner: team === winner && how !== "draw" && how !== "calledOff",
    });
}

function paintBoard(brush: Brush, { box, players, columns, rows, isWinner }: Board): void {
  brush.glass(box);
  const shown = players.length > rows ? players.slice(0, rows - 1) : players;
  const row = (box.height - 56) / rows;
  const [first] = players;
  if (isWinner && first)
    brush.text("Winners", box.x + 28, box.y + 34, { sizePx: 20, weight: 700, colour: teamHue(first.team) });
  for (const [label, rightPx] of columns)
    brush.text(label, box.x + box.width - rightPx, box.y + 33, {
      sizePx: 18,
      align: "right",
      colour: COLOURS.textQuiet,
    });
  for (const [at, player] of shown.entries())
    paintRow(brush, { ...box, y: box.y + 44 + row * at, height: row }, player, columns);
  const more = players.length - shown.length;
  if (more > 0)
    brush.text(`and ${more} more`, box.x + 66, box.y + 44 + row * (rows - 0.5) + 7, {
      sizePx: 20,
      colour: COLOURS.textQuiet,
    });
}

function paintRow(brush: Brush, box: Box, player: MatchPlayerLine, columns: readonly Column[]): void {
  const { context } = brush;
  const middle = box.y + box.height / 2;
  context.fillStyle = faded(COLOURS.wallLit, 0.1);
  context.fillRect(box.x + 24, box.y, box.width - 48, 1);
  brush.emblem(player.team, box.x + 28, middle - 10, 20);
  const colour = player.isBot ? COLOURS.textQuiet : COLOURS.text;
  const firstPx = Math.max(...columns.map(([, rightPx]) => rightPx));
  brush.text(player.name, box.x + 66, middle + 9, {
    sizePx: 26,
    weight: 600,
    colour,
    maxPx: box.width - firstPx - 130,
  });
  for (const [column, rightPx] of columns)
    brush.text(String(player[column]), box.x + box.width - rightPx, middle + 9, {
      sizePx: 25,
      weight: column === "score" ? 700 : 500,
      align: "right",
      colour: column === "score" ? teamHue(player.team) : colour,
    });
}
