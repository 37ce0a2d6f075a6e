/** Regressions: what once broke a server, or could. Each is a small file that says what it is and what is expected. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseStep } from "./corpusSteps.ts";
import type { Suspect } from "./suspects.ts";

const CorpusEntry = z.strictObject({
  what: z.string(),
  /** Where it comes from. */
  found: z.string().optional(),
  /** Steps (see corpusSteps.ts) for each connection; all connections at once, in the honest pair's room. */
  connections: z.array(z.array(z.string().refine(isStep))).default([]),
  /** Raw HTTP, each character a byte, with {host}, {origin}, {token} and {room} filled in; each on its own connection. */
  requests: z.array(z.string()).default([]),
  /**
   * That the server survives is always expected; beyond that, the close codes that each connection may get (0 is none)
   * or the statuses that each request may (0 is that the server hangs up).
   */
  expect: z.union([
    z.literal("survive"),
    z.strictObject({ close: z.array(z.int()) }),
    z.strictObject({ status: z.array(z.int()) }),
  ]),
});

export type CorpusEntry = z.infer<typeof CorpusEntry> & { file: string };

const FOLDER = fileURLToPath(new URL("corpus/", import.meta.url));

/** Throws when a file is not what it should be: with the file's name. */
export const readCorpus = (): CorpusEntry[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map(readEntry);

/** `file` is a name in the corpus. */
export function readEntry(file: string): CorpusEntry {
  const parsed = CorpusEntry.safeParse(JSON.parse(readFileSync(FOLDER + basename(file), "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return { file: basename(file), ...parsed.data };
}

export function writeEntry({ file, ...entry }: CorpusEntry): string {
  writeFileSync(FOLDER + file, `${JSON.stringify(entry, undefined, 2)}\n`);
  return FOLDER + file;
}

/** Saves what the suspects sent, and returns the file's path; nothing when all of it is in the corpus already. */
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
