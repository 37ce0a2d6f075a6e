/** No two in a room are called the same: the second Ann is "Ann 2". */
import { NAME_MAX_CHARS } from "#shared/config.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** `wanted` is clean already. Upper and lower case are the same name, for to a reader they nearly are. */
export function uniqueName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, folded));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : numbered(wanted, number);
    if (!used.has(folded(name))) return name;
  }
}

const folded = (name: string) => name.toLowerCase();

/** The number is never what is cut off. */
function numbered(name: string, number: number): string {
  const suffix = ` ${number}`;
  const visible = Array.from(graphemes.segment(name), ({ segment }) => segment);
  return (
    visible
      .slice(0, NAME_MAX_CHARS - suffix.length)
      .join("")
      .trimEnd() + suffix
  );
}
