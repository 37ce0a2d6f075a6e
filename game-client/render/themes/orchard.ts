/** Orchard: mown grass at dusk, dry stone walls with moss, lanterns and fireflies, and tree crowns all around. */
import { fade, mix } from "#client/render/paint/colour.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { chance, eachCell, pick } from "./kit/chance.ts";
import { layGrain } from "./kit/grain.ts";
import { blob, disc, fillAll, ring, softSpot, touches } from "./kit/shapes.ts";
import type { Ambient, CoverKit, Ctx, Glow, Site, Theme, WallKit } from "./theme.ts";

const GRASS = "#26422a";
const MOWN = "#2d4b2f";
const SHADE = "#1b3023";
const EARTH = "#453d2b";
const BLADES = ["#3a6240", "#47743f", "#1b3226"] as const;
const FLOWERS = ["#e8e3c0", "#d9b84a", "#b98ac0"] as const;
const LANTERN = "#ffcf7a";
const FIREFLY = "#d4f26b";
const BEYOND = "#0a1711";

const MOWN_PX = 104;
/** One clump of grass for each square of this side: a path of many lines is slow to draw. */
const BLADES_PX = 42;
const STUMP_PX = 150;
/** Radius of the path around the stump. */
const PATH_PX = 400;
const LANTERNS = 8;

function paintFloor(ctx: Ctx, site: Site): void {
  const { bounds } = site;
  fillAll(ctx, bounds, GRASS);
  paintMownRings(ctx, site);
  layGrain(ctx, bounds, "clouds", 0.45, 2.6);
  paintPaths(ctx, site);
  paintBlades(ctx, site);
  eachCell(bounds, 96, (x, y, column, row) => paintFlowers(ctx, x, y, column, row), 30);
  paintStump(ctx, site);
  eachCell(bounds, 288, (x, y, column, row) => paintShade(ctx, x, y, column, row), 220);
  layGrain(ctx, bounds, "speckle", 0.16);
}

/** The grass is mown in rings about the middle, which also tell where the middle is. */
function paintMownRings(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  const farthest = Math.max(
    Math.hypot(bounds.left - x, bounds.top - y),
    Math.hypot(bounds.right - x, bounds.bottom - y),
    Math.hypot(bounds.left - x, bounds.bottom - y),
    Math.hypot(bounds.right - x, bounds.top - y),
  );
  // Strokes outside the bounds cost as much as those inside.
  const nearest = Math.hypot(
    Math.max(bounds.left - x, x - bounds.right, 0),
    Math.max(bounds.top - y, y - bounds.bottom, 0),
  );
  for (let radius = MOWN_PX; radius < farthest + MOWN_PX; radius += 2 * MOWN_PX) {
    if (radius + MOWN_PX < nearest) continue;
    ring(ctx, x, y, radius, MOWN_PX, MOWN);
    ring(ctx, x, y, radius - MOWN_PX / 2, 2, fade(SHADE, 0.5));
  }
}

function paintPaths(ctx: Ctx, { arena, bounds }: Site): void {
  const { widthPx, heightPx } = arena;
  const x = widthPx / 2;
  const y = heightPx / 2;
  const path = new Path2D();
  path.arc(x, y, PATH_PX, 0, 2 * Math.PI);
  for (const [fromX, fromY, toX, toY, bend] of [
    [x - PATH_PX, y, 0, y, 70],
    [x + PATH_PX, y, widthPx, y, -70],
    [x, y - PATH_PX, x, 0, 60],
    [x, y + PATH_PX, x, heightPx, -60],
  ] as const) {
    path.moveTo(fromX, fromY);
    path.quadraticCurveTo((fromX + toX) / 2 + bend, (fromY + toY) / 2 + bend, toX, toY);
  }
  ctx.save();
  ctx.lineCap = "round";
  for (const [width, colour, opacity] of [
    [104, SHADE, 0.35],
    [88, EARTH, 0.45],
    [70, EARTH, 0.75],
    [30, mix(EARTH, "#6a5c3e", 0.5), 0.4],
  ] as const) {
    ctx.strokeStyle = fade(colour, opacity);
    ctx.lineWidth = width;
    ctx.stroke(path);
  }
  ctx.restore();
  eachCell(bounds, 46, (left, top, column, row) => {
    const reach = Math.hypot(left + 23 - x, top + 23 - y);
    if (Math.abs(reach - PATH_PX) > 26) return;
    const stone = blob(left + 23, top + 23, 12 + 8 * chance(column, row, 4), column * 17 + row, 7);
    ctx.fillStyle = fade("#1c1a12", 0.5);
    ctx.fill(blob(left + 25, top + 27, 13 + 8 * chance(column, row, 4), column * 17 + row, 7));
    ctx.fillStyle = mix("#5b5a49", "#6b705a", chance(column, row, 5));
    ctx.fill(stone);
  });
}

/** Strokes of one colour go into one path, which is drawn at once. */
function paintBlades(ctx: Ctx, { bounds }: Site): void {
  const paths = BLADES.map(() => new Path2D());
  eachCell(bounds, BLADES_PX, (x, y, column, row) => {
    const path = paths[Math.floor(chance(column, row, 6) * paths.length)];
    if (!path || chance(column, row, 7) < 0.3) return;
    const left = x + BLADES_PX * chance(column, row, 8);
    const top = y + BLADES_PX * chance(column, row, 9);
    for (let blade = -1; blade <= 1; blade++) {
      path.moveTo(left + blade * 3, top);
      path.lineTo(left + blade * 5.5, top - 6 - 4 * chance(column, row, 10 + blade));
    }
  });
  ctx.lineWidth = 1.3;
  for (const [index, path] of paths.entries()) {
    ctx.strokeStyle = fade(BLADES[index] ?? BLADES[0], 0.75);
    ctx.stroke(path);
  }
}

function paintFlowers(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  if (chance(column, row, 12) > 0.26) return;
  ctx.fillStyle = fade(pick(FLOWERS, column, row, 13), 0.62);
  ctx.beginPath();
  for (let flower = 0; flower < 7; flower++) {
    const left = x + 20 + 56 * chance(column + flower, row, 14);
    const top = y + 20 + 56 * chance(column, row + flower, 15);
    ctx.moveTo(left + 2, top);
    ctx.arc(left, top, 1.4 + chance(column, row, flower), 0, 2 * Math.PI);
  }
  ctx.fill();
}

/** Shade of crowns and, between them, the last sun. */
function paintShade(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  const left = x + 288 * chance(column, row, 16);
  const top = y + 288 * chance(column, row, 17);
  if (chance(column, row, 18) < 0.55) softSpot(ctx, left, top, 210, "#06140d", 0.34);
  else softSpot(ctx, left, top, 190, "#f0b04a", 0.1);
}

/** A root winds outwards and gets thinner. */
function paintRoot(ctx: Ctx, root: number): void {
  const from = (root / 11) * 2 * Math.PI + chance(root, 1, 19) * 0.3;
  const lengthPx = STUMP_PX * (0.7 + 0.7 * chance(root, 2, 20));
  for (let step = 0; step < 36; step++) {
    const share = step / 36;
    const angle = from + 0.22 * Math.sin(share * 4 + root);
    const reach = STUMP_PX * 0.9 + lengthPx * share;
    ctx.beginPath();
    ctx.arc(Math.cos(angle) * reach, Math.sin(angle) * reach, 26 * (1 - share) + 3, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function paintStump(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  if (!touches(bounds, x, y, STUMP_PX * 2.2)) return;
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = "#33281c";
  for (let root = 0; root < 11; root++) paintRoot(ctx, root);
  ctx.fillStyle = "#33281c";
  ctx.fill(blob(0, 0, STUMP_PX * 1.12, 5, 13));
  ctx.fillStyle = "#4f3f2a";
  ctx.fill(blob(0, 0, STUMP_PX, 5, 13));
  for (let year = 1; year < 9; year++) {
    ctx.strokeStyle = fade(year % 3 === 0 ? "#2c2216" : "#705a3a", 0.6);
    ctx.lineWidth = year % 3 === 0 ? 3 : 1.8;
    ctx.stroke(blob(-8, 4, (STUMP_PX * 0.94 * year) / 9, 5, 13));
  }
  ctx.restore();
}

const WALLS: WallKit = {
  sidePx: 16,
  cornerPx: 12,
  side: "#413d30",
  foot: "#0f1a13",
  rim: "#d3cda4",
  top: "#7d7050",
  trim: "#74684a",
  paintSide(ctx, x, y) {
    for (let stone = 0; stone < 3; stone++) {
      ctx.fillStyle = fade(chance(x + stone, y, 22) > 0.5 ? "#615b47" : "#2f2c22", 0.8);
      ctx.fillRect(x + stone * 21.4, y - 15 + 3 * chance(x, y + stone, 23), 19, 11);
    }
  },
  paintTop(ctx, x, y) {
    for (let stone = 0; stone < 9; stone++) {
      const left = x + 11 + (stone % 3) * 21 + 6 * (chance(x + stone, y, 24) - 0.5);
      const top = y - 4 + Math.floor(stone / 3) * 20 + 6 * (chance(x, y + stone, 25) - 0.5);
      const salt = x * 3 + y + stone;
      ctx.fillStyle = fade("#2e2a1e", 0.65);
      ctx.fill(blob(left + 1.5, top + 2, 12, salt, 7));
      ctx.fillStyle = mix("#746e56", "#9a9278", chance(x + stone, y, 26));
      ctx.fill(blob(left, top, 11, salt, 7));
    }
    if (chance(x, y, 27) > 0.5) return;
    ctx.fillStyle = fade("#4f7a3c", 0.75);
    ctx.fill(blob(x + 20 + 24 * chance(x, y, 28), y + 16, 18, x + y, 9));
    ctx.fillStyle = fade("#79a84f", 0.6);
    ctx.fill(blob(x + 17 + 24 * chance(x, y, 28), y + 12, 10, x + y, 9));
  },
};

const COVER: CoverKit = {
  low: {
    sidePx: 80,
    whorls: [
      { blades: 9, reachPx: 38, widthPx: 17, light: 0.1 },
      { blades: 8, reachPx: 29, widthPx: 15, light: 0.26 },
      { blades: 5, reachPx: 18, widthPx: 12, light: 0.4 },
    ],
  },
  high: {
    sidePx: 56,
    whorls: [
      { blades: 7, reachPx: 26, widthPx: 12, light: 0.42 },
      { blades: 6, reachPx: 18, widthPx: 10, light: 0.62 },
      { blades: 4, reachPx: 10, widthPx: 7, light: 1 },
    ],
  },
  shade: "#173322",
  lit: "#86b84a",
  ground: "#0b1a11",
  outline(ctx, reach, half) {
    ctx.moveTo(0, 0);
    ctx.bezierCurveTo(reach * 0.25, -half * 1.5, reach * 0.7, -half * 1.1, reach, 0);
    ctx.bezierCurveTo(reach * 0.7, half * 1.1, reach * 0.25, half * 1.5, 0, 0);
  },
  adorn(ctx, tuft, next) {
    if (next() < 0.4) return;
    for (let fruit = 0; fruit < 2; fruit++) {
      const x = (next() - 0.5) * tuft.sidePx * 0.6;
      const y = (next() - 0.5) * tuft.sidePx * 0.6;
      disc(ctx, x + 1, y + 1.5, 4.2, "#2c1410");
      disc(ctx, x, y, 3.8, "#b8402f");
      disc(ctx, x - 1.2, y - 1.2, 1.2, "#f0a080");
    }
  },
};

/** Rows of trees on dark hills, and a lane that leads away. */
function paintBeyond(ctx: Ctx, { arena, bounds }: Site): void {
  fillAll(ctx, bounds, "#16291d");
  layGrain(ctx, bounds, "clouds", 0.6, 4);
  const laneX = arena.widthPx / 2;
  const laneY = arena.heightPx / 2;
  ctx.fillStyle = fade(EARTH, 0.75);
  ctx.fillRect(laneX - 44, bounds.top, 88, bounds.bottom - bounds.top);
  ctx.fillRect(bounds.left, laneY - 44, bounds.right - bounds.left, 88);
  eachCell(
    bounds,
    112,
    (left, top, column, row) => {
      const x = left + 56 + 34 * (chance(column, row, 31) - 0.5);
      const y = top + 56 + 34 * (chance(column, row, 32) - 0.5);
      if (Math.abs(x - laneX) < 84 || Math.abs(y - laneY) < 84) return;
      if (chance(column, row, 33) > 0.06) paintTree(ctx, x, y, column, row);
    },
    100,
  );
}

/** A crown from above: shade, leaves in clumps, lit from the north-west. */
function paintTree(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  const radius = 50 + 18 * chance(column, row, 34);
  const salt = column * 29 + row;
  const green = mix("#28492c", "#456b30", chance(column, row, 35));
  ctx.fillStyle = fade("#040c07", 0.6);
  ctx.fill(blob(x + 14, y + 22, radius, salt, 11));
  ctx.fillStyle = mix(green, "#0a1a10", 0.55);
  ctx.fill(blob(x, y, radius, salt, 11));
  for (let clump = 0; clump < 9; clump++) {
    const angle = clump * 2.4;
    const reach = radius * 0.62 * Math.sqrt(clump / 9);
    const clumpX = x - 4 + Math.cos(angle) * reach;
    const clumpY = y - 6 + Math.sin(angle) * reach;
    const lit = Math.max(0, Math.min(1, 0.5 - (clumpX - x + clumpY - y) / (2.4 * radius)));
    ctx.fillStyle = mix(mix(green, "#0a1a10", 0.4), mix(green, "#c9d36a", 0.3), lit);
    ctx.fill(blob(clumpX, clumpY, radius * 0.36, salt + clump, 8));
  }
  if (chance(column, row, 36) > 0.5) return;
  for (let fruit = 0; fruit < 6; fruit++) {
    const angle = fruit * 1.9 + salt;
    const reach = radius * 0.7 * chance(salt, fruit, 37);
    disc(ctx, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, 3, "#b04a32");
  }
}

function glows(arena: Arena): Glow[] {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  return Array.from({ length: LANTERNS }, (_, index) => {
    const angle = ((index + 0.5) / LANTERNS) * 2 * Math.PI;
    const place = { x: x + Math.cos(angle) * (PATH_PX + 52), y: y + Math.sin(angle) * (PATH_PX + 52) };
    return { ...place, px: 330, hue: LANTERN, alpha: 0.3, periodMs: 2600, depth: 0.3 };
  });
}

const AMBIENT: Ambient = {
  glows,
  sprites: [
    {
      name: "leaf",
      sidePx: 20,
      paint(ctx) {
        ctx.fillStyle = "#ffffff";
        ctx.beginPath();
        COVER.outline(ctx, 9, 4);
        ctx.fill();
      },
    },
  ],
  motes: [
    {
      ...{ count: 24, frame: "glow", glows: true, hues: [FIREFLY, "#f4e27a"] },
      ...{ px: [10, 20], driftX: [-14, 14], driftY: [-12, 12], wanderPx: 46 },
      ...{ lifeMs: [2600, 5200], alpha: 0.8 },
    },
    {
      ...{ count: 10, frame: "leaf", fromTheme: true, glows: false, hues: ["#b9822f", "#8f9a3a", "#a8552c"] },
      ...{ px: [14, 22], driftX: [18, 44], driftY: [12, 30], wanderPx: 22 },
      ...{ lifeMs: [5000, 9000], alpha: 0.85, spin: 1.1 },
    },
  ],
};

export const ORCHARD: Theme = {
  palette: { floors: [GRASS, MOWN, SHADE, EARTH], beyond: BEYOND, accent: "#b9e36b", shadow: "#04100a" },
  walls: WALLS,
  cover: COVER,
  ambient: AMBIENT,
  paintFloor,
  paintBeyond,
};
