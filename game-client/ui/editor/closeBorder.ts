/** Mends a border with holes. */
import { type DraftContent, sizeOf } from "#shared/editor/draft.ts";
import type { Edit, Run } from "#shared/editor/edit.ts";

/** Edits that put a wall on every cell of the border, and take bushes away there. */
export function closeBorder(draft: DraftContent): Edit[] {
  const { columns, rows } = sizeOf(draft);
  const sides = Array.from({ length: rows - 2 }, (_, at): Run[] => [
    [at + 1, 0, 1],
    [at + 1, columns - 1, 1],
  ]).flat();
  const runs: Run[] = [[0, 0, columns], ...sides, [rows - 1, 0, columns]];
  return [
    { do: "paint", layer: "bushes", value: 0, runs },
    { do: "paint", layer: "walls", value: 1, runs },
  ];
}
