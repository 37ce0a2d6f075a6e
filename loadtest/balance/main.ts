/** `npm run balance`: matches of bots against bots, and what they say of the game. */
import { mkdirSync, writeFileSync } from "node:fs";
import { HELP, OptionError } from "#loadtest/lib/cli/options.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { measureBrains } from "./brainBench.ts";
import { byMap, byOffer, type Figures, figuresOf, type Played, sum, WEAPON_NAMES } from "./figures.ts";
import { percent, table } from "./format.ts";
import { helpText, type Options, readOptions } from "./options.ts";
import { jobsOf } from "./plan.ts";
import { playAll } from "./playAll.ts";
import { showProgress } from "./progress.ts";
import { reportPage } from "./report.ts";
import { playDuels } from "./skillDuels.ts";
import { judge, type Verdict } from "./targets.ts";

const REPORTS = new URL("../reports/", import.meta.url);
const DUELS = 40;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === HELP) console.log(helpText());
  else if (options.bench) printBench();
  else await printBalance(options, args);
}

function printBench(): void {
  const { map, bots, seconds, share, p99Ms, slowestMs } = measureBrains();
  console.log(`${bots} hard bots on ${map} for ${seconds} s at ${TICKS_PER_SEC} Hz`);
  console.log(`thinking: ${percent(share)} of one core (wanted: under 20 %)`);
  console.log(`a tick's thinking: p99 ${p99Ms.toFixed(2)} ms, slowest ${slowestMs.toFixed(2)} ms`);
}

async function printBalance(options: Options, args: readonly string[]): Promise<void> {
  const jobs = jobsOf(options);
  const startedMs = performance.now();
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  const played = await playAll(jobs, options.workers, {
    onPlayed: (done) => showProgress(done, jobs.length, startedMs),
    stop: stopped.signal,
  });
  if (played.length === 0) return;
  const realSec = (performance.now() - startedMs) / 1000;
  const duels = playDuels("hard", "easy", { matches: DUELS, seed: options.seed });
  const verdicts = judge(played, duels);

  const head = [
    "",
    "matches",
    ...WEAPON_NAMES,
    "side A",
    "contact s",
    "kill s",
    "leads",
    "on time",
    "length s",
    "stuck",
  ];
  const rows = [...byOffer(played), ...byMap(played), { title: "all", figures: figuresOf(played) }];
  console.log(
    table(
      head,
      rows.map(({ title, figures }) => [title, ...cellsOf(figures)]),
    ),
  );
  console.log(`\n${verdictTable(verdicts)}\n`);
  for (const line of stuckLines(played)) console.log(line);
  const speed = speedLine(played, realSec);
  console.log(speed);
  const command = ["npm run balance --", ...args].join(" ");
  const file = save(reportPage({ played, verdicts, command, speed }));
  console.log(`plots: ${file}`);
}

const cellsOf = (figures: Figures): string[] => [
  String(figures.matches),
  ...WEAPON_NAMES.map((weapon) => percent(figures.killShare[weapon])),
  figures.firstSideShare === undefined ? "–" : percent(figures.firstSideShare),
  figures.contactSec.toFixed(1),
  figures.killSec.toFixed(2),
  figures.leadChanges.toFixed(1),
  percent(figures.onTimeShare),
  figures.matchSec.toFixed(0),
  String(figures.stuck),
];

const verdictTable = (verdicts: readonly Verdict[]): string =>
  table(
    ["target", "wanted", "found", ""],
    verdicts.map(({ what, wanted, found, mark }) => [what, wanted, found, mark]),
  );

/** Enough to play it again and look. */
const stuckLines = (played: readonly Played[]): string[] =>
  played.flatMap(({ offer, record }) =>
    record.stuck.map(
      ({ bot, tick, x, y }) =>
        `stuck: ${offer.map} · ${offer.mode}, seed ${record.seed}, ${bot} at ${x},${y} in tick ${tick}`,
    ),
  );

function speedLine(played: readonly Played[], realSec: number): string {
  const minutes = sum(played.map(({ record }) => record.ticks)) / TICKS_PER_SEC / 60;
  return `${minutes.toFixed(0)} simulated minutes in ${realSec.toFixed(0)} s: ${(minutes / realSec).toFixed(1)} minutes a second`;
}

function save(html: string): string {
  mkdirSync(REPORTS, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const file = new URL(`balance-${stamp}.html`, REPORTS);
  writeFileSync(file, html);
  return file.pathname;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exitCode = 1;
}
