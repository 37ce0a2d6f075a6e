/** Stamps that everybody has: small pieces of map, drawn with letters. */
import type { Ground } from "./cells.ts";
import type { Clip } from "./clip.ts";

export const STAMP_NAMES = ["pillar", "coverCross", "bushPatch", "cornerRoom"] as const;
export type StampName = (typeof STAMP_NAMES)[number];

const LETTERS: Readonly<Record<string, Ground>> = { "#": "wall", "%": "bush", ".": "floor" };

/** A space leaves what is there. */
function drawn(...lines: string[]): Clip {
  const columns = Math.max(...lines.map((line) => line.length));
  const cells = lines.flatMap((line) =>
    Array.from(line.padEnd(columns), (letter): Ground | undefined => LETTERS[letter]),
  );
  return { columns, rows: lines.length, cells, objects: [] };
}

export const STAMPS: Readonly<Record<StampName, Clip>> = {
  pillar: drawn("##", "##"),
  coverCross: drawn("  #  ", "  #  ", "## ##", "  #  ", "  #  "),
  bushPatch: drawn(" %% ", "%%%%", "%%%%", " %% "),
  cornerRoom: drawn("####.", "#....", "#...#", "#...#", ".####"),
};
