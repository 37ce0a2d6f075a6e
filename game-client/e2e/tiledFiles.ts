/** Tiled files that players of the browser tests bring. */
import { readFileSync } from "node:fs";

interface TiledMap {
  properties: { name: string; type: string; value: unknown }[];
  layers: { name: string; objects?: { x: number; y: number }[] }[];
}

const read = (map: string): TiledMap =>
  JSON.parse(readFileSync(new URL(`../../shared/arena/maps/${map}.tmj`, import.meta.url), "utf8"));

/** A map of the server under another title. */
export function titled(map: string, title: string): string {
  const tiled = read(map);
  tiled.properties = [...tiled.properties, { name: "title", type: "string", value: title }];
  return JSON.stringify(tiled);
}

/** A map whose first spawn point stands in the border. */
export function broken(map: string): string {
  const tiled = read(map);
  const [spawn] = tiled.layers.find(({ name }) => name === "spawns")?.objects ?? [];
  if (spawn) Object.assign(spawn, { x: 32, y: 32 });
  return JSON.stringify(tiled);
}

/** A file as a browser's file picker gives it. */
export const asFile = (name: string, text: string) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(text),
});

export const untitled = (map: string): string => JSON.stringify(read(map));
