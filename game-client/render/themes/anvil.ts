/** Anvil: worn steel deck with hazard paint, plated barriers, sparks and steam, and a scrapyard with gantries. */
import { fade, mix } from "#client/render/paint/colour.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { chance, eachCell, pick } from "./kit/chance.ts";
import { layGrain } from "./kit/grain.ts";
import { blob, bolt, disc, fillAll, ring, stripes, touches } from "./kit/shapes.ts";
import type { CoverKit, Ctx, Glow, Site, Theme, WallKit } from "./theme.ts";

const STEEL = "#2f3840";
const DECK = [STEEL, "#353f47", "#2a3239", "#3a434a"] as const;
const SEAM = "#171c21";
const LIT = "#8fa3b3";
const HAZARD = "#d9a520";
const HAZARD_WORN = "#6b5a24";
const ARC = "#a9d8ff";
const RUST = ["#5a3526", "#6b4a2c", "#3d4a52", "#2f4a4d", "#5c5236"] as const;
const BEYOND = "#0b0e11";

const PLATE_PX = 96;
const RING_PX = 214;

function paintFloor(ctx: Ctx, site: Site): void {
  const { bounds } = site;
  fillAll(ctx, bounds, STEEL);
  eachCell(bounds, PLATE_PX, (x, y, column, row) => paintPlate(ctx, x, y, column, row));
  layGrain(ctx, bounds, "brushed", 0.22);
  layGrain(ctx, bounds, "clouds", 0.45, 3);
  eachCell(bounds, 384, (x, y, column, row) => paintStain(ctx, x, y, column, row), 200);
  paintLane(ctx, site);
  paintAnvil(ctx, site);
  layGrain(ctx, bounds, "speckle", 0.15);
}

function paintPlate(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  ctx.fillStyle = DECK[Math.floor(chance(column, row, 1) * DECK.length)] ?? STEEL;
  ctx.fillRect(x, y, PLATE_PX, PLATE_PX);
  if (chance(column, row, 2) < 0.42) paintTread(ctx, x, y);
  ctx.fillStyle = SEAM;
  ctx.fillRect(x, y, PLATE_PX, 2.4);
  ctx.fillRect(x, y, 2.4, PLATE_PX);
  ctx.fillStyle = fade(LIT, 0.28);
  ctx.fillRect(x + 2.4, y + 2.4, PLATE_PX, 1.2);
  ctx.fillRect(x + 2.4, y + 2.4, 1.2, PLATE_PX);
  for (const corner of [
    [10, 10],
    [86, 10],
    [10, 86],
    [86, 86],
  ] as const)
    disc(ctx, x + corner[0], y + corner[1], 2.4, fade(SEAM, 0.9));
}

/** The raised bars of a chequer plate. */
function paintTread(ctx: Ctx, x: number, y: number): void {
  const bars = new Path2D();
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const middleX = x + 16 + column * 13;
      const middleY = y + 16 + row * 13;
      const lean = (row + column) % 2 === 0 ? 3.4 : -3.4;
      bars.moveTo(middleX - 3.4, middleY - lean);
      bars.lineTo(middleX + 3.4, middleY + lean);
    }
  }
  ctx.lineCap = "round";
  ctx.lineWidth = 2.6;
  ctx.strokeStyle = fade(SEAM, 0.6);
  ctx.stroke(bars);
  ctx.lineWidth = 1.4;
  ctx.strokeStyle = fade(LIT, 0.34);
  ctx.stroke(bars);
}

/** Spilt oil, and scratches of what was dragged here. */
function paintStain(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  const left = x + 384 * chance(column, row, 3);
  const top = y + 384 * chance(column, row, 4);
  if (chance(column, row, 5) < 0.5) {
    ctx.fillStyle = fade("#0c0f12", 0.5);
    ctx.fill(blob(left, top, 44 + 40 * chance(column, row, 6), column * 3 + row, 10));
    ctx.fillStyle = fade("#58708a", 0.12);
    ctx.fill(blob(left - 8, top - 8, 28, column + row, 9));
    return;
  }
  ctx.strokeStyle = fade(LIT, 0.22);
  ctx.lineWidth = 1.3;
  ctx.beginPath();
  for (let scratch = 0; scratch < 5; scratch++) {
    ctx.moveTo(left + scratch * 7, top + scratch * 5);
    ctx.lineTo(left + 90 + scratch * 11, top + 40 + scratch * 3);
  }
  ctx.stroke();
}

/** A painted frame along the walls, worn off in places. */
function paintLane(ctx: Ctx, { arena }: Site): void {
  const { widthPx, heightPx, tilePx } = arena;
  const inset = tilePx * 1.6;
  ctx.save();
  ctx.strokeStyle = fade(HAZARD, 0.42);
  ctx.lineWidth = 5;
  ctx.setLineDash([150, 14, 40, 10]);
  ctx.strokeRect(inset, inset, widthPx - 2 * inset, heightPx - 2 * inset);
  ctx.restore();
}

/** A striped ring, and in it an anvil: the landmark. */
function paintAnvil(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  if (!touches(bounds, x, y, RING_PX + 30)) return;
  ctx.save();
  disc(ctx, x, y, RING_PX + 14, "#20272d");
  ctx.beginPath();
  ctx.arc(x, y, RING_PX + 6, 0, 2 * Math.PI);
  ctx.arc(x, y, RING_PX - 22, 0, 2 * Math.PI, true);
  ctx.clip();
  ctx.fillStyle = "#171c21";
  ctx.fillRect(x - RING_PX - 20, y - RING_PX - 20, 2 * RING_PX + 40, 2 * RING_PX + 40);
  ctx.fillStyle = mix(HAZARD, HAZARD_WORN, 0.35);
  stripes(ctx, x - RING_PX - 20, y - RING_PX - 20, 2 * RING_PX + 40, 2 * RING_PX + 40, 44);
  ctx.restore();
  disc(ctx, x, y, RING_PX - 24, "#2b343b");
  ring(ctx, x, y, RING_PX - 34, 2, fade(LIT, 0.4));
  const shape = new Path2D(
    "M-130 -58 H96 V-66 H126 V-18 C86 -14 52 2 44 26 L56 54 H82 V82 H-82 V54 H-56 L-44 26 C-50 4 -70 -10 -112 -24 C-126 -32 -132 -44 -130 -58 Z",
  );
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = "#1c2227";
  ctx.fill(shape);
  ctx.strokeStyle = fade(HAZARD, 0.55);
  ctx.lineWidth = 4;
  ctx.stroke(shape);
  ctx.restore();
  for (let index = 0; index < 12; index++) {
    const angle = (index / 12) * 2 * Math.PI;
    bolt(
      ctx,
      x + Math.cos(angle) * (RING_PX - 46),
      y + Math.sin(angle) * (RING_PX - 46),
      4.5,
      SEAM,
      "#6d7d89",
    );
  }
}

const WALLS: WallKit = {
  sidePx: 20,
  cornerPx: 3,
  side: "#1b2126",
  foot: "#090b0d",
  rim: "#d5e2ea",
  top: "#71808c",
  trim: "#657480",
  paintSide(ctx, x, y) {
    ctx.fillStyle = mix(HAZARD, "#8a6a18", 0.3);
    stripes(ctx, x, y - 16, 64, 11, 24);
  },
  paintTop(ctx, x, y) {
    ctx.fillStyle = fade(chance(x, y, 9) > 0.5 ? "#8d9ca8" : "#56636e", 0.35);
    ctx.fillRect(x + 1, y - 19, 62, 62);
    ctx.strokeStyle = fade("#2c353c", 0.75);
    ctx.lineWidth = 2;
    ctx.strokeRect(x, y - 20, 64, 64);
    if (chance(x, y, 10) < 0.3) {
      ctx.strokeStyle = fade("#3c4750", 0.8);
      ctx.lineWidth = 3;
      ctx.beginPath();
      for (let slot = 0; slot < 4; slot++) {
        ctx.moveTo(x + 18, y - 2 + slot * 9);
        ctx.lineTo(x + 46, y - 2 + slot * 9);
      }
      ctx.stroke();
    }
    for (const [boltX, boltY] of [
      [9, -10],
      [55, -10],
      [9, 34],
      [55, 34],
    ] as const)
      bolt(ctx, x + boltX, y + boltY, 3, "#39444c", "#c3d0d8");
  },
};

/** Curls of swarf and cut sheet. */
const COVER: CoverKit = {
  low: {
    sidePx: 80,
    whorls: [
      { blades: 8, reachPx: 38, widthPx: 15, light: 0.12 },
      { blades: 8, reachPx: 30, widthPx: 14, light: 0.3 },
      { blades: 6, reachPx: 19, widthPx: 12, light: 0.5 },
    ],
  },
  high: {
    sidePx: 58,
    whorls: [
      { blades: 8, reachPx: 27, widthPx: 10, light: 0.5 },
      { blades: 6, reachPx: 19, widthPx: 9, light: 0.75 },
      { blades: 4, reachPx: 10, widthPx: 7, light: 1 },
    ],
  },
  shade: "#232d36",
  lit: "#8fa0ac",
  ground: "#0d1114",
  outline(ctx, reach, half) {
    ctx.moveTo(0, -half * 0.6);
    ctx.bezierCurveTo(reach * 0.4, -half * 2, reach * 0.9, -half, reach, half);
    ctx.lineTo(reach * 0.86, half * 1.2);
    ctx.bezierCurveTo(reach * 0.7, -half * 0.2, reach * 0.4, -half * 0.6, 0, half * 0.6);
    ctx.closePath();
  },
  adorn(ctx, tuft, next) {
    for (let piece = 0; piece < 2; piece++) {
      ctx.save();
      ctx.translate((next() - 0.5) * tuft.sidePx * 0.6, (next() - 0.5) * tuft.sidePx * 0.6);
      ctx.rotate(next() * Math.PI);
      ctx.fillStyle = pick(RUST, Math.round(next() * 99), piece);
      ctx.fillRect(-7, -3, 14, 6);
      ctx.fillStyle = fade("#ffffff", 0.25);
      ctx.fillRect(-7, -3, 14, 1.4);
      ctx.restore();
    }
  },
};

function paintBeyond(ctx: Ctx, site: Site): void {
  const { bounds } = site;
  fillAll(ctx, bounds, "#15191c");
  layGrain(ctx, bounds, "clouds", 0.8, 3);
  eachCell(bounds, 70, (x, y, column, row) => paintScrap(ctx, x, y, column, row), 70);
  eachCell(bounds, 224, (x, y, column, row) => paintContainer(ctx, x, y, column, row), 224);
  paintGantries(ctx, site);
}

function paintScrap(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  const next = (salt: number) => chance(column, row, salt);
  ctx.save();
  ctx.translate(x + 70 * next(21), y + 70 * next(22));
  ctx.rotate(next(23) * Math.PI);
  const width = 24 + 50 * next(24);
  const height = 8 + 26 * next(25);
  ctx.fillStyle = fade("#000000", 0.5);
  ctx.fillRect(-width / 2 + 5, -height / 2 + 7, width, height);
  ctx.fillStyle = mix(pick(RUST, column, row, 26), "#15191c", 0.35 + 0.3 * next(27));
  ctx.fillRect(-width / 2, -height / 2, width, height);
  ctx.fillStyle = fade(LIT, 0.2);
  ctx.fillRect(-width / 2, -height / 2, width, 2);
  ctx.restore();
  if (next(28) > 0.12) return;
  disc(ctx, x + 36, y + 40, 21, "#0b0d0f");
  disc(ctx, x + 34, y + 36, 20, "#2a3036");
  disc(ctx, x + 34, y + 36, 9, "#0b0d0f");
}

function paintContainer(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  if (chance(column, row, 31) > 0.62) return;
  const isUpright = chance(column, row, 32) > 0.5;
  const width = isUpright ? 78 : 176;
  const height = isUpright ? 176 : 78;
  const left = x + 24 + 20 * chance(column, row, 33);
  const top = y + 24 + 20 * chance(column, row, 34);
  const hue = pick(RUST, column, row, 35);
  ctx.fillStyle = fade("#000000", 0.55);
  ctx.fillRect(left + 12, top + 20, width, height);
  ctx.fillStyle = mix(hue, "#000000", 0.5);
  ctx.fillRect(left, top + 12, width, height);
  ctx.fillStyle = mix(hue, "#8899a5", 0.2);
  ctx.fillRect(left, top, width, height);
  ctx.fillStyle = fade("#000000", 0.22);
  for (let rib = 8; rib < Math.max(width, height) - 6; rib += 13) {
    if (isUpright) ctx.fillRect(left + 5, top + rib, width - 10, 4);
    else ctx.fillRect(left + rib, top + 5, 4, height - 10);
  }
  ctx.strokeStyle = fade("#ffffff", 0.2);
  ctx.lineWidth = 2;
  ctx.strokeRect(left + 1, top + 1, width - 2, height - 2);
}

/** Trusses on rails that cross the yard, with their shadows. */
function paintGantries(ctx: Ctx, { arena, bounds }: Site): void {
  const { widthPx, heightPx } = arena;
  for (const y of [-190, heightPx + 150]) {
    paintTruss(ctx, bounds.left, y, bounds.right - bounds.left);
  }
  ctx.save();
  ctx.rotate(Math.PI / 2);
  for (const x of [-180, widthPx + 150]) {
    paintTruss(ctx, bounds.top, -x - 30, bounds.bottom - bounds.top);
  }
  ctx.restore();
}

function paintTruss(ctx: Ctx, left: number, top: number, length: number): void {
  ctx.fillStyle = fade("#000000", 0.5);
  ctx.fillRect(left, top + 26, length, 34);
  ctx.strokeStyle = mix(HAZARD, "#3a2d10", 0.45);
  ctx.lineWidth = 5;
  ctx.beginPath();
  for (let x = Math.floor(left / 40) * 40; x < left + length; x += 40) {
    ctx.moveTo(x, top + 32);
    ctx.lineTo(x + 20, top);
    ctx.lineTo(x + 40, top + 32);
  }
  ctx.stroke();
  ctx.fillStyle = mix(HAZARD, "#2b2410", 0.2);
  ctx.fillRect(left, top - 4, length, 8);
  ctx.fillRect(left, top + 28, length, 8);
}

function glows({ widthPx, heightPx }: Arena): Glow[] {
  const lamps: Glow[] = [
    { x: widthPx / 2, y: heightPx / 2, px: 700, hue: "#7fa8c8", alpha: 0.12, periodMs: 5200, depth: 0.3 },
  ];
  for (const x of [0.16, 0.84]) {
    for (const y of [0.2, 0.8]) {
      const place = { x: widthPx * x, y: heightPx * y };
      lamps.push({ ...place, px: 420, hue: "#ffcf70", alpha: 0.17, periodMs: 3900, depth: 0.3 });
    }
  }
  // Welders at work beyond the wall, and the gantries' warning lights.
  for (const x of [0.12, 0.38, 0.7, 0.93]) {
    for (const y of [-96, heightPx + 84]) {
      const arc = { x: widthPx * x, y, hue: ARC, periodMs: 500, flickers: true };
      lamps.push({ ...arc, px: 190, alpha: 0.7, depth: 0.9 });
    }
    lamps.push({
      x: widthPx * x + 130,
      y: -174,
      px: 80,
      hue: "#ff4a3a",
      alpha: 0.8,
      periodMs: 1900,
      depth: 1,
    });
  }
  return lamps;
}

export const ANVIL: Theme = {
  palette: { floors: DECK, beyond: BEYOND, accent: "#ffd166", shadow: "#05070a" },
  walls: WALLS,
  cover: COVER,
  ambient: {
    glows,
    motes: [
      {
        ...{ count: 16, frame: "spark", glows: true, hues: ["#ffe3a0", ARC, "#ffb84a"] },
        ...{ px: [8, 18], driftX: [120, 210], driftY: [50, 120], wanderPx: 6 },
        ...{ lifeMs: [350, 800], alpha: 0.9, turn: 0.5 },
      },
      {
        ...{ count: 7, frame: "smoke", glows: false, hues: ["#a9b8c4"] },
        ...{ px: [110, 210], driftX: [10, 30], driftY: [-30, -12], wanderPx: 18 },
        ...{ lifeMs: [4200, 7600], alpha: 0.16, spin: 0.15 },
      },
    ],
  },
  paintFloor,
  paintBeyond,
};
