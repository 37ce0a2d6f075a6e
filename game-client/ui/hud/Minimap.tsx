/** The minimap: walls, objectives, and the drones that the server lets this player see. */
import { useMemo } from "preact/hooks";
import { PING_PATHS } from "#client/emoteShapes.ts";
import { TEAM_SHAPES, teamHue } from "#client/palette.ts";
import { THEME_COLOURS } from "#client/themeColours.ts";
import { pings } from "#client/ui/state/emotes.ts";
import { minimap } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { type Arena, isSolidTile } from "#shared/arena/arena.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { minimapColours } from "./minimapColours.ts";

/** A mark's size as a share of the arena's longer side, so that marks are equally large on every map. */
const MARK_SHARE = 0.065;
/** Side of the grid that TEAM_SHAPES are drawn on. */
const SHAPE_UNITS = 16;
const FLAG_SHAPE = "M3 0V16M3 1H14L10.500 5 14 9H3";

export function Minimap() {
  const now = minimap.value;
  if (!now) return null;
  const { arena, self, others, flags, hill } = now;
  const markPx = Math.max(arena.widthPx, arena.heightPx) * MARK_SHARE;
  return (
    <svg
      class="minimap glass"
      viewBox={`0 0 ${arena.widthPx} ${arena.heightPx}`}
      style={coloursOf(arena.theme)}
      role="img"
      aria-label={STRINGS.match.minimap}
    >
      <Walls arena={arena} />
      {hill && <rect class="minimap-hill" x={hill.x} y={hill.y} width={hill.width} height={hill.height} />}
      {others.map(({ id, team, x, y }) => (
        <Mark key={id} x={x} y={y} px={markPx} hue={teamHue(team)}>
          <path d={TEAM_SHAPES[team % TEAM_SHAPES.length] ?? TEAM_SHAPES[0]} />
        </Mark>
      ))}
      {flags.map(({ team, x, y }) => (
        <Mark key={`flag-${team}`} x={x} y={y} px={markPx * 1.4} hue={teamHue(team)}>
          <path class="minimap-flag" d={FLAG_SHAPE} />
        </Mark>
      ))}
      {pings.value.map(({ key, ping, team, x, y }) => (
        <Mark key={`ping-${key}`} x={x} y={y} px={markPx * 2} hue={teamHue(team)}>
          <g class="minimap-ping" transform={`scale(${SHAPE_UNITS})`}>
            <path d={PING_PATHS[ping]} />
          </g>
        </Mark>
      ))}
      <circle class="minimap-self" cx={self.x} cy={self.y} r={markPx / 2} />
    </svg>
  );
}

function coloursOf(theme: ThemeName) {
  const { floor, walls } = minimapColours(theme);
  return { "--minimap-floor": floor, "--minimap-walls": walls };
}

interface MarkProps {
  x: number;
  y: number;
  px: number;
  hue: string;
  children: preact.ComponentChildren;
}

function Mark({ x, y, px, hue, children }: MarkProps) {
  const place = `translate(${x - px / 2} ${y - px / 2}) scale(${px / SHAPE_UNITS})`;
  return (
    <g transform={place} style={{ color: hue }}>
      {children}
    </g>
  );
}

function Walls({ arena }: { arena: Arena }) {
  const path = useMemo(() => wallPath(arena), [arena]);
  return <path class="minimap-walls" d={path} style={{ fill: THEME_COLOURS[arena.theme].wall }} />;
}

/** One rectangle for each run of solid tiles in a row. */
function wallPath(arena: Arena): string {
  const { columns, rows, tilePx } = arena;
  const boxes: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = column;
      while (column < columns && isSolidTile(arena, column, row)) column++;
      const width = (column - from) * tilePx;
      if (width > 0) boxes.push(`M${from * tilePx} ${row * tilePx}h${width}v${tilePx}h${-width}z`);
    }
  }
  return boxes.join("");
}
