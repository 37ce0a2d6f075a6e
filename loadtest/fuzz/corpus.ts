/** The corpus of regressions: frames and requests that broke a server or could, each in a file with what is expected. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseStep } from "./corpusSteps.ts";
import type { Suspect } from "./suspects.ts";

const CorpusEntry = z.strictObject({
  what: z.string(),
  /** Its origin. */
  found: z.string().optional(),
  /** Steps for each connection (see corpusSteps.ts). All connections run at once, in the honest pair's room. */
  connections: z.array(z.array(z.string().refine(isStep))).default([]),
  /** Raw HTTP, one byte per character, with {host}, {origin}, {token} and {room} filled in. One connection each. */
  requests: z.array(z.string()).default([]),
  /**
   * The server must always survive. In addition: the close codes allowed for each connection (0 means that it stays
   * open), or the statuses allowed for each request (0 means that the server hangs up).
   */
  expect: z.union([
    z.literal("survive"),
    z.strictObject({ close: z.array(z.int()) }),
    z.strictObject({ status: z.array(z.int()) }),
  ]),
});

export type CorpusEntry = z.infer<typeof CorpusEntry> & { file: string };

const FOLDER = fileURLToPath(new URL("corpus/", import.meta.url));

/** Throws with the name of the first invalid file. */
export const readCorpus = (): CorpusEntry[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map(readEntry);

/** `file` is the name of a file in the corpus. Throws if it is invalid. */
export function readEntry(file: string): CorpusEntry {
  const parsed = CorpusEntry.safeParse(JSON.parse(readFileSync(FOLDER + basename(file), "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return { file: basename(file), ...parsed.data };
}

/** Returns the file's path. */
export function writeEntry({ file, ...entry }: CorpusEntry): string {
  writeFileSync(FOLDER + file, `${JSON.stringify(entry, undefined, 2)}\n`);
  return FOLDER + file;
}

/** Saves what the suspects sent; returns the file's path, or undefined if the corpus has all of it already. */
export function saveRegression(
  what: string,
  found: string,
  suspects: readonly Suspect[],
): string | undefined {
  const connections = suspects.flatMap(({ steps }) => (steps ? [steps()] : []));
  const requests = suspects.flatMap(({ request }) => (request ? [request()] : []));
  if (connections.length + requests.length === 0) return undefined;
  return writeEntry({ file: fileName(found), what, found, connections, requests, expect: "survive" });
}

const fileName = (found: string) => `found-${found.replace(/[^a-z\d]+/gi, "-").toLowerCase()}.json`;

function isStep(line: string): boolean {
  try {
    parseStep(line);
    return true;
  } catch {
    return false;
  }
}
