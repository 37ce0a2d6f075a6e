import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { castRay, isLineClear } from "#shared/sim/collision.ts";
import { readArena, readMapText } from "#shared/testing/readMap.ts";
import { HITSCANS } from "#shared/tuning.ts";
import { type Arena, isBushTile, isSolidTile } from "./arena.ts";
import { flowTo, nextOnWay } from "./flowField.ts";

const FOLDER = new URL("./maps/", import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".tmj"))
  .map((file) => file.slice(0, -".tmj".length))
  .filter((map) => readArena(map).use === "match")
  .sort();
const TEAM_MODES = ["teamDeathmatch", "captureTheFlag", "kingOfTheHill"];
const ALL_MODES = ["deathmatch", ...TEAM_MODES];
/** A map for more players than this need not have a spawn point for each. */
const SPAWNS_ENOUGH = 32;
const PICKUP_TO_SPAWN_MIN_PX = 100;
/** Nearer to a corner, half of the view is wall. */
const CORNER_PX = 400;

type Place = { x: number; y: number };

/** The corresponding place on the other team's side, by kind of symmetry. */
const MIRRORS: Record<string, (arena: Arena, place: Place) => Place> = {
  point: ({ widthPx, heightPx }, { x, y }) => ({ x: widthPx - x, y: heightPx - y }),
  "left-right": ({ widthPx }, { x, y }) => ({ x: widthPx - x, y }),
};
const SYMMETRY: Record<string, string> = {
  anvil: "point",
  causeway: "point",
  foundry: "point",
  orchard: "left-right",
  sprawl: "point",
};

test("[MAPS-1] the maps suit 2 to 200 players and every mode", () => {
  const offers = NAMES.map(readArena).map(({ name, modes, players }) => [name, modes, players]);
  expect(offers).toEqual([
    ["anvil", ["deathmatch", "teamDeathmatch", "kingOfTheHill"], { min: 2, max: 4 }],
    ["causeway", ALL_MODES, { min: 8, max: 16 }],
    ["foundry", ALL_MODES, { min: 8, max: 16 }],
    ["orchard", ALL_MODES, { min: 8, max: 16 }],
    ["sprawl", ALL_MODES, { min: 100, max: 200 }],
  ]);
});

describe.each(NAMES)("%s", (name) => {
  const arena = readArena(name);
  const mirror = (place: Place) =>
    (MIRRORS[SYMMETRY[name] ?? "point"] as (typeof MIRRORS)[string])(arena, place);

  test("[MAPS-2] is the same for both teams: walls, bushes, spawns, pickups, flags, hills", () => {
    expect(arena.modes.some((mode) => TEAM_MODES.includes(mode))).toBe(true);
    for (const [x, y, column, row] of tilesOf(arena)) {
      const twin = tileAt(arena, mirror({ x, y }));
      expect(isSolidTile(arena, column, row)).toBe(isSolidTile(arena, ...twin));
      expect(isBushTile(arena, column, row)).toBe(isBushTile(arena, ...twin));
    }
    const other = (team?: number) => (team === undefined ? {} : { team: 1 - team });
    expectSame(
      arena.spawns.map((spawn) => ({ ...mirror(spawn), ...other(spawn.team) })),
      arena.spawns,
    );
    expectSame(
      arena.flags.map((flag) => ({ ...mirror(flag), ...other(flag.team) })),
      arena.flags,
    );
    expectSame(
      arena.pickups.map((pickup) => ({ ...mirror(pickup), kind: pickup.kind })),
      arena.pickups,
    );
    const middles = arena.hills.map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
    expectSame(middles.map(mirror), middles);
  });

  test("[MAPS-3] a bot can walk from every object to every other", () => {
    const [first] = arena.spawns as [Place];
    const way = flowTo(arena, first.x, first.y);
    for (const start of [...arena.spawns, ...arena.pickups, ...arena.flags]) {
      let place: Place = start;
      for (let steps = 0; steps < 400; steps++) place = nextOnWay(arena, way, place.x, place.y);
      expect(Math.hypot(place.x - first.x, place.y - first.y)).toBeLessThan(arena.tilePx);
    }
  });

  test("[MAPS-4] has as many spawn points as players, and no pickup near a spawn point", () => {
    expect(arena.spawns.length).toBeGreaterThanOrEqual(Math.min(arena.players.max, SPAWNS_ENOUGH));
    for (const spawn of arena.spawns) {
      const pickupsPx = arena.pickups.map(({ x, y }) => Math.hypot(spawn.x - x, spawn.y - y));
      expect(Math.min(...pickupsPx)).toBeGreaterThanOrEqual(PICKUP_TO_SPAWN_MIN_PX);
    }
  });

  test("[SPAWN-3] no spawn point is within 400 px of a corner of the arena", () => {
    for (const { x, y } of arena.spawns) {
      const px = Math.hypot(Math.min(x, arena.widthPx - x), Math.min(y, arena.heightPx - y));
      expect(px, `${x},${y}`).toBeGreaterThanOrEqual(CORNER_PX);
    }
  });

  test("[MAPS-5] no spawn point is in sight of one of the other team", () => {
    for (const one of arena.spawns) {
      for (const other of arena.spawns) {
        if (one.team !== 0 || other.team !== 1 || !isOnScreen(one, other)) continue;
        expect(isLineClear(arena, one.x, one.y, other.x, other.y)).toBe(false);
      }
    }
  });

  test("[MAPS-6] no passage is one tile wide", () => {
    const isOpen = (column: number, row: number) => !isSolidTile(arena, column, row);
    for (const [, , column, row] of tilesOf(arena)) {
      if (!isOpen(column, row)) continue;
      expect(isOpen(column - 1, row) || isOpen(column + 1, row), `tile ${column},${row}`).toBe(true);
      expect(isOpen(column, row - 1) || isOpen(column, row + 1), `tile ${column},${row}`).toBe(true);
    }
  });

  test("[MAPS-7] its file has the ids that Tiled expects", () => {
    const map = JSON.parse(readMapText(name));
    const layerIds = map.layers.map(({ id }: { id: number }) => id);
    const objectIds = map.layers.flatMap(({ objects = [] }) => objects.map(({ id }: { id: number }) => id));
    expect(new Set(layerIds).size).toBe(layerIds.length);
    expect(new Set(objectIds).size).toBe(objectIds.length);
    expect(map.nextlayerid).toBeGreaterThan(Math.max(...layerIds));
    expect(map.nextobjectid).toBeGreaterThan(Math.max(...objectIds));
  });
});

// Foundry is older than the rail and keeps its long galleries.
test.each(NAMES.filter((name) => name !== "foundry"))("[MAPS-8] %s has cover from rails", (name) => {
  expect(openLineShare(readArena(name))).toBeLessThan(0.005);
});

const LINES_A_TILE = 90;

/** Share of all lines from tile centres that stay clear of walls and bushes for the whole range of a rail. */
function openLineShare(arena: Arena): number {
  const veiled = { ...arena, solid: arena.solid.map((wall, tile) => wall | (arena.bushes[tile] as number)) };
  const { rangePx } = HITSCANS.rail;
  let lines = 0;
  let long = 0;
  for (const [x, y, column, row] of tilesOf(arena)) {
    if (isSolidTile(veiled, column, row)) continue;
    for (let line = 0; line < LINES_A_TILE; line++) {
      const angle = (line / LINES_A_TILE) * 2 * Math.PI;
      lines++;
      if (castRay(veiled, x, y, Math.cos(angle), Math.sin(angle), rangePx) >= rangePx) long++;
    }
  }
  return long / lines;
}

const isOnScreen = (one: Place, other: Place) =>
  Math.abs(one.x - other.x) < VIEW_WIDTH_PX / 2 && Math.abs(one.y - other.y) < VIEW_HEIGHT_PX / 2;

const tileAt = ({ tilePx }: Arena, { x, y }: Place): [column: number, row: number] => [
  Math.floor(x / tilePx),
  Math.floor(y / tilePx),
];

/** Centre, column and row of each tile. */
function* tilesOf({ columns, rows, tilePx }: Arena): Generator<[number, number, number, number]> {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      yield [(column + 0.5) * tilePx, (row + 0.5) * tilePx, column, row];
    }
  }
}

/** Compares two lists without their order. */
function expectSame(found: readonly object[], wanted: readonly object[]): void {
  const sorted = (things: readonly object[]) => things.map((thing) => JSON.stringify(sortKeys(thing))).sort();
  expect(sorted(found)).toEqual(sorted(wanted));
}

const sortKeys = (thing: object) => Object.entries(thing).sort(([one], [other]) => (one < other ? -1 : 1));
