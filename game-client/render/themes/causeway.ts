/** Causeway: wet slabs with tide pools and a compass, limestone parapets, and the sea with a bridge that leads away. */
import { fade, mix } from "#client/render/paint/colour.ts";
import { type Arena, isSolidTile } from "#shared/arena/arena.ts";
import { chance, eachCell } from "./kit/chance.ts";
import { layGrain } from "./kit/grain.ts";
import { blob, disc, fillAll, ring, softSpot, touches } from "./kit/shapes.ts";
import type { Ambient, Bounds, CoverKit, Ctx, Glow, Site, Theme, WallKit } from "./theme.ts";

const SLABS = ["#2c414d", "#314752", "#283a45", "#334a54"] as const;
const JOINT = "#25323a";
const POOL = "#164c58";
const SHALLOW = "#2b8f9c";
const FOAM = "#bfeef0";
const LIMESTONE = "#b7b09a";
const PALE = "#8d9690";
const SEA = "#0f4a5c";
const BEYOND = "#0a3442";

const SLAB_WIDTH_PX = 96;
const SLAB_HEIGHT_PX = 64;
const POOL_CELL_PX = 256;
const COMPASS_PX = 205;
const BRIDGE_PX = 210;

function paintFloor(ctx: Ctx, site: Site): void {
  const { bounds } = site;
  fillAll(ctx, bounds, JOINT);
  paintSlabs(ctx, bounds);
  layGrain(ctx, bounds, "clouds", 0.45, 3);
  eachPool(site.arena, bounds, (x, y, radius, salt) => paintPool(ctx, x, y, radius, salt));
  paintCompass(ctx, site);
  layGrain(ctx, bounds, "speckle", 0.2);
}

/** A running bond: each row is shifted by half a slab. */
function paintSlabs(ctx: Ctx, bounds: Bounds): void {
  const lastRow = Math.ceil(bounds.bottom / SLAB_HEIGHT_PX);
  for (let row = Math.floor(bounds.top / SLAB_HEIGHT_PX); row < lastRow; row++) {
    const shift = (Math.abs(row) % 2) * (SLAB_WIDTH_PX / 2);
    const last = Math.ceil((bounds.right + SLAB_WIDTH_PX) / SLAB_WIDTH_PX);
    for (let column = Math.floor(bounds.left / SLAB_WIDTH_PX) - 1; column < last; column++) {
      const x = column * SLAB_WIDTH_PX + shift;
      const y = row * SLAB_HEIGHT_PX;
      ctx.fillStyle = SLABS[Math.floor(chance(column, row, 1) * SLABS.length)] ?? SLABS[0];
      ctx.fillRect(x + 1.5, y + 1.5, SLAB_WIDTH_PX - 3, SLAB_HEIGHT_PX - 3);
      ctx.fillStyle = fade("#8fb4bd", 0.2);
      ctx.fillRect(x + 1.5, y + 1.5, SLAB_WIDTH_PX - 3, 1.4);
      if (chance(column, row, 2) < 0.12) paintCrack(ctx, x, y, column, row);
    }
  }
}

function paintCrack(ctx: Ctx, x: number, y: number, column: number, row: number): void {
  ctx.strokeStyle = fade(JOINT, 0.9);
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(x + 8 + 30 * chance(column, row, 3), y + 2);
  for (let joint = 1; joint <= 4; joint++) {
    ctx.lineTo(x + 10 + 76 * chance(column + joint, row, 4), y + joint * 15);
  }
  ctx.stroke();
}

/** Visits the pools, which lie where no wall stands. */
function eachPool(
  arena: Arena,
  bounds: Bounds,
  visit: (x: number, y: number, radius: number, salt: number) => void,
): void {
  eachCell(
    bounds,
    POOL_CELL_PX,
    (left, top, column, row) => {
      if (chance(column, row, 5) > 0.9) return;
      const x = left + POOL_CELL_PX * (0.25 + 0.5 * chance(column, row, 6));
      const y = top + POOL_CELL_PX * (0.25 + 0.5 * chance(column, row, 7));
      const radius = 62 + 44 * chance(column, row, 8);
      if (!hasWall(arena, x, y, radius * 0.72)) visit(x, y, radius, column * 13 + row);
    },
    POOL_CELL_PX / 2,
  );
}

/** Whether a wall's tile touches the square of `2 * reachPx` about a place. */
function hasWall(arena: Arena, x: number, y: number, reachPx: number): boolean {
  const { tilePx } = arena;
  for (let row = Math.floor((y - reachPx) / tilePx); row <= (y + reachPx) / tilePx; row++) {
    for (let column = Math.floor((x - reachPx) / tilePx); column <= (x + reachPx) / tilePx; column++) {
      if (isSolidTile(arena, column, row)) return true;
    }
  }
  return false;
}

function paintPool(ctx: Ctx, x: number, y: number, radius: number, salt: number): void {
  const shore = blob(x, y, radius, salt, 11);
  ctx.strokeStyle = fade("#1c2a31", 0.35);
  ctx.lineWidth = 22;
  ctx.stroke(shore);
  ctx.fillStyle = POOL;
  ctx.fill(shore);
  ctx.save();
  ctx.clip(shore);
  softSpot(ctx, x - radius * 0.2, y - radius * 0.2, radius, SHALLOW, 0.28);
  ctx.restore();
  ctx.strokeStyle = fade(FOAM, 0.4);
  ctx.lineWidth = 1.8;
  ctx.stroke(shore);
  ctx.strokeStyle = fade(FOAM, 0.12);
  ctx.lineWidth = 6;
  ctx.stroke(blob(x, y, radius * 0.92, salt, 11));
}

function paintCompass(ctx: Ctx, { arena, bounds }: Site): void {
  const x = arena.widthPx / 2;
  const y = arena.heightPx / 2;
  if (!touches(bounds, x, y, COMPASS_PX + 30)) return;
  disc(ctx, x, y, COMPASS_PX + 16, "#2c3a43");
  ring(ctx, x, y, COMPASS_PX + 8, 10, fade(PALE, 0.5));
  ring(ctx, x, y, COMPASS_PX - 22, 2, fade(PALE, 0.5));
  disc(ctx, x, y, COMPASS_PX * 0.42, POOL);
  for (let point = 0; point < 16; point++) {
    const isMain = point % 4 === 0;
    const reach = COMPASS_PX * (isMain ? 0.98 : point % 2 === 0 ? 0.72 : 0.5);
    const half = isMain ? 26 : 17;
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate((point / 16) * 2 * Math.PI);
    for (const side of [-1, 1]) {
      ctx.fillStyle = side < 0 ? fade(PALE, isMain ? 0.62 : 0.34) : fade("#1e2b33", 0.85);
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.lineTo(side * half, -reach * 0.26);
      ctx.lineTo(0, -reach);
      ctx.fill();
    }
    ctx.restore();
  }
  disc(ctx, x, y, 16, "#2c3a43");
  ring(ctx, x, y, 16, 3, fade(PALE, 0.7));
}

const WALLS: WallKit = {
  sidePx: 19,
  cornerPx: 4,
  side: "#6b6a60",
  foot: "#12333a",
  rim: "#f3edd8",
  top: LIMESTONE,
  trim: "#aca58f",
  paintSide(ctx, x, y) {
    ctx.fillStyle = fade("#3a3d38", 0.7);
    ctx.fillRect(x, y - 10, 64, 1.6);
    ctx.fillRect(x + 31, y - 19, 1.6, 9);
    ctx.fillRect(x + 10, y - 10, 1.6, 10);
    ctx.fillStyle = fade("#2f7a68", 0.55);
    ctx.fillRect(x, y - 5 - 3 * chance(x, y, 9), 64, 9);
  },
  paintTop(ctx, x, y) {
    ctx.fillStyle = fade(chance(x, y, 10) > 0.5 ? "#d6cfb8" : "#8f8a78", 0.3);
    ctx.fillRect(x, y - 19, 64, 64);
    ctx.strokeStyle = fade("#615d50", 0.5);
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x, y - 19, 64, 64);
    if (chance(x, y, 11) < 0.3) {
      ctx.fillStyle = fade("#5f7a5c", 0.5);
      ctx.fill(blob(x + 30, y + 12, 16, x + y, 8));
    }
  },
};

/** Reeds. */
const COVER: CoverKit = {
  low: {
    sidePx: 84,
    whorls: [
      { blades: 16, reachPx: 40, widthPx: 8, light: 0.18 },
      { blades: 14, reachPx: 32, widthPx: 7.5, light: 0.34 },
      { blades: 10, reachPx: 22, widthPx: 7, light: 0.5 },
    ],
  },
  high: {
    sidePx: 62,
    whorls: [
      { blades: 12, reachPx: 29, widthPx: 6.5, light: 0.5 },
      { blades: 10, reachPx: 22, widthPx: 6, light: 0.72 },
      { blades: 6, reachPx: 12, widthPx: 5, light: 1 },
    ],
  },
  shade: "#1d423b",
  lit: "#a9b66a",
  ground: "#11262a",
  outline(ctx, reach, half) {
    ctx.moveTo(0, -half * 0.4);
    ctx.quadraticCurveTo(reach * 0.6, -half * 1.4, reach, half * 0.9);
    ctx.quadraticCurveTo(reach * 0.55, half * 0.2, 0, half * 0.6);
    ctx.closePath();
  },
  adorn(ctx, tuft, next) {
    for (let head = 0; head < 3; head++) {
      ctx.save();
      ctx.rotate(next() * 2 * Math.PI);
      ctx.fillStyle = "#7a5a35";
      ctx.fillRect(tuft.sidePx * (0.16 + 0.16 * next()), -1.8, 9, 3.6);
      ctx.restore();
    }
  },
};

function paintBeyond(ctx: Ctx, site: Site): void {
  const { arena, bounds } = site;
  fillAll(ctx, bounds, SEA);
  layGrain(ctx, bounds, "clouds", 0.7, 4);
  // The water is shallow around the causeway.
  ctx.strokeStyle = fade(SHALLOW, 0.055);
  for (let width = 60; width <= 480; width += 42) {
    ctx.lineWidth = width;
    ctx.strokeRect(0, 0, arena.widthPx, arena.heightPx);
  }
  paintWaves(ctx, bounds);
  paintFoam(ctx, site);
  paintBridge(ctx, site);
}

function paintWaves(ctx: Ctx, bounds: Bounds): void {
  const bright = new Path2D();
  const dark = new Path2D();
  eachCell(
    bounds,
    58,
    (left, top, column, row) => {
      if (chance(column, row, 13) < 0.35) return;
      const x = left + 58 * chance(column, row, 14);
      const y = top + 58 * chance(column, row, 15);
      const half = 14 + 24 * chance(column, row, 16);
      bright.moveTo(x - half, y);
      bright.quadraticCurveTo(x, y - half * 0.5, x + half, y);
      dark.moveTo(x - half, y + 4);
      dark.quadraticCurveTo(x, y + 4 - half * 0.5, x + half, y + 4);
    },
    60,
  );
  ctx.lineCap = "round";
  ctx.lineWidth = 3.4;
  ctx.strokeStyle = fade("#062833", 0.5);
  ctx.stroke(dark);
  ctx.lineWidth = 2;
  ctx.strokeStyle = fade(FOAM, 0.34);
  ctx.stroke(bright);
}

/** Surf along the outer wall, and rocks in it. */
function paintFoam(ctx: Ctx, { arena, bounds }: Site): void {
  const { widthPx, heightPx } = arena;
  eachCell(
    bounds,
    40,
    (x, y, column, row) => {
      const outside = Math.max(-x, -y, x - widthPx, y - heightPx);
      if (outside < -30 || outside > 30) return;
      ctx.fillStyle = fade(FOAM, 0.1 + 0.14 * chance(column, row, 17));
      ctx.fill(blob(x + 20, y + 20, 24 + 14 * chance(column, row, 18), column + row * 7, 9));
      if (chance(column, row, 19) > 0.1) return;
      ctx.fillStyle = "#24343a";
      ctx.fill(blob(x + 22, y + 24, 17, column * 5 + row, 7));
      ctx.fillStyle = "#4d5f62";
      ctx.fill(blob(x + 19, y + 20, 12, column * 5 + row, 7));
    },
    40,
  );
}

/** A road on arches, from both ends of the causeway to the horizon. */
function paintBridge(ctx: Ctx, { arena, bounds }: Site): void {
  const middle = arena.heightPx / 2;
  const top = middle - BRIDGE_PX / 2;
  const width = bounds.right - bounds.left;
  ctx.fillStyle = fade("#04202a", 0.55);
  ctx.fillRect(bounds.left, top + 18, width, BRIDGE_PX + 34);
  ctx.fillStyle = "#57605f";
  ctx.fillRect(bounds.left, top, width, BRIDGE_PX + 18);
  const deck = { ...bounds, top, bottom: top + BRIDGE_PX };
  ctx.save();
  ctx.beginPath();
  ctx.rect(bounds.left, top, width, BRIDGE_PX);
  ctx.clip();
  paintSlabs(ctx, deck);
  ctx.restore();
  for (const y of [top, top + BRIDGE_PX - 16]) {
    ctx.fillStyle = LIMESTONE;
    ctx.fillRect(bounds.left, y, width, 16);
    ctx.fillStyle = "#f3edd8";
    ctx.fillRect(bounds.left, y, width, 2.4);
  }
  eachCell(bounds, 128, (x, y) => {
    if (y > middle || y + 128 <= middle) return;
    for (const post of [top - 5, top + BRIDGE_PX - 21]) {
      ctx.fillStyle = mix(LIMESTONE, "#3a3d38", 0.4);
      ctx.fillRect(x + 50, post, 28, 28);
      ctx.fillStyle = "#d9d3bd";
      ctx.fillRect(x + 53, post + 2, 22, 20);
    }
  });
}

function glows(arena: Arena): Glow[] {
  const { widthPx, heightPx } = arena;
  const lights: Glow[] = [];
  const water = { hue: "#8ff2ee", sprite: "caustic", depth: 0.55 } as const;
  eachPool(arena, { left: 0, top: 0, right: widthPx, bottom: heightPx }, (x, y, radius) => {
    lights.push({ x, y, px: radius * 1.7, alpha: 0.42, periodMs: 5200, ...water });
  });
  for (let along = 90; along < widthPx; along += 230) {
    for (const y of [-120, heightPx + 120]) {
      lights.push({ x: along, y, px: 300, heightPx: 240, alpha: 0.34, periodMs: 6400, ...water });
    }
  }
  for (let along = 90; along < heightPx; along += 230) {
    for (const x of [-130, widthPx + 130]) {
      if (Math.abs(along - heightPx / 2) < BRIDGE_PX) continue;
      lights.push({ x, y: along, px: 250, heightPx: 290, alpha: 0.34, periodMs: 6400, ...water });
    }
  }
  return lights;
}

/** A net of light as water throws it on the ground, faded out to its edge. */
function paintCaustic(ctx: Ctx): void {
  ctx.fillStyle = "#ffffff";
  const step = 1;
  for (let y = -64; y < 64; y += step) {
    for (let x = -64; x < 64; x += step) {
      const edge = 1 - Math.hypot(x, y) / 64;
      if (edge <= 0) continue;
      ctx.globalAlpha = Math.min(1, edge * 1.6) * causticAt(x / 22, y / 22);
      ctx.fillRect(x, y, step, step);
    }
  }
  ctx.globalAlpha = 1;
}

/** Bright where two of the scattered points are equally near; 0 to 1. Worley's cellular noise. */
function causticAt(x: number, y: number): number {
  let nearest = 9;
  let second = 9;
  for (let row = Math.floor(y) - 1; row <= Math.floor(y) + 1; row++) {
    for (let column = Math.floor(x) - 1; column <= Math.floor(x) + 1; column++) {
      const away = Math.hypot(column + chance(column, row, 21) - x, row + chance(column, row, 22) - y);
      if (away < nearest) {
        second = nearest;
        nearest = away;
      } else if (away < second) second = away;
    }
  }
  return Math.max(0, 1 - (second - nearest) * 3.2) ** 2;
}

function paintGull(ctx: Ctx): void {
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = 4;
  ctx.lineCap = "round";
  ctx.beginPath();
  ctx.moveTo(-8, -22);
  ctx.quadraticCurveTo(6, -12, 2, 0);
  ctx.quadraticCurveTo(6, 12, -8, 22);
  ctx.stroke();
  ctx.beginPath();
  ctx.ellipse(3, 0, 10, 3.4, 0, 0, 2 * Math.PI);
  ctx.fillStyle = "#ffffff";
  ctx.fill();
}

const AMBIENT: Ambient = {
  glows,
  sprites: [
    { name: "caustic", sidePx: 128, paint: paintCaustic },
    { name: "gull", sidePx: 56, paint: paintGull },
  ],
  motes: [
    {
      // The shadows of gulls.
      ...{ count: 3, frame: "gull", fromTheme: true, glows: false, hues: ["#06181e"] },
      ...{ px: [40, 54], driftX: [120, 170], driftY: [-12, 12], wanderPx: 26 },
      ...{ lifeMs: [8000, 12000], alpha: 0.26 },
    },
    {
      ...{ count: 14, frame: "glow", glows: true, hues: ["#d9fbff", "#9fe8ee"] },
      ...{ px: [6, 12], driftX: [20, 70], driftY: [-16, 10], wanderPx: 14 },
      ...{ lifeMs: [1400, 3200], alpha: 0.5 },
    },
  ],
};

export const CAUSEWAY: Theme = {
  palette: { floors: [...SLABS, POOL], beyond: BEYOND, accent: "#4fd3e8", shadow: "#06141a" },
  walls: WALLS,
  cover: COVER,
  ambient: AMBIENT,
  paintFloor,
  paintBeyond,
};
