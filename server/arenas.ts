/**
 * The maps that rooms are played on, by their names on the wire: those of the server's disk, read and validated once at start, and
 * arenas that people have brought, once this process has loaded them (services/arenas).
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";

const MAPS_FOLDER = new URL("../shared/arena/maps/", import.meta.url);
const MAP_FILE = /^(.+)\.tmj$/;

export interface OfferedMap {
  readonly arena: Arena;
  /** The text of the Tiled file, which clients receive unchanged. */
  readonly tiledJson: string;
  /** Of the text, hexadecimal: names an arena by its content. */
  readonly sha256: string;
}

/** By name. Importing this file throws ArenaError, or SyntaxError with the map's name, if a map is invalid. */
export const MAPS: ReadonlyMap<string, OfferedMap> = new Map(
  readdirSync(MAPS_FOLDER).flatMap((file) => {
    const name = MAP_FILE.exec(file)?.[1];
    return name ? [[name, readMap(name)]] : [];
  }),
);

/** Brought arenas that stay loaded although no room plays them. */
const LOADED_MAX = 64;
/** Loaded arenas by SHA-256, oldest first. */
const loaded = new Map<string, OfferedMap>();
/** Every loaded arena for as long as a room holds it, and with it its file. */
const held = new Map<string, WeakRef<Arena>>();
const fileOf = new WeakMap<Arena, OfferedMap>();
const letGo = new FinalizationRegistry<string>((sha256) => {
  if (!held.get(sha256)?.deref()) held.delete(sha256);
});
const removed = new Set<string>();
let featured: readonly OfferedMap[] = [];

/** Undefined for a brought arena that is not loaded. Whoever keeps the arena finds it for as long, even after its removal. */
export function mapOf(name: string): OfferedMap | undefined {
  const found = MAPS.get(name) ?? loaded.get(name);
  if (found) return found;
  const arena = held.get(name)?.deref();
  return arena && fileOf.get(arena);
}

/** Throws if there is no such map, or it is not loaded. */
export function arenaOf(name: string): Arena {
  const map = mapOf(name);
  if (!map) throw new Error(`there is no map "${name}"; there are ${[...MAPS.keys()].join(", ")}`);
  return map.arena;
}

/** Brought arenas that were removed: a room may end its match on one, and begins none. */
export const isRemoved = (name: string): boolean => removed.has(name);

/** The maps of public rooms: the server's own, and the featured arenas. */
export const publicMaps = (): readonly OfferedMap[] => [...MAPS.values(), ...featured];

export const isPublic = (name: string): boolean =>
  MAPS.has(name) || featured.some(({ sha256 }) => sha256 === name);

/** Has rooms find a brought arena; the one that is found is returned, so that there is one at a time. */
export function addLoaded(map: OfferedMap): OfferedMap {
  const { sha256 } = map;
  removed.delete(sha256);
  const kept = mapOf(sha256) ?? map;
  loaded.delete(sha256);
  loaded.set(sha256, kept);
  held.set(sha256, new WeakRef(kept.arena));
  fileOf.set(kept.arena, kept);
  letGo.register(kept.arena, sha256);
  const [oldest] = loaded.keys();
  if (loaded.size > LOADED_MAX && oldest !== undefined) loaded.delete(oldest);
  return kept;
}

export function setRemoved(sha256s: readonly string[]): void {
  for (const sha256 of sha256s) {
    removed.add(sha256);
    loaded.delete(sha256);
  }
  featured = featured.filter(({ sha256 }) => !removed.has(sha256));
}

export function setFeatured(maps: readonly OfferedMap[]): void {
  featured = maps.filter(({ sha256 }) => !removed.has(sha256));
}

function readMap(name: string): OfferedMap {
  const tiledJson = readFileSync(new URL(`${name}.tmj`, MAPS_FOLDER), "utf8");
  try {
    const sha256 = createHash("sha256").update(tiledJson).digest("hex");
    return { arena: parseArena(JSON.parse(tiledJson), name), tiledJson, sha256 };
  } catch (error) {
    if (error instanceof SyntaxError) error.message = `map "${name}" is not JSON: ${error.message}`;
    throw error;
  }
}
