/** Numbers and tables as text. */

/** 0.1234 → "12.3 %" */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `plural(2, "room")` → "2 rooms". */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** A table for a terminal: the first column aligned left, the others right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** `rules` are the cells of the line under the head: "---" aligns a column left, "--:" right. */
export const markdownTable = (
  head: readonly string[],
  rules: readonly string[],
  rows: readonly (readonly string[])[],
): string => [head, rules, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
