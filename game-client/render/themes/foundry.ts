/** Foundry: iron plates over molten channels, brick furnaces, and a cavern of lava around them. */
import { fade, mix } from "#client/render/paint/colour.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { chance, eachCell } from "./kit/chance.ts";
import { layGrain } from "./kit/grain.ts";
import { bolt, disc, fillAll, glowStroke, ring, rock, softSpot, touches } from "./kit/shapes.ts";
import type { CoverKit, Ctx, Glow, Site, Theme, WallKit } from "./theme.ts";

const IRON = "#2a1d1b";
const PLATES = [IRON, "#302220", "#251918", "#35251f"] as const;
const SEAM = "#150d0c";
const LIT = "#6d4a38";
const MOLTEN = "#ff7a2a";
const HOT = "#ffd27a";
const ROCK = "#1d1312";
const BEYOND = "#140a08";

const PLATE_PX = 128;
/** The crucible in the arena's middle, px. */
const CRUCIBLE_PX = 168;
const CHANNEL_PX = 11;

function paintFloor(ctx: Ctx, site: Site): void {
  const { bounds } = site;
  fillAll(ctx, bounds, IRON);
  eachCell(bounds, PLATE_PX, (x, y, column, row) => paintPlate(ctx, x, y, column, row));
  layGrain(ctx, bounds, "clouds", 0.45, 3);
  layGrain(ctx, bounds, "speckle", 0.16);
  paintChannels(ctx, site);
  paintCrucible(ctx, site);
}

function paintPlate(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  ctx.fillStyle = PLATES[Math.floor(chance(column, row, 1) * PLATES.length)] ?? IRON;
  ctx.fillRect(x, y, PLATE_PX, PLATE_PX);
  ctx.fillStyle = SEAM;
  ctx.fillRect(x, y, PLATE_PX, 3);
  ctx.fillRect(x, y, 3, PLATE_PX);
  ctx.fillStyle = fade(LIT, 0.35);
  ctx.fillRect(x + 3, y + 3, PLATE_PX - 3, 1.4);
  ctx.fillRect(x + 3, y + 3, 1.4, PLATE_PX - 3);
  if (chance(column, row, 2) < 0.22) paintGrate(ctx, x, y);
  for (const [boltX, boltY] of [
    [13, 13],
    [115, 13],
    [13, 115],
    [115, 115],
  ] as const)
    bolt(ctx, x + boltX, y + boltY, 3.4, SEAM, fade(LIT, 0.8));
}

/** Slots in a plate, through which the heat below shows. */
function paintGrate(ctx: Ctx, x: number, y: number): void {
  for (let slot = 0; slot < 5; slot++) {
    const top = y + 32 + slot * 14;
    const heat = ctx.createLinearGradient(x + 26, 0, x + 102, 0);
    heat.addColorStop(0, "#3a120a");
    heat.addColorStop(0.5, "#8a2f10");
    heat.addColorStop(1, "#3a120a");
    ctx.fillStyle = SEAM;
    ctx.fillRect(x + 24, top - 2, 80, 9);
    ctx.fillStyle = heat;
    ctx.fillRect(x + 27, top, 74, 5);
  }
}

/** From the crucible to the four sides, along the middles of the arena. */
function channelLines({ widthPx, heightPx }: Arena): readonly (readonly [number, number, number, number])[] {
  const x = widthPx / 2;
  const y = heightPx / 2;
  const nearX = x * 0.55;
  const nearY = y * 0.5;
  return [
    [x - CRUCIBLE_PX, y, nearX, y],
    [nearX, y, nearX, 0],
    [x + CRUCIBLE_PX, y, widthPx - nearX, y],
    [widthPx - nearX, y, widthPx - nearX, heightPx],
    [x, y - CRUCIBLE_PX, x, nearY],
    [x, nearY, widthPx, nearY],
    [x, y + CRUCIBLE_PX, x, heightPx - nearY],
    [x, heightPx - nearY, 0, heightPx - nearY],
  ];
}

function paintChannels(ctx: Ctx, { arena }: Site): void {
  const lines = new Path2D();
  for (const [fromX, fromY, toX, toY] of channelLines(arena)) {
    lines.moveTo(fromX, fromY);
    lines.lineTo(toX, toY);
  }
  ctx.save();
  ctx.lineCap = "square";
  ctx.strokeStyle = SEAM;
  ctx.lineWidth = CHANNEL_PX + 15;
  ctx.stroke(lines);
  ctx.strokeStyle = fade(LIT, 0.7);
  ctx.lineWidth = CHANNEL_PX + 9;
  ctx.stroke(lines);
  ctx.strokeStyle = "#2b0f08";
  ctx.lineWidth = CHANNEL_PX + 5;
  ctx.stroke(lines);
  glowStroke(ctx, lines, MOLTEN, "#e85d1c", CHANNEL_PX);
  ctx.strokeStyle = HOT;
  ctx.lineWidth = 3;
  ctx.stroke(lines);
  // Bars across, so that a channel reads as part of the floor.
  ctx.strokeStyle = SEAM;
  ctx.lineWidth = CHANNEL_PX + 8;
  ctx.lineCap = "butt";
  ctx.setLineDash([5, 27]);
  ctx.stroke(lines);
  ctx.restore();
}

function paintCrucible(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  if (!touches(bounds, x, y, CRUCIBLE_PX * 2.4)) return;
  softSpot(ctx, x, y, CRUCIBLE_PX * 2.3, MOLTEN, 0.22);
  disc(ctx, x, y, CRUCIBLE_PX + 26, SEAM);
  ring(ctx, x, y, CRUCIBLE_PX + 17, 12, "#4a342b");
  ring(ctx, x, y, CRUCIBLE_PX + 22, 1.6, fade(LIT, 0.9));
  const circle = new Path2D();
  circle.arc(x, y, CRUCIBLE_PX, 0, 2 * Math.PI);
  glowStroke(ctx, circle, MOLTEN, "#e85d1c", CHANNEL_PX + 3);
  ring(ctx, x, y, CRUCIBLE_PX, 4, HOT);
  disc(ctx, x, y, CRUCIBLE_PX - 13, "#241715");
  ring(ctx, x, y, CRUCIBLE_PX - 22, 2, fade(LIT, 0.6));
  // The mark of the foundry: a drop of metal in a ring of teeth.
  for (let tooth = 0; tooth < 24; tooth++) {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate((tooth / 24) * 2 * Math.PI);
    ctx.fillStyle = tooth % 2 === 0 ? "#3b2a23" : "#2d1e1a";
    ctx.fillRect(-11, -CRUCIBLE_PX + 26, 22, 26);
    ctx.fillStyle = SEAM;
    ctx.fillRect(-11, CRUCIBLE_PX + 9, 4, 14);
    ctx.restore();
  }
  const drop = new Path2D();
  drop.moveTo(x, y - 92);
  drop.bezierCurveTo(x + 24, y - 40, x + 62, y - 10, x + 62, y + 32);
  drop.bezierCurveTo(x + 62, y + 108, x - 62, y + 108, x - 62, y + 32);
  drop.bezierCurveTo(x - 62, y - 10, x - 24, y - 40, x, y - 92);
  ctx.fillStyle = "#33211b";
  ctx.fill(drop);
  ctx.strokeStyle = fade(MOLTEN, 0.75);
  ctx.lineWidth = 5;
  ctx.stroke(drop);
  layGrain(ctx, bounds, "speckle", 0.03);
}

const WALLS: WallKit = {
  sidePx: 20,
  cornerPx: 5,
  side: "#4a2c22",
  foot: "#1a0b07",
  rim: "#c98a62",
  top: "#6a4638",
  trim: "#5c3b30",
  paintSide(ctx, x, y) {
    for (let course = 0; course < 2; course++) {
      for (let brick = 0; brick < 3; brick++) {
        const shift = course % 2 === 0 ? 0 : -11;
        ctx.fillStyle = fade(chance(x + brick, y + course, 5) > 0.5 ? "#6e3d2b" : "#3a2018", 0.8);
        ctx.fillRect(x + shift + brick * 22, y - 20 + course * 9, 20, 7.4);
      }
    }
    const heat = ctx.createLinearGradient(0, y - 9, 0, y);
    heat.addColorStop(0, fade(MOLTEN, 0));
    heat.addColorStop(1, fade(MOLTEN, 0.75));
    ctx.fillStyle = heat;
    ctx.fillRect(x, y - 9, 64, 9);
  },
  paintTop(ctx, x, y) {
    ctx.strokeStyle = fade("#2b1812", 0.55);
    ctx.lineWidth = 1.6;
    ctx.strokeRect(x + 0.5, y - 9.5, 64, 64);
    for (const [boltX, boltY] of [
      [9, 0],
      [55, 0],
      [9, 36],
      [55, 36],
    ] as const)
      bolt(ctx, x + boltX, y + boltY, 2.8, "#2b1812", "#a5745a");
    if (chance(x, y, 8) > 0.84) {
      disc(ctx, x + 32, y + 18, 13, "#2b1812");
      disc(ctx, x + 32, y + 18, 9.5, "#a8401a");
      disc(ctx, x + 32, y + 18, 5, HOT);
    }
  },
};

/** Shards of slag. */
const COVER: CoverKit = {
  low: {
    sidePx: 80,
    whorls: [
      { blades: 9, reachPx: 38, widthPx: 22, light: 0.12 },
      { blades: 7, reachPx: 29, widthPx: 20, light: 0.3 },
      { blades: 5, reachPx: 18, widthPx: 15, light: 0.45 },
    ],
  },
  high: {
    sidePx: 56,
    whorls: [
      { blades: 7, reachPx: 26, widthPx: 17, light: 0.45 },
      { blades: 5, reachPx: 17, widthPx: 13, light: 0.7 },
      { blades: 3, reachPx: 9, widthPx: 9, light: 1 },
    ],
  },
  shade: "#2a1d18",
  lit: "#8c6a52",
  ground: "#180d0a",
  outline(ctx, reach, half) {
    ctx.moveTo(0, -half * 0.5);
    ctx.lineTo(reach * 0.55, -half);
    ctx.lineTo(reach, -half * 0.2);
    ctx.lineTo(reach * 0.8, half * 0.8);
    ctx.lineTo(reach * 0.2, half);
    ctx.closePath();
  },
  adorn(ctx, tuft, next) {
    for (let ember = 0; ember < 4; ember++) {
      const angle = next() * 2 * Math.PI;
      const reach = next() * tuft.sidePx * 0.36;
      const x = Math.cos(angle) * reach;
      const y = Math.sin(angle) * reach;
      softSpot(ctx, x, y, 7, MOLTEN, 0.5);
      disc(ctx, x, y, 1.6, HOT);
    }
  },
};

/** Islands of rock in lava, darker the farther they are. */
function paintBeyond(ctx: Ctx, { bounds }: Site): void {
  fillAll(ctx, bounds, "#c2440f");
  layGrain(ctx, bounds, "clouds", 0.9, 1.6);
  const step = 118;
  eachCell(
    bounds,
    step,
    (left, top, column, row) => {
      const x = left + step * (0.2 + 0.6 * chance(column, row, 21));
      const y = top + step * (0.2 + 0.6 * chance(column, row, 22));
      const radius = step * (0.5 + 0.2 * chance(column, row, 23));
      const shape = rock(x, y, radius, column * 71 + row, 8);
      ctx.strokeStyle = fade(MOLTEN, 0.55);
      ctx.lineWidth = 5;
      ctx.stroke(shape);
      ctx.fillStyle = mix(ROCK, "#3a241d", chance(column, row, 24));
      ctx.fill(shape);
      ctx.fillStyle = fade("#5b3b2d", 0.5);
      ctx.fill(rock(x - 5, y - 7, radius * 0.62, column * 31 + row, 6));
      ctx.fillStyle = fade(ROCK, 0.9);
      ctx.fill(rock(x + 1, y + 1, radius * 0.56, column * 37 + row, 6));
    },
    step,
  );
  layGrain(ctx, bounds, "speckle", 0.08);
}

function glows(arena: Arena): Glow[] {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  const lights: Glow[] = [
    { x, y, px: CRUCIBLE_PX * 3.6, hue: MOLTEN, alpha: 0.24, periodMs: 4200, depth: 0.5 },
  ];
  for (const [fromX, fromY, toX, toY] of channelLines(arena)) {
    const lengthPx = Math.hypot(toX - fromX, toY - fromY);
    for (let at = 160; at < lengthPx; at += 320) {
      const share = at / lengthPx;
      const glowX = fromX + (toX - fromX) * share;
      const glowY = fromY + (toY - fromY) * share;
      lights.push({ x: glowX, y: glowY, px: 210, hue: MOLTEN, alpha: 0.26, periodMs: 3100, depth: 0.7 });
    }
  }
  return lights;
}

const lanes = (arena: Arena) =>
  channelLines(arena).map(([fromX, fromY, toX, toY]) => ({
    ...{ fromX, fromY, toX, toY },
    ...{ pxPerSec: 46, gapPx: 190, hue: HOT, px: 26, alpha: 0.75 },
  }));

export const FOUNDRY: Theme = {
  palette: { floors: PLATES, beyond: BEYOND, accent: MOLTEN, shadow: "#0a0403" },
  walls: WALLS,
  cover: COVER,
  ambient: {
    glows,
    lanes,
    motes: [
      {
        ...{ count: 26, frame: "glow", glows: true, hues: [MOLTEN, "#ffb04a", "#ff5a1f"] },
        ...{ px: [7, 15], driftX: [-18, 26], driftY: [-64, -22], wanderPx: 12 },
        ...{ lifeMs: [2400, 5200], alpha: 0.8 },
      },
    ],
  },
  paintFloor,
  paintBeyond,
};
