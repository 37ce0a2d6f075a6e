/**
 * Fonts for names in any script. Each comes as files for parts of Unicode; a file is loaded when a text needs it, because all
 * together take 150 ms and much memory. A character that none of them has is drawn by the system's fonts, or as a box.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { GlobalFonts } from "@napi-rs/canvas";

/** The first one that lists a character draws it. Chinese comes last: it lists emoji and Korean letters that it lacks. */
const PACKAGES = [
  "@fontsource-variable/oxanium",
  "@fontsource-variable/noto-sans",
  "@fontsource/noto-emoji",
  "@fontsource-variable/noto-sans-hebrew",
  "@fontsource-variable/noto-sans-arabic",
  "@fontsource-variable/noto-sans-thai",
  "@fontsource-variable/noto-sans-kr",
  "@fontsource-variable/noto-sans-sc",
] as const;

interface FontPart {
  file: string;
  family: string;
  /** First and last code point of each range. */
  ranges: readonly (readonly [number, number])[];
  isLoaded: boolean;
}

const { resolve } = createRequire(import.meta.url);
const PARTS = PACKAGES.flatMap(partsOf);

function partsOf(name: string): FontPart[] {
  const folder = dirname(resolve(`${name}/package.json`));
  const tables = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Record<string, string>;
  const font = name.split("/")[1] ?? "";
  const kind = name.includes("-variable/") ? "wght" : "700";
  return Object.entries(tables).map(([part, ranges]) => {
    const label = part.replace(/[[\]]/g, "");
    const file = join(folder, "files", `${font}-${label}-${kind}-normal.woff2`);
    return { file, family: `${font}-${label}`, ranges: ranges.split(",").map(readRange), isLoaded: false };
  });
}

/** "U+0600-06FF" or "U+2E41". */
function readRange(text: string): readonly [number, number] {
  const [first = "", last = first] = text.replace("U+", "").split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

/** Loads what the text needs; returns the families, in the form of a CSS font's. */
export function familiesFor(text: string): string {
  const characters = new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const needed = new Set<FontPart>();
  for (const character of characters) {
    const part = PARTS.find(({ ranges }) =>
      ranges.some(([first, last]) => first <= character && character <= last),
    );
    if (part) needed.add(part);
  }
  for (const part of needed) {
    if (!part.isLoaded) GlobalFonts.registerFromPath(part.file, part.family);
    part.isLoaded = true;
  }
  const inOrder = PARTS.filter((part) => needed.has(part));
  return [...inOrder.map(({ family }) => `"${family}"`), "sans-serif"].join(", ");
}
