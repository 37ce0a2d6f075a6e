/** Faults in English, for errors, logs and the command line. The page has sentences of its own in every language. */
import { type Fault, type FaultCode, type FaultTexts, textFrom } from "./fault.ts";

/** Describes a fault as in `map "quarry", layer "pickups", object 16 ("north"): type is "rial", allowed are health, shield`. */
export const describeFault = (fault: Fault, mapName: string): string =>
  `map "${mapName}", ${whereIn(fault)}: ${textFrom(PROBLEMS, fault)}`;

const FILE_CODES: readonly FaultCode[] = ["notJson", "tooManyBytes", "tooDeep", "notATiledMap"];

function whereIn({ code, place }: Fault): string {
  const whole = FILE_CODES.includes(code) ? "the file" : "the map";
  const { layer, object, tile, property } = place;
  const parts = [
    layer !== undefined && `layer "${layer}"`,
    object && describeObject(object.id, object.name),
    tile && `tile ${tile.column},${tile.row}`,
    property !== undefined && `property "${property}"`,
  ];
  return parts.filter(Boolean).join(", ") || whole;
}

const describeObject = (id: number, name: string) => `object ${id}${name ? ` ("${name}")` : ""}`;

const PROBLEMS: FaultTexts = {
  notJson: () => "is not JSON",
  tooManyBytes: ({ count, max }) => `has ${count} bytes, allowed are ${max}`,
  tooDeep: ({ max }) => `is nested more than ${max} levels deep`,
  tooManyLayers: ({ count, max }) => `has ${count} layers, allowed are ${max}`,
  tooManyObjects: ({ count, max }) => `has ${count} objects, allowed are ${max}`,
  tooManyProperties: ({ count, max }) => `has ${count} properties, allowed are ${max}`,
  tooManyTilesets: ({ count, max }) => `has ${count} tilesets, allowed are ${max}`,
  notATiledMap: () => "is not a Tiled map",
  badField: ({ field }) => `"${field}" is missing, or has a value that Tiled does not write`,
  infinite: () => "must not be infinite: in Tiled, turn off Map → Map Properties → Infinite",
  notOrthogonal: ({ orientation }) => `must be orthogonal, is ${orientation}`,
  notSquare: ({ width, height }) => `tiles must be square, are ${width}×${height} px`,
  smallTiles: ({ px, least }) => `tiles are ${px} px, a drone needs ${least}`,
  tooWide: ({ px, max }) => `width is ${px} px, allowed are ${max}`,
  tooHigh: ({ px, max }) => `height is ${px} px, allowed are ${max}`,
  tooManyTiles: ({ columns, rows, max }) => `has ${columns}×${rows} tiles, allowed are ${max}×${max}`,
  missingLayer: () => "is missing",
  wrongLayerType: ({ type, needed }) => `must be of type ${needed}, is ${type}`,
  compressedTiles: () => "needs plain tile numbers: in Tiled, set the map's Tile Layer Format to CSV",
  layerSize: ({ columns, rows, mapColumns, mapRows }) =>
    `is ${columns}×${rows} tiles, the map ${mapColumns}×${mapRows}`,
  layerTiles: ({ count, needed }) => `has ${count} tiles, needs ${needed}`,
  unknownTile: ({ gid }) => `number ${gid} belongs to no tileset`,
  openBorder: () => "the border must be closed",
  bushInWall: () => "grows in a wall",
  outside: () => "reaches out of the map",
  tooFewSpawns: ({ count, least }) => `has ${count} objects, needs at least ${least}`,
  tooFewTeamSpawns: ({ team, count, least }) =>
    `has ${count} objects of type "${team}", needs at least ${least} or none of either`,
  inWall: ({ column, row }) => `touches the wall at tile ${column},${row}`,
  wrongType: ({ type, allowed }) => `type is "${type}", allowed are ${allowed}`,
  notAPoint: () => "must be a point",
  flagCount: ({ team, count }) => `has ${count} objects of type "${team}", needs 1`,
  hillShape: () => "must be a rectangle",
  hillRotated: ({ degrees }) => `must not be rotated, is by ${degrees}°`,
  hillSize: ({ width, height, least }) => `is ${width}×${height} px, needs at least ${least}×${least}`,
  hillWalled: () => "walls leave no room to stand on it",
  unreachable: ({ fromId, fromName }) =>
    `no way leads here from layer "spawns", ${describeObject(fromId, fromName)}`,
  notText: ({ type }) => `must be of type string, is ${type}`,
  unknownMode: ({ mode, known }) => `"${mode}" is not a mode, there are ${known}`,
  unplayableMode: ({ mode, layer }) => `${mode} needs a layer "${layer}" with objects`,
  badPlayers: ({ text }) => `is "${text}", must be like "2-4"`,
  unknownValue: ({ value, known }) => `"${value}" is unknown, there are ${known}`,
  refusedTitle: () => "has a word that is not allowed here",
};
