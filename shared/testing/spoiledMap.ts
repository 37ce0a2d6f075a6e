/** Spoils foundry's file, for tests of the errors that refuse a faulty map. */
import { parseArena } from "#shared/arena/parseArena.ts";
import { readMapText } from "./readMap.ts";

/** The parsed JSON of foundry's file. */
export const readFoundry = () => JSON.parse(readMapText("foundry"));

export type TiledJson = ReturnType<typeof readFoundry>;
export const layerOf = (map: TiledJson, name: string) =>
  map.layers.find((layer: { name: string }) => layer.name === name);

export const objectsOf = (map: TiledJson, layer: string) => layerOf(map, layer).objects;

export const set = (target: object, fields: object) => void Object.assign(target, fields);

export const setProperty = (map: TiledJson, name: string, value: unknown) =>
  set(
    map.properties.find((property: { name: string }) => property.name === name),
    { value },
  );

/** Surrounds one tile with walls; returns its centre, px. */
export function wallIn(map: TiledJson, column: number, row: number): { x: number; y: number } {
  const { data } = layerOf(map, "walls");
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      if (down !== 0 || right !== 0) data[(row + down) * map.width + column + right] = 1;
    }
  }
  return { x: (column + 0.5) * map.tilewidth, y: (row + 0.5) * map.tilewidth };
}

/** The message of the error that refuses foundry after `spoil` has changed it. */
export function refusal(spoil: (map: TiledJson) => void): string {
  const map = readFoundry();
  spoil(map);
  try {
    parseArena(map, "spoiled");
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the map was accepted");
}
