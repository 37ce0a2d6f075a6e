/** Reduces a saved regression with many suspects to what breaks the server. Each try is a fresh server. */
import { type CorpusEntry, readEntry, writeEntry } from "./corpus.ts";
import { runFuzz } from "./run.ts";
import { shrink } from "./shrink.ts";

type Part = { steps: readonly string[] } | { request: string };

/** Rewrites the file; resolves with what is left, in words. */
export async function narrow(
  file: string,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<string> {
  const entry = readEntry(file);
  let tries = 0;
  const fails = async (parts: readonly Part[]) => {
    const { violation } = await runFuzz(NO_ATTACK, signal, { corpus: [withParts(entry, parts)] });
    say(`try ${++tries}: ${countParts(parts)}: ${violation ? violation.what : "no violation"}`);
    return violation !== undefined && !signal.aborted;
  };
  const parts = partsOf(entry);
  if (!(await fails(parts))) return "the violation does not happen again: the file is unchanged";
  const needed = await shrink(parts, fails);
  const left = await shrinkSteps(needed, fails);
  writeEntry(withParts(entry, left));
  return `${countParts(left)} left of ${countParts(parts)}, in ${file}`;
}

const NO_ATTACK = { frames: 0, seed: 0, seeds: 0, corpusOnly: true };

/** Reduces one connection after the other, with all others unchanged. */
async function shrinkSteps(
  parts: readonly Part[],
  fails: (parts: readonly Part[]) => Promise<boolean>,
): Promise<readonly Part[]> {
  let left = parts;
  for (const [index, part] of parts.entries()) {
    if (!("steps" in part)) continue;
    const withSteps = (steps: readonly string[]) => left.with(index, { steps });
    left = withSteps(await shrink(part.steps, (steps) => fails(withSteps(steps))));
  }
  return left;
}

const partsOf = ({ connections, requests }: CorpusEntry): Part[] => [
  ...connections.map((steps) => ({ steps })),
  ...requests.map((request) => ({ request })),
];

const withParts = (entry: CorpusEntry, parts: readonly Part[]): CorpusEntry => ({
  ...entry,
  connections: parts.flatMap((part) => ("steps" in part ? [[...part.steps]] : [])),
  requests: parts.flatMap((part) => ("request" in part ? [part.request] : [])),
});

const countParts = (parts: readonly Part[]) => {
  const steps = parts.reduce((sum, part) => sum + ("steps" in part ? part.steps.length : 0), 0);
  return `${parts.length} connections and requests with ${steps} steps`;
};
