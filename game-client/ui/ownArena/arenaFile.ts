/** Reads the file that somebody drops or chooses, as far as the page must: its size, and its title. */
import { titleIn, titleOfFileName, withTitle } from "./tiledTitle.ts";

/** A file that the server can be shown. `json`: parsed; undefined if it is no JSON, which the server puts into words. */
export interface ArenaFile {
  readonly name: string;
  readonly tiledJson: string;
  readonly json: unknown;
}

/** A larger one is not even read. Without the spaces and line ends that editors write, a file is a fraction of its size. */
const READ_MAX_BYTES = 1024 ** 2;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** "tooLarge": without its spaces, too. Rejects if the file cannot be read. */
export async function readArenaFile(
  file: Pick<File, "name" | "size" | "text">,
  maxBytes: number,
): Promise<ArenaFile | "tooLarge"> {
  if (file.size > READ_MAX_BYTES) return "tooLarge";
  const read = prepare(file.name, await file.text(), maxBytes);
  return bytesOf(read.tiledJson) > maxBytes ? "tooLarge" : read;
}

/** Names an arena without a title after its file. */
function prepare(name: string, text: string, maxBytes: number): ArenaFile {
  const json = parsed(text);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return { name, tiledJson: text, json };
  if (titleIn(json)) {
    return { name, tiledJson: bytesOf(text) <= maxBytes ? text : JSON.stringify(json), json };
  }
  const titled = withTitle(json, titleOfFileName(name));
  return { name, tiledJson: JSON.stringify(titled), json: titled };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
