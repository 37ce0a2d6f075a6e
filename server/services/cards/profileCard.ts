/** The share image of a profile: name and level, ratings with their curves, the favourite arena, kills by weapon. */
import { counted, grouped, mapTitle, percent, titleOf } from "#server/services/words.ts";
import { sumUp } from "#shared/figures/sums.ts";
import type { PlayerProfile } from "#shared/protocol/progress.ts";
import { shareOfLevel } from "#shared/rating/level.ts";
import { paintBackdrop, paintPlan, paintWordmark } from "./backdrop.ts";
import { type Box, Brush, CARD } from "./brush.ts";
import { COLOURS, teamHue } from "./colours.ts";

const { marginPx, widthPx, heightPx } = CARD;
const GAP_PX = 24;
const LEFT = { x: marginPx, width: 690 } as const;
const RIGHT = {
  x: LEFT.x + LEFT.width + GAP_PX,
  width: widthPx - marginPx * 2 - LEFT.width - GAP_PX,
} as const;
const BOTTOM = heightPx - marginPx;

/** What the image shows. */
export type Profile = Omit<PlayerProfile, "matches">;

export function paintProfile(profile: Profile): Brush {
  const brush = new Brush(JSON.stringify(profile));
  paintBackdrop(brush, COLOURS.accent);
  paintHeader(brush, profile);
  paintFigures(brush, profile, 246);
  paintRatings(brush, profile, 338);
  paintArena(brush, profile, marginPx, 268);
  paintWeapons(brush, profile, 338);
  return brush;
}

function paintHeader(brush: Brush, { name, level }: Profile): void {
  paintWordmark(brush, LEFT.x + 6, marginPx - 4, 32);
  brush.text(name, LEFT.x - 3, 164, { sizePx: 82, weight: 700, maxPx: LEFT.width });
  const label = `Level ${level.level}`;
  const width = brush.text(label, LEFT.x, 209, { sizePx: 27, weight: 600, colour: COLOURS.accent });
  brush.bar(
    { x: LEFT.x + width + 18, y: 194, width: 230, height: 12 },
    shareOfLevel(level, level.xp),
    COLOURS.accent,
  );
}

/** Five figures in a row. */
function paintFigures(brush: Brush, profile: Profile, y: number): void {
  const { winShare, matches, kills, hitShare, bestStreak } = sumUp(profile);
  const figures = [
    [percent(winShare), "won"],
    [grouped(matches), "matches"],
    [grouped(kills), "kills"],
    [percent(hitShare), "accuracy"],
    [String(bestStreak), "best streak"],
  ] as const;
  for (const [at, [figure, label]] of figures.entries()) {
    const x = LEFT.x + (LEFT.width / figures.length) * at;
    brush.text(figure, x, y + 32, { sizePx: 36, weight: 700, maxPx: LEFT.width / figures.length - 16 });
    brush.text(label, x, y + 60, { sizePx: 20, colour: COLOURS.textQuiet });
  }
}

const ROWS_MAX = 4;

function paintRatings(brush: Brush, { ladders }: Profile, y: number): void {
  const box = { x: LEFT.x, y, width: LEFT.width, height: BOTTOM - y };
  brush.glass(box);
  const shown = ladders.slice(0, ROWS_MAX);
  const [first] = shown;
  if (!first) paintEmpty(brush, box, "Not rated yet this season");
  else if (shown.length === 1) paintOnlyRating(brush, box, first);
  else paintRows(brush, box, shown);
}

function paintRows(brush: Brush, box: Box, shown: readonly Ladder[]): void {
  const row = (box.height - 20) / shown.length;
  for (const [at, ladder] of shown.entries()) {
    const middle = box.y + 10 + row * (at + 0.5);
    const hue = teamHue(at);
    brush.text(titleOf(ladder.mode), box.x + 26, middle - 3, { sizePx: 24, weight: 600, maxPx: 230 });
    brush.text(standing(ladder), box.x + 26, middle + 19, { sizePx: 17, colour: COLOURS.textQuiet });
    const plotPx = Math.min(row * 0.5, 54);
    brush.curve({ x: box.x + 280, y: middle - plotPx / 2, width: 210, height: plotPx }, daysOf(ladder), hue);
    brush.text(grouped(ladder.points), box.x + box.width - 26, middle + 15, {
      sizePx: 42,
      weight: 700,
      align: "right",
      colour: hue,
    });
  }
}

type Ladder = PlayerProfile["ladders"][number];

const standing = ({ rank, games }: Ladder): string =>
  rank === null ? counted(games, "rated match", "rated matches") : `#${rank} of the season`;

/** A ladder without a rated day this season has the points that it began with. */
const daysOf = ({ curve, points }: Ladder): Ladder["curve"] => (curve.length > 0 ? curve : [[0, points]]);

function paintOnlyRating(brush: Brush, box: Box, ladder: Ladder): void {
  const hue = teamHue(0);
  brush.text(titleOf(ladder.mode), box.x + 26, box.y + 52, { sizePx: 32, weight: 600, maxPx: 380 });
  brush.text(standing(ladder), box.x + 26, box.y + 82, { sizePx: 20, colour: COLOURS.textQuiet });
  brush.text(grouped(ladder.points), box.x + box.width - 28, box.y + 74, {
    sizePx: 66,
    weight: 700,
    align: "right",
    colour: hue,
  });
  const plot = { x: box.x + 28, y: box.y + 122, width: box.width - 60, height: box.height - 160 };
  brush.curve(plot, daysOf(ladder), hue);
}

function paintArena(brush: Brush, { arenas: [favourite] }: Profile, y: number, height: number): void {
  const box = { x: RIGHT.x, y, width: RIGHT.width, height };
  brush.glass(box);
  if (!favourite) {
    paintEmpty(brush, box, "No matches yet");
    return;
  }
  paintPlan(brush, favourite.arena, { x: box.x + 20, y: y + 20, width: box.width - 40, height: height - 88 });
  brush.text(mapTitle(favourite.arena, favourite.arenaTitle), box.x + 22, y + height - 22, {
    sizePx: 26,
    weight: 600,
    maxPx: 180,
  });
  brush.text("favourite arena", box.x + box.width - 22, y + height - 22, {
    sizePx: 20,
    align: "right",
    colour: COLOURS.textQuiet,
  });
}

function paintWeapons(brush: Brush, { weapons }: Profile, y: number): void {
  const box = { x: RIGHT.x, y, width: RIGHT.width, height: BOTTOM - y };
  brush.glass(box);
  brush.text("Kills by weapon", box.x + 24, y + 42, { sizePx: 20, colour: COLOURS.textQuiet });
  const shown = weapons.filter(({ kills }) => kills > 0).slice(0, ROWS_MAX);
  if (shown.length === 0) paintEmpty(brush, box, "No kills yet");
  const most = Math.max(1, ...shown.map(({ kills }) => kills));
  for (const [at, { weapon, kills }] of shown.entries()) {
    const middle = y + 78 + at * 40;
    brush.text(titleOf(weapon), box.x + 24, middle + 7, { sizePx: 22, weight: 600, maxPx: 96 });
    brush.bar({ x: box.x + 128, y: middle - 7, width: 148, height: 14 }, kills / most, teamHue(at));
    brush.text(grouped(kills), box.x + box.width - 24, middle + 7, {
      sizePx: 22,
      weight: 600,
      align: "right",
      maxPx: 80,
    });
  }
}

const paintEmpty = (brush: Brush, { x, y, width, height }: Box, text: string) =>
  brush.text(text, x + width / 2, y + height / 2 + 9, {
    sizePx: 26,
    align: "center",
    colour: COLOURS.textQuiet,
  });
