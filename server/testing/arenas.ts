/** Arenas that tests bring. */
import { createHash } from "node:crypto";
import type { KeepQuestion } from "#server/store/arenas/arenas.ts";

/** A row's content; the store does not look into the text. */
export const anArena = (changes: Partial<KeepQuestion["arena"]> = {}): KeepQuestion["arena"] => {
  const tiledJson = changes.tiledJson ?? '{"type":"map"}';
  return {
    sha256: createHash("sha256").update(tiledJson).digest("hex"),
    ...{ tiledJson, title: "Quarry", theme: "foundry", modes: "deathmatch", columns: 24, rows: 16 },
    ...{ playersMin: 2, playersMax: 4, isPlayable: true },
    ...changes,
  };
};
