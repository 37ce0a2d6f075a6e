/** `npm run storebench`: fills a database with a million matches and measures what players ask of it, beside a fight. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorText, HELP } from "#loadtest/lib/cli/options.ts";
import { describeMachine, readMachine } from "#loadtest/lib/machine.ts";
import { markdownTable } from "#loadtest/lib/text.ts";
import type { StoreAddress } from "#server/store/database/database.ts";
import { databaseFile } from "#server/store/places.ts";
import { startPostgres } from "#server/testing/postgres.ts";
import { percentile } from "#shared/figures/stats.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import type { Plan } from "./drawn.ts";
import { generate } from "./generate.ts";
import { databaseBytes, type Measured, measurePages, timeResults, timesText } from "./measure.ts";
import { helpText, readOptions, type StoreBenchOptions } from "./options.ts";

const say = (line: string) => console.log(line);

try {
  const options = readOptions(process.argv.slice(2));
  if (options === HELP) say(helpText());
  else await run(options);
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}

async function run(options: StoreBenchOptions): Promise<void> {
  const dataDir = options.folder ?? temporaryFolder("storebench");
  mkdirSync(dataDir, { recursive: true });
  const postgres = options.postgres
    ? await startPostgres({ fsync: "on", shared_buffers: "256MB" })
    : undefined;
  try {
    const address: StoreAddress = postgres
      ? { kind: "postgres", url: postgres.url }
      : { kind: "sqlite", path: databaseFile(dataDir) };
    const plan = await fill(address, dataDir, options);
    const bytes = address.kind === "sqlite" ? statSync(address.path).size : await databaseBytes(address);
    const results = await timeResults(address, plan);
    const measured = await measurePages(address, dataDir, plan, options);
    report(options, { plan, bytes, results, ...measured });
  } finally {
    await postgres?.close();
  }
}

/** Generates, unless the folder has the database of an earlier run, whose plan lies beside it. */
async function fill(address: StoreAddress, dataDir: string, options: StoreBenchOptions): Promise<Plan> {
  const planFile = join(dataDir, "storebench.json");
  if (address.kind === "sqlite" && existsSync(planFile))
    return JSON.parse(readFileSync(planFile, "utf8")) as Plan;
  const { players, matches, seed } = options;
  const plan = { players, matches, seed, untilMs: Date.now() };
  const startMs = performance.now();
  await generate(address, plan, (done) => {
    if (done % 100_000 === 0)
      say(`${done} matches after ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
  });
  if (address.kind === "sqlite") writeFileSync(planFile, JSON.stringify(plan));
  return plan;
}

interface Found extends Measured {
  plan: Plan;
  bytes: number;
  results: number[];
}

function report({ perSec, postgres }: StoreBenchOptions, found: Found): void {
  const { players, matches } = found.plan;
  const rows = Object.entries(found.pages).map(([name, { timesMs, bytes, outcomes }]) => [
    name,
    ...[0.5, 0.99, 1].map((share) => percentile(timesMs, share).toFixed(1)),
    (bytes / timesMs.length / 1000).toFixed(1),
    Object.entries(outcomes)
      .map(([outcome, count]) => `${count} × ${outcome}`)
      .join(", "),
  ]);
  say(describeMachine(readMachine()));
  say(
    `${postgres ? "PostgreSQL" : "SQLite"}, ${players} players, ${matches} matches: ${(found.bytes / 1e6).toFixed(0)} MB`,
  );
  say(`applying a result: ${timesText(found.results)}`);
  say(`\nat ${perSec} requests/s, in ms:\n`);
  const head = ["page", "p50", "p99", "max", "KB", "answers"];
  say(markdownTable(head, ["---", "---:", "---:", "---:", "---:", "---"], rows));
  if (found.fight) say(`\nthe fight beside it:\n${found.fight}`);
}
