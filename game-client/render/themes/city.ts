/** City: wet streets at night in nine districts, houses with lit windows, and blocks with traffic all around. */
import { fade, mix } from "#client/render/paint/colour.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type District, districtHueAt, districtsOf } from "./cityDistricts.ts";
import { chance, eachCell, pick } from "./kit/chance.ts";
import { layGrain } from "./kit/grain.ts";
import { blob, disc, fillAll, ring, softSpot, touches } from "./kit/shapes.ts";
import type { Ambient, Bounds, CoverKit, Ctx, Glow, Lane, Site, Theme, WallKit } from "./theme.ts";

const ASPHALT = "#1d1e2e";
const PAVING = ["#272840", "#2b2c46", "#242539"] as const;
const CURB = "#4a4c70";
const PAINT = "#b9bddd";
const WINDOWS = ["#ffd98a", "#fff0c0", "#8fd8ff"] as const;
const BEYOND = "#07080f";

const PAVE_PX = 64;
const STREET_PX = 236;
const PLAZA_PX = 330;
/** Side of a block beyond the wall, with its street. */
const BLOCK_PX = 208;

function paintFloor(ctx: Ctx, site: Site): void {
  const { arena, bounds } = site;
  fillAll(ctx, bounds, PAVING[0]);
  eachCell(bounds, PAVE_PX, (x, y, column, row) => paintPaving(ctx, x, y, column, row));
  for (const district of districtsOf(arena)) paintDistrict(ctx, district, bounds);
  layGrain(ctx, bounds, "clouds", 0.45, 3);
  paintStreets(ctx, site);
  paintPlaza(ctx, site);
  eachCell(bounds, 230, (x, y, column, row) => paintPuddle(ctx, site, x, y, column, row), 130);
  layGrain(ctx, bounds, "speckle", 0.18);
}

function paintPaving(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  ctx.fillStyle = pick(PAVING, column, row, 1);
  ctx.fillRect(x, y, PAVE_PX, PAVE_PX);
  ctx.fillStyle = fade("#0f1020", 0.7);
  ctx.fillRect(x, y, PAVE_PX, 1.4);
  ctx.fillRect(x, y, 1.4, PAVE_PX);
  ctx.fillStyle = fade("#0f1020", 0.35);
  ctx.fillRect(x + 32, y, 1, PAVE_PX);
  ctx.fillRect(x, y + 32, PAVE_PX, 1);
}

/** Its hue over the paving, and its sign as large as a block. */
function paintDistrict(ctx: Ctx, district: District, bounds: Bounds): void {
  const { sign, hue, left, top, width, height } = district;
  const x = left + width / 2;
  const y = top + height / 2;
  if (!touches(bounds, x, y, Math.max(width, height) / 2)) return;
  ctx.fillStyle = fade(hue, 0.075);
  ctx.fillRect(left, top, width, height);
  ctx.save();
  ctx.font = '800 430px "Oxanium Variable", sans-serif';
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  // The middle's sign would lie under the plaza.
  const signY = sign === "B2" ? y + height * 0.33 : y + 26;
  ctx.fillStyle = fade(hue, 0.13);
  ctx.fillText(sign, x, signY);
  ctx.strokeStyle = fade(hue, 0.12);
  ctx.lineWidth = 16;
  ctx.strokeText(sign, x, signY);
  ctx.strokeStyle = fade(mix(hue, "#ffffff", 0.2), 0.5);
  ctx.lineWidth = 4;
  ctx.strokeText(sign, x, signY);
  ctx.restore();
}

/** Between the districts, and around them all. */
function streetLines({ widthPx, heightPx }: Arena) {
  const across = [widthPx / 3, (2 * widthPx) / 3];
  const down = [heightPx / 3, (2 * heightPx) / 3];
  return { across, down };
}

function paintStreets(ctx: Ctx, { arena, bounds }: Site): void {
  const { across, down } = streetLines(arena);
  ctx.save();
  for (const y of down) paintStreet(ctx, arena, bounds.left, bounds.right, y, (place) => [place, y]);
  ctx.rotate(Math.PI / 2);
  for (const x of across) paintStreet(ctx, arena, bounds.top, bounds.bottom, -x, (place) => [x, place]);
  ctx.restore();
  for (const x of across) for (const y of down) paintCrossing(ctx, x, y, bounds);
}

/** Along the x axis of the context, about `middle`. `placeOf` turns a place along it into world px. */
function paintStreet(
  ctx: Ctx,
  arena: Arena,
  from: number,
  to: number,
  middle: number,
  placeOf: (along: number) => readonly [number, number],
): void {
  const top = middle - STREET_PX / 2;
  ctx.fillStyle = ASPHALT;
  ctx.fillRect(from, top, to - from, STREET_PX);
  for (const side of [-1, 1]) {
    const curb = middle + (side * STREET_PX) / 2;
    ctx.fillStyle = CURB;
    ctx.fillRect(from, curb - 4, to - from, 8);
    // A strip of light in the district's hue marks its edge.
    for (let along = Math.floor(from / 256) * 256; along < to; along += 256) {
      const [x, y] = placeOf(along + 128);
      const off = side * STREET_PX;
      const hue = districtHueAt(arena, x === along + 128 ? x : x - off, x === along + 128 ? y + off : y);
      ctx.fillStyle = fade(hue, 0.14);
      ctx.fillRect(along, curb - 12, 256, 24);
      ctx.fillStyle = fade(hue, 0.8);
      ctx.fillRect(along + 6, curb - 1.6, 244, 3.2);
    }
    ctx.fillStyle = fade(PAINT, 0.3);
    for (let along = Math.floor(from / 96) * 96; along < to; along += 96) {
      ctx.fillRect(along, middle + side * 58 - 2, 46, 4);
    }
  }
  ctx.fillStyle = fade("#e8c25a", 0.5);
  ctx.fillRect(from, middle - 5, to - from, 3);
  ctx.fillRect(from, middle + 2, to - from, 3);
}

function paintCrossing(ctx: Ctx, x: number, y: number, bounds: Bounds): void {
  if (!touches(bounds, x, y, STREET_PX)) return;
  const half = STREET_PX / 2;
  ctx.fillStyle = ASPHALT;
  ctx.fillRect(x - half - 4, y - half - 4, STREET_PX + 8, STREET_PX + 8);
  ctx.fillStyle = fade(PAINT, 0.36);
  for (let stripe = -half + 14; stripe < half - 10; stripe += 26) {
    for (const side of [-1, 1]) {
      ctx.fillRect(x + stripe, y + side * (half + 24) - 20, 14, 40);
      ctx.fillRect(x + side * (half + 24) - 20, y + stripe, 40, 14);
    }
  }
}

/** A round place with rings of light in the middle of the city. */
function paintPlaza(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  if (!touches(bounds, x, y, PLAZA_PX + 40)) return;
  disc(ctx, x, y, PLAZA_PX + 18, CURB);
  disc(ctx, x, y, PLAZA_PX + 12, "#20213a");
  for (let ray = 0; ray < 24; ray++) {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate((ray / 24) * 2 * Math.PI);
    ctx.fillStyle = ray % 2 === 0 ? "#2b2c4b" : "#242542";
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, PLAZA_PX, -0.131, 0.131);
    ctx.fill();
    ctx.restore();
  }
  for (const [radius, hue] of [
    [PLAZA_PX, "#ff5fd2"],
    [PLAZA_PX * 0.68, "#37d6ff"],
    [PLAZA_PX * 0.36, "#ffb03a"],
  ] as const) {
    ring(ctx, x, y, radius, 18, fade(hue, 0.12));
    ring(ctx, x, y, radius, 4, fade(hue, 0.75));
  }
  softSpot(ctx, x, y, PLAZA_PX, "#8f7bff", 0.16);
}

/** Puddles mirror the neon of their district. */
function paintPuddle(ctx: Ctx, { arena }: Site, x: number, y: number, column: number, row: number): void {
  if (chance(column, row, 5) > 0.5) return;
  const left = x + 230 * chance(column, row, 6);
  const top = y + 230 * chance(column, row, 7);
  if (Math.hypot(left - arena.widthPx / 2, top - arena.heightPx / 2) < PLAZA_PX + 80) return;
  const hue = districtHueAt(arena, left, top);
  const shape = blob(left, top, 30 + 34 * chance(column, row, 8), column * 11 + row, 10);
  ctx.fillStyle = fade("#10111f", 0.62);
  ctx.fill(shape);
  ctx.save();
  ctx.clip(shape);
  softSpot(ctx, left - 12, top + 10, 62, hue, 0.24);
  softSpot(ctx, left + 24, top - 18, 40, "#8fd8ff", 0.13);
  ctx.restore();
  ctx.strokeStyle = fade(mix(hue, "#ffffff", 0.5), 0.16);
  ctx.lineWidth = 1.4;
  ctx.stroke(shape);
}

const WALLS: WallKit = {
  sidePx: 27,
  cornerPx: 3,
  side: "#23253f",
  foot: "#05060d",
  rim: "#8b90c8",
  top: "#41456b",
  trim: "#393d60",
  paintSide(ctx, x, y, { arena }) {
    for (let window = 0; window < 10; window++) {
      const column = window % 5;
      const floor = Math.floor(window / 5);
      const isLit = chance(x + column, y + floor, 11) > 0.45;
      ctx.fillStyle = isLit ? pick(WINDOWS, x + column, y + floor, 12) : "#15172a";
      ctx.fillRect(x + 5 + column * 12, y - 24 + floor * 10, 7, 6);
    }
    ctx.fillStyle = fade(districtHueAt(arena, x, y), 0.85);
    ctx.fillRect(x, y - 3, 64, 3);
  },
  paintTop(ctx, x, y, { arena }) {
    const hue = districtHueAt(arena, x, y);
    ctx.fillStyle = fade(hue, 0.1);
    ctx.fillRect(x, y - 28, 64, 64);
    ctx.strokeStyle = fade("#262945", 0.7);
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x, y - 28, 64, 64);
    const kind = chance(x, y, 13);
    if (kind < 0.2) {
      ctx.fillStyle = fade("#1a1c30", 0.8);
      ctx.fillRect(x + 19, y - 3, 30, 26);
      ctx.fillStyle = "#6c719f";
      ctx.fillRect(x + 16, y - 7, 30, 26);
      disc(ctx, x + 31, y + 6, 9, "#2b2e4b");
      ring(ctx, x + 31, y + 6, 5, 2, "#8b90c8");
    } else if (kind < 0.34) {
      ctx.fillStyle = "#2b2e4b";
      ctx.fillRect(x + 12, y - 4, 40, 5);
      ctx.fillRect(x + 12, y + 6, 40, 5);
    } else if (kind < 0.44) {
      disc(ctx, x + 32, y + 4, 10, fade(hue, 0.25));
      disc(ctx, x + 32, y + 4, 3.4, mix(hue, "#ffffff", 0.4));
    }
  },
};

/** Planters with leaves that catch the neon. */
const COVER: CoverKit = {
  low: {
    sidePx: 80,
    whorls: [
      { blades: 10, reachPx: 38, widthPx: 13, light: 0.14 },
      { blades: 9, reachPx: 30, widthPx: 12, light: 0.32 },
      { blades: 6, reachPx: 19, widthPx: 10, light: 0.5 },
    ],
  },
  high: {
    sidePx: 56,
    whorls: [
      { blades: 8, reachPx: 26, widthPx: 9, light: 0.5 },
      { blades: 6, reachPx: 18, widthPx: 8, light: 0.72 },
      { blades: 4, reachPx: 10, widthPx: 6, light: 1 },
    ],
  },
  shade: "#15303b",
  lit: "#4f9c93",
  ground: "#0c0f1d",
  outline(ctx, reach, half) {
    ctx.moveTo(0, 0);
    ctx.quadraticCurveTo(reach * 0.3, -half * 1.7, reach, 0);
    ctx.quadraticCurveTo(reach * 0.3, half * 1.7, 0, 0);
  },
  adorn(ctx, tuft, next) {
    for (let light = 0; light < 3; light++) {
      const x = (next() - 0.5) * tuft.sidePx * 0.6;
      const y = (next() - 0.5) * tuft.sidePx * 0.6;
      const hue = light === 0 ? "#ff5fd2" : "#5fd8ff";
      softSpot(ctx, x, y, 6, hue, 0.5);
      disc(ctx, x, y, 1.4, "#ffe6fa");
    }
  },
};

/** Blocks of houses from above, with the streets between them far below. */
function paintBeyond(ctx: Ctx, { bounds }: Site): void {
  fillAll(ctx, bounds, "#12131f");
  ctx.fillStyle = fade("#ffca70", 0.22);
  eachCell(bounds, BLOCK_PX, (x, y) => {
    ctx.fillRect(x + 18, y, 2, BLOCK_PX);
    ctx.fillRect(x, y + 18, BLOCK_PX, 2);
  });
  eachCell(bounds, BLOCK_PX, (x, y, column, row) => paintBlock(ctx, x, y, column, row), BLOCK_PX);
}

function paintBlock(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  const halves = chance(column, row, 21) > 0.5 ? 2 : 1;
  const width = (BLOCK_PX - 44) / halves - 6;
  for (let house = 0; house < halves; house++) {
    const next = (salt: number) => chance(column * 2 + house, row, salt);
    const left = x + 40 + house * (width + 12);
    const rise = 22 + 30 * next(22);
    const top = y + 40 - 8;
    const height = BLOCK_PX - 56 - rise;
    ctx.fillStyle = fade("#000000", 0.5);
    ctx.fillRect(left + 8, top + 12, width, height + rise);
    ctx.fillStyle = mix("#1a1c33", "#2a2548", next(23));
    ctx.fillRect(left, top + height, width, rise);
    for (let windowX = 6; windowX < width - 8; windowX += 11) {
      for (let windowY = 5; windowY < rise - 6; windowY += 9) {
        const salt = Math.floor(left + windowX) * 31 + windowY;
        ctx.fillStyle = chance(salt, row, 24) > 0.5 ? fade(pick(WINDOWS, salt, row, 25), 0.8) : "#11121f";
        ctx.fillRect(left + windowX, top + height + windowY, 6, 5);
      }
    }
    ctx.fillStyle = mix("#2c2f50", "#3a3460", next(26));
    ctx.fillRect(left, top, width, height);
    ctx.strokeStyle = fade(pick(["#ff5fd2", "#37d6ff", "#ffb03a", "#8f7bff"], column + house, row, 27), 0.55);
    ctx.lineWidth = 2;
    if (next(28) < 0.5) ctx.strokeRect(left + 1, top + 1, width - 2, height - 2);
    ctx.fillStyle = "#1d1f38";
    ctx.fillRect(left + width * 0.2 + 20 * next(29), top + height * 0.3, 24, 20);
    ctx.fillRect(left + width * 0.55, top + height * 0.6, 18, 16);
  }
}

function glows(arena: Arena): Glow[] {
  const { across, down } = streetLines(arena);
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  const lights: Glow[] = [
    { x, y, px: PLAZA_PX * 2.6, hue: "#b06bff", alpha: 0.2, periodMs: 4600, depth: 0.5 },
  ];
  for (const streetX of across) {
    for (const streetY of down) {
      const place = { x: streetX, y: streetY };
      lights.push({ ...place, px: 460, hue: "#ffd08a", alpha: 0.16, periodMs: 6000, depth: 0.2 });
    }
  }
  // Signs that flicker, along the houses of each district.
  for (const { left, top, width, height, hue } of districtsOf(arena)) {
    for (let sign = 0; sign < 5; sign++) {
      const signX = left + width * (0.12 + 0.76 * chance(sign, Math.round(left), Math.round(top)));
      const signY = top + height * (0.12 + 0.76 * chance(Math.round(left), sign, Math.round(top)));
      const light = { hue, alpha: 0.2, periodMs: 2400 + sign * 700, depth: 0.4, flickers: sign < 2 };
      lights.push({ x: signX, y: signY, px: 380, ...light });
    }
  }
  return lights;
}

/** White ahead and red behind, on the streets around the arena. */
function lanes({ widthPx, heightPx }: Arena): Lane[] {
  const far = 400;
  const firstOutside = (length: number) => Math.ceil(length / BLOCK_PX) * BLOCK_PX + 19;
  const lines = [
    [-far, -BLOCK_PX + 19, widthPx + far, -BLOCK_PX + 19],
    [-far, firstOutside(heightPx), widthPx + far, firstOutside(heightPx)],
    [-BLOCK_PX + 19, -far, -BLOCK_PX + 19, heightPx + far],
    [firstOutside(widthPx), -far, firstOutside(widthPx), heightPx + far],
  ] as const;
  return lines.flatMap(([fromX, fromY, toX, toY]) => {
    const isLevel = fromY === toY;
    const shift = 6;
    const right = isLevel ? { x: 0, y: shift } : { x: -shift, y: 0 };
    const light = { px: 14, gapPx: 130, alpha: 0.95 };
    return [
      {
        ...{ fromX: fromX + right.x, fromY: fromY + right.y, toX: toX + right.x, toY: toY + right.y },
        ...{ hue: "#fff2cf", pxPerSec: 74, ...light },
      },
      {
        ...{ fromX: toX - right.x, fromY: toY - right.y, toX: fromX - right.x, toY: fromY - right.y },
        ...{ hue: "#ff4a4a", pxPerSec: 66, ...light },
      },
    ];
  });
}

const AMBIENT: Ambient = {
  glows,
  lanes,
  motes: [
    {
      // Rain.
      ...{ count: 44, frame: "spark", glows: true, hues: ["#9fb4ff", "#c8d4ff"] },
      ...{ px: [22, 40], stretch: 0.5, driftX: [-150, -120], driftY: [620, 760], wanderPx: 0 },
      ...{ lifeMs: [420, 800], alpha: 0.3, turn: 1.77 },
    },
  ],
};

export const CITY: Theme = {
  palette: { floors: [...PAVING, ASPHALT], beyond: BEYOND, accent: "#ff5fd2", shadow: "#04040c" },
  walls: WALLS,
  cover: COVER,
  ambient: AMBIENT,
  paintFloor,
  paintBeyond,
};
