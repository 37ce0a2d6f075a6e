/** `npm run fuzz -- --replays N`: gives a reader of replays N files that are none, or no whole ones, made from the golden ones. */
import { readdirSync, readFileSync } from "node:fs";
import { plural } from "#loadtest/lib/text.ts";
import { hostileFile, readHostile } from "#shared/testing/hostileReplays.ts";

const GOLDEN = new URL("../../shared/replay/golden/", import.meta.url);
const REPORT_EVERY = 10_000;
/** CPU; a file that takes more is as good as a hang: a real one takes a few milliseconds. */
const LATE_MS = 2_000;

export interface HostileRun {
  readonly outcomes: ReadonlyMap<string, number>;
  readonly slowestMs: number;
  readonly memoryMb: number;
  /** Outcomes that must not happen, each with the number that makes the file again. */
  readonly faults: readonly string[];
}

export async function readHostileFiles(
  count: number,
  seed: number,
  say: (line: string) => void,
): Promise<HostileRun> {
  const originals = readdirSync(GOLDEN)
    .filter((name) => name.endsWith(".replay"))
    .map((name) => readFileSync(new URL(name, GOLDEN)));
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let [slowestMs, memoryMb] = [0, 0];
  for (let done = 0; done < count; done++) {
    const number = seed * 1_000_000 + done;
    const { kind, bytes } = hostileFile(originals[done % originals.length] ?? new Uint8Array(), number);
    const before = process.cpuUsage();
    try {
      const { is } = await readHostile(bytes);
      outcomes.set(`${kind}: ${is}`, (outcomes.get(`${kind}: ${is}`) ?? 0) + 1);
    } catch (error) {
      faults.push(`file ${number} (${kind}): ${error}`);
    }
    const { user, system } = process.cpuUsage(before);
    const tookMs = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > LATE_MS) faults.push(`file ${number} (${kind}) took ${Math.round(tookMs)} ms`);
    if (done % REPORT_EVERY === 0) say(`${done} files, ${plural(faults.length, "fault")}`);
    if (done % 100 === 0) memoryMb = Math.max(memoryMb, process.memoryUsage.rss() / 1e6);
  }
  return { outcomes, slowestMs, memoryMb, faults };
}

export function hostileSummary({ outcomes, slowestMs, memoryMb, faults }: HostileRun): string {
  const rows = [...outcomes].sort().map(([what, times]) => `  ${what.padEnd(24)}${times}`);
  const figures = `slowest file ${Math.round(slowestMs)} ms of CPU, memory at most ${Math.round(memoryMb)} MB`;
  return [...rows, figures, ...faults].join("\n");
}
