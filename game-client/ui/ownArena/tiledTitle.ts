/** The title of an arena in its Tiled file: the map's own property `title`. */
import { ARENA_TITLE_MAX_CHARS } from "#shared/arena/limits.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";

interface Property {
  readonly name?: unknown;
  readonly value?: unknown;
}

type TiledFile = { readonly properties?: unknown } | null | undefined;

const propertiesIn = (json: unknown): readonly Property[] => {
  const found = (json as TiledFile)?.properties;
  return Array.isArray(found) ? found.filter((each) => typeof each === "object" && each !== null) : [];
};

/** Cleaned like a player's name, because the file is a player's as well; empty without one. */
export function titleIn(json: unknown): string {
  const value = propertiesIn(json).find(({ name }) => name === "title")?.value;
  return typeof value === "string" ? cleanText(value, ARENA_TITLE_MAX_CHARS) : "";
}

/** A copy of the parsed file with this title. */
export const withTitle = (json: object, title: string): object => ({
  ...json,
  properties: [
    ...propertiesIn(json).filter(({ name }) => name !== "title"),
    { name: "title", type: "string", value: title },
  ],
});

/** "old-mill_v2.tmj" → "Old mill v2". */
export function titleOfFileName(fileName: string): string {
  const words = fileName.replace(/(\.\w{1,5})+$/, "").replaceAll(/[-_\s]+/g, " ");
  const title = cleanText(words, ARENA_TITLE_MAX_CHARS);
  return title.charAt(0).toUpperCase() + title.slice(1);
}
