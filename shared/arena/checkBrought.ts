/** Checks a Tiled file that somebody has brought: its bounds first, then the map. */
import type { Arena } from "./arena.ts";
import { isWithinBounds } from "./bounds.ts";
import { checkArena } from "./checkArena.ts";
import { collectFaults, type Fault, type Report } from "./fault.ts";
import { ARENA_FILE_MAX_BYTES } from "./limits.ts";

export type CheckedFile =
  | { readonly ok: true; readonly arena: Arena; readonly title: string }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * `name`: the arena's name, on a server the file's SHA-256. The title is clean, and empty if the map has none; the word filter is
 * the caller's. Takes bounded time, and never throws.
 */
export function checkBrought(tiledJson: string, name: string): CheckedFile {
  const { faults, report } = collectFaults();
  const json = parseBounded(tiledJson, report);
  if (json === undefined) return { ok: false, faults };
  const checked = checkArena(json, name);
  if (!checked.arena) return { ok: false, faults: checked.faults };
  return { ok: true, arena: checked.arena, title: checked.arena.title ?? "" };
}

/** The parsed file; undefined, with a fault, if it is not JSON or exceeds the bounds. */
export function parseBounded(tiledJson: string, report: Report): unknown {
  const count = tiledJson.length > ARENA_FILE_MAX_BYTES ? tiledJson.length : bytesOf(tiledJson);
  if (count > ARENA_FILE_MAX_BYTES) {
    return void report("tooManyBytes", {}, { count, max: ARENA_FILE_MAX_BYTES });
  }
  try {
    const json: unknown = JSON.parse(tiledJson);
    return isWithinBounds(json, report) ? json : undefined;
  } catch {
    return void report("notJson", {}, {});
  }
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
