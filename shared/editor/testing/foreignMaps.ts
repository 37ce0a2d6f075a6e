/**
 * Small Tiled maps in the manner of other games: written for these tests, with the structures that their public files have
 * (layers, objects, tilesets and properties of several versions of Tiled), and none of their content.
 */
import type { Tmj } from "#shared/editor/tmj.ts";

const tiles = (name: string, width: number, height: number, fields: object = {}) => ({
  ...{ data: Array(width * height).fill(1), height, id: 1, name, opacity: 1, type: "tilelayer" },
  ...{ visible: true, width, x: 0, y: 0, ...fields },
});

const objects = (name: string, list: readonly object[], fields: object = {}) => ({
  ...{ draworder: "topdown", id: 3, name, objects: list, opacity: 1, type: "objectgroup" },
  ...{ visible: false, x: 0, y: 0, ...fields },
});

const map = (width: number, height: number, tilePx: number, fields: object): Tmj => ({
  ...{ compressionlevel: -1, height, infinite: false, nextlayerid: 12, nextobjectid: 40 },
  ...{ orientation: "orthogonal", renderorder: "right-down", tiledversion: "1.10.2" },
  ...{ tileheight: tilePx, tilesets: [{ firstgid: 1, source: "../sheets/world.tsx" }], tilewidth: tilePx },
  ...{ type: "map", version: "1.10", width, ...fields },
});

export const FOREIGN_MAPS = {
  /** A platformer's room: small tiles, colliders as rectangles, flipped tiles, named points. */
  platformer: map(6, 4, 16, {
    layers: [
      tiles("Ground", 6, 4, { data: Array(24).fill(0x80000000 + 41) }),
      tiles("Bushes", 6, 4, { id: 2, parallaxx: 0.5, tintcolor: "#80ff80" }),
      objects("Colliders", [{ height: 16, id: 1, name: "", rotation: 0, type: "", width: 48, x: 0, y: 48 }]),
      objects("Positions", [{ height: 0, id: 2, name: "player", point: true, x: 8, y: 8 }], { id: 4 }),
    ],
  }),

  /** A tower defence: large tiles, ways as polylines, image layers and groups, objects of templates, values of classes. */
  towerDefence: map(8, 5, 96, {
    backgroundcolor: "#102030",
    class: "level",
    editorsettings: { export: { format: "json", target: "level.json" } },
    layers: [
      { id: 5, image: "sky.png", name: "Sky", opacity: 1, repeatx: true, type: "imagelayer", x: 0, y: 0 },
      {
        id: 6,
        layers: [tiles("Towers", 8, 5, { id: 7 })],
        name: "Board",
        opacity: 1,
        type: "group",
        x: 0,
        y: 0,
      },
      objects("Waypoints", [
        {
          id: 9,
          name: "way",
          polyline: [
            { x: 0, y: 0 },
            { x: 96, y: 48 },
          ],
          x: 12.5,
          y: 30.25,
        },
        { id: 10, template: "gate.tj", x: 96, y: 96 },
        { gid: 1610612739, height: 96, id: 11, name: "tower", rotation: 90, width: 96, x: 96, y: 192 },
        { id: 12, name: "", text: { text: "Hold the gate", wrap: true }, x: 0, y: 0 },
        { ellipse: true, height: 40, id: 13, name: "pond", width: 60, x: 200, y: 100 },
      ]),
    ],
    properties: [
      { name: "waves", propertytype: "Waves", type: "class", value: { count: 12, boss: { hp: 400 } } },
      { name: "theme", type: "int", value: 3 },
      { name: "gate", type: "object", value: 10 },
    ],
  }),

  /** An endless world in chunks. */
  endless: map(30, 20, 32, {
    infinite: true,
    layers: [
      tiles("Terrain", 48, 32, {
        ...{ data: undefined, chunks: [{ data: Array(256).fill(2), height: 16, width: 16, x: -16, y: 0 }] },
        ...{ startx: -16, starty: 0 },
      }),
    ],
  }),

  /** A board of hexagons. */
  hexagons: map(4, 4, 64, {
    ...{ orientation: "hexagonal", hexsidelength: 34, staggeraxis: "y", staggerindex: "odd" },
    layers: [tiles("Tile Layer 1", 4, 4)],
  }),

  /** A dungeon whose layers are called as ours, with compressed tiles. */
  dungeon: map(20, 12, 48, {
    layers: [
      tiles("walls", 20, 12, { compression: "zlib", data: "eJxjYBgFo2AU0BIAAAPAAAE=", encoding: "base64" }),
      objects("spawns", [{ height: 0, id: 1, name: "hero", point: true, type: "hero", x: 60, y: 60 }]),
    ],
  }),

  /** Written before Tiled 1.2: no numbers of layers, properties as an object, and no word on being infinite. */
  old: map(10, 10, 64, {
    ...{ infinite: undefined, nextlayerid: undefined, tiledversion: undefined, version: 1 },
    layers: [tiles("collision", 10, 10, { id: undefined })],
    properties: { difficulty: "3" },
    tilesets: [
      {
        ...{
          firstgid: 1,
          image: "old.png",
          imageheight: 64,
          imagewidth: 64,
          margin: 0,
          name: "old",
          spacing: 0,
        },
        ...{ tileheight: 64, tileproperties: { 0: { solid: "1" } }, tilewidth: 64 },
      },
    ],
  }),

  /** A strategy map too large for an editor of arenas. */
  continent: map(200, 150, 16, { layers: [tiles("land", 200, 150)] }),
};
