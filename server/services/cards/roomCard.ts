/** The share images of a room's link, of a published arena, and of the page itself. */
import { counted, mapTitle, titleOf } from "#server/services/words.ts";
import type { PublishedArena } from "#shared/protocol/editor.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { hasPlan, paintBackdrop, paintPlan, paintWordmark } from "./backdrop.ts";
import { Brush, CARD } from "./brush.ts";
import { COLOURS } from "./colours.ts";

const { marginPx, widthPx, heightPx } = CARD;
const PLAN = { x: widthPx - marginPx - 430, y: 150, width: 430, height: 330 } as const;
const PLAN_INSET_PX = 18;
const SITE_PLAN = { x: 760, y: 120, width: widthPx - marginPx - 760, height: 230 } as const;
const TEXT_PX = PLAN.x - marginPx - 36;

/** The content of a room's image, which is drawn anew only when one of these changes. */
export type ShownRoom = Pick<
  RoomListing,
  "title" | "hosted" | "mode" | "map" | "mapTitle" | "players" | "playersMax" | "password"
>;

/** "Ann's room"; a public room has no name of its own. */
export const roomTitle = ({ title, hosted }: Pick<RoomListing, "title" | "hosted">): string =>
  hosted && title ? title : "A public arena";

export function paintRoom(room: ShownRoom): Brush {
  const brush = new Brush(room.title);
  paintBackdrop(brush, COLOURS.accent);
  paintWordmark(brush, marginPx + 6, marginPx - 4, 40);
  brush.text(roomTitle(room), marginPx, 262, { sizePx: 74, weight: 700, maxPx: TEXT_PX });
  const what = `${titleOf(room.mode)} on ${mapTitle(room.map, room.mapTitle)}`;
  brush.text(what, marginPx, 326, { sizePx: 34, weight: 600, colour: COLOURS.accent, maxPx: TEXT_PX });
  const places = `${room.players} of ${room.playersMax} places taken`;
  const notes = room.password ? `${places} · with a password` : places;
  brush.text(notes, marginPx, 380, { sizePx: 28, colour: COLOURS.textQuiet, maxPx: TEXT_PX });
  brush.text("Open the link and play.", marginPx, heightPx - marginPx - 8, {
    sizePx: 28,
    colour: COLOURS.textQuiet,
  });
  if (hasPlan(room.map)) paintPlanIn(brush, room.map);
  return brush;
}

/** The content of an arena's image. */
export type ShownArena = Pick<PublishedArena, "title" | "author" | "modes" | "players" | "map">;

export function paintArena({ title, author, modes, players, map }: ShownArena): Brush {
  const brush = new Brush(title + author);
  paintBackdrop(brush, COLOURS.accent);
  paintWordmark(brush, marginPx + 6, marginPx - 4, 40);
  brush.text(title, marginPx, 262, { sizePx: 74, weight: 700, maxPx: TEXT_PX });
  const by = author ? `an arena by ${author}` : "an arena";
  brush.text(by, marginPx, 326, { sizePx: 34, weight: 600, colour: COLOURS.accent, maxPx: TEXT_PX });
  const quiet = { sizePx: 28, colour: COLOURS.textQuiet };
  brush.text(`for ${players.min}–${players.max} players`, marginPx, 380, { ...quiet, maxPx: TEXT_PX });
  brush.text(modes.map(titleOf).join(" · "), marginPx, heightPx - marginPx - 8, quiet);
  if (hasPlan(map)) paintPlanIn(brush, map);
  return brush;
}

/** The page's own image: the name of the game, and what it is. */
export function paintSite(arena: string): Brush {
  const brush = new Brush("");
  paintBackdrop(brush, COLOURS.accent);
  paintWordmark(brush, marginPx + 10, 200, 104);
  brush.text("A top-down arena fight for many players.", marginPx, 400, { sizePx: 40, weight: 600 });
  brush.text("In the browser: open the page and play.", marginPx, 452, {
    sizePx: 32,
    colour: COLOURS.textQuiet,
  });
  if (hasPlan(arena)) paintPlan(brush, arena, SITE_PLAN);
  return brush;
}

function paintPlanIn(brush: Brush, map: string): void {
  brush.glass(PLAN);
  paintPlan(brush, map, {
    x: PLAN.x + PLAN_INSET_PX,
    y: PLAN.y + PLAN_INSET_PX,
    width: PLAN.width - PLAN_INSET_PX * 2,
    height: PLAN.height - PLAN_INSET_PX * 2,
  });
}

/** "Capture the flag · 3/8 · Causeway · 4 bots". */
export const roomFacts = ({
  mode,
  players,
  playersMax,
  map,
  mapTitle: title,
  bots,
  password,
}: RoomListing): string =>
  [
    titleOf(mode),
    `${players}/${playersMax}`,
    mapTitle(map, title),
    bots > 0 && counted(bots, "bot"),
    password && "with a password",
  ]
    .filter(Boolean)
    .join(" · ");
