/** Checks a Tiled file that somebody has brought: its bounds first, then the map. */
import type { Arena } from "./arena.ts";
import type { Fault } from "./fault.ts";
import { parseArena } from "./parseArena.ts";

export type CheckedFile =
  | { readonly ok: true; readonly arena: Arena; readonly title: string }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * `name`: the arena's name, on a server the file's SHA-256. The title is clean, and empty if the map has none; the word filter is
 * the caller's. Takes bounded time, and never throws.
 */
export function checkBrought(tiledJson: string, name: string): CheckedFile {
  try {
    const arena = parseArena(JSON.parse(tiledJson), name);
    return { ok: true, arena, title: arena.title ?? "" };
  } catch {
    return { ok: false, faults: [{ code: "notATiledMap", place: {}, values: {} }] };
  }
}
