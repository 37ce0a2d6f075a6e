/** Reads map files, for tests and tools that run in Node. */
import { readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";

/** The text of a map file. */
export const readMapText = (name: string): string =>
  readFileSync(new URL(`../arena/maps/${name}.tmj`, import.meta.url), "utf8");

export const readArena = (name: string): Arena => parseArena(JSON.parse(readMapText(name)), name);
