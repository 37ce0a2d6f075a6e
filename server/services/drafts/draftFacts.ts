/** The facts of a draft that lists show, read from its Tiled file, which may have any faults. */
import { z } from "zod";
import { censor } from "#server/services/wordFilter.ts";
import { ARENA_TITLE_MAX_CHARS } from "#shared/arena/limits.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import { NOTE_MAX_CHARS } from "#shared/protocol/editor.ts";

/** The note as others see it. */
export const shownTitle = (raw: string): string => censor(cleanText(raw, ARENA_TITLE_MAX_CHARS));

export const shownNote = (raw: string): string => censor(cleanText(raw, NOTE_MAX_CHARS));

const side = z.int().min(0).catch(0);
const Properties = z
  .array(z.object({ name: z.string(), value: z.string() }).catch({ name: "", value: "" }))
  .catch([]);
const File = z
  .object({ width: side, height: side, properties: Properties })
  .catch({ width: 0, height: 0, properties: [] });

/** The columns of an arena that is not known to be playable. */
export function factsOf(tiledJson: string) {
  const { width, height, properties } = File.parse(parsed(tiledJson));
  const property = (name: string) => properties.find((each) => each.name === name)?.value ?? "";
  return {
    title: shownTitle(property("title")),
    theme: cleanText(property("theme"), 32),
    modes: "",
    columns: width,
    rows: height,
    playersMin: 0,
    playersMax: 0,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
