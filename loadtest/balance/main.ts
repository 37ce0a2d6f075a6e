/** `npm run balance`: plays bots against bots and reports whether the game is fair. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorText, HELP } from "#loadtest/lib/cli/options.ts";
import { fileStamp, REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { percent, textTable } from "#loadtest/lib/text.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { sum } from "#shared/figures/stats.ts";
import { measureBrains } from "./brainBench.ts";
import { contactTable } from "./contact.ts";
import { byMap, byOffer, type Figures, figuresOf, type Played, WEAPON_NAMES } from "./figures.ts";
import { helpText, type Options, readOptions } from "./options.ts";
import { jobsOf } from "./plan.ts";
import { playAll } from "./playAll.ts";
import { judgeRatings, measure } from "./ratings/goals.ts";
import { farmTable, ratingsPage } from "./ratings/report.ts";
import { reportPage } from "./report.ts";
import { playDuels } from "./skillDuels.ts";
import { judge, type Verdict } from "./targets.ts";

const DUELS = 40;
const RATED_MATCHES = 20_000;
const BAR_CHARS = 32;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === HELP) console.log(helpText());
  else if (options.bench) printBench();
  else if (options.contact) console.log(contactTable(options.offers, options));
  else if (options.ratings) printRatings(options.seed, args);
  else await printBalance(options, args);
}

function printBench(): void {
  const { map, bots, seconds, share, p99Ms, slowestMs } = measureBrains();
  console.log(`${bots} hard bots on ${map} for ${seconds} s at ${TICKS_PER_SEC} Hz`);
  console.log(`decisions: ${percent(share)} of one core (target: under 20 %)`);
  console.log(`decisions of one tick: p99 ${p99Ms.toFixed(2)} ms, slowest ${slowestMs.toFixed(2)} ms`);
}

function printRatings(seed: number, args: readonly string[]): void {
  const findings = measure(RATED_MATCHES, seed);
  const verdicts = judgeRatings(findings);
  console.log(`${farmTable(findings)}\n\n${verdictTable(verdicts)}\n`);
  console.log(`plots: ${save(ratingsPage(findings, verdicts, commandOf(args)), "ratings")}`);
}

const commandOf = (args: readonly string[]) => ["npm run balance --", ...args].join(" ");

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
  const speed = speedLine(played, realSec);
  console.log(figureTable(played));
  console.log(`\n${verdictTable(verdicts)}\n`);
  for (const line of stuckLines(played)) console.log(line);
  console.log(speed);
  const page = reportPage({ played, verdicts, command: commandOf(args), speed });
  console.log(`plots: ${save(page, "balance")}`);
}

/** Draws a progress bar if stderr is a terminal. */
function showProgress(done: number, all: number, startedMs: number): void {
  const { stderr } = process;
  if (!stderr.isTTY) return;
  const filled = Math.round((BAR_CHARS * done) / all);
  const leftSec = ((performance.now() - startedMs) / 1000 / done) * (all - done);
  const bar = `${"█".repeat(filled)}${"░".repeat(BAR_CHARS - filled)}`;
  stderr.write(`\r${bar} ${done}/${all} matches, ${Math.ceil(leftSec)} s left \x1b[K`);
  if (done === all) stderr.write("\r\x1b[K");
}

/** The columns of the figure table after the first. */
const COLUMNS: readonly (readonly [title: string, cell: (figures: Figures) => string])[] = [
  ["matches", ({ matches }) => String(matches)],
  ...WEAPON_NAMES.map((weapon) => [weapon, ({ killShare }: Figures) => percent(killShare[weapon])] as const),
  ["side A", ({ firstSideShare }) => (firstSideShare === undefined ? "–" : percent(firstSideShare))],
  ["contact s", ({ contactSec }) => contactSec.toFixed(1)],
  ["kill s", ({ killSec }) => killSec.toFixed(2)],
  ["leads", ({ leadChanges }) => leadChanges.toFixed(1)],
  ["on time", ({ onTimeShare }) => percent(onTimeShare)],
  ["length s", ({ matchSec }) => matchSec.toFixed(0)],
  ["stuck", ({ stuck }) => String(stuck)],
];

function figureTable(played: readonly Played[]): string {
  const groups = [...byOffer(played), ...byMap(played), { title: "all", figures: figuresOf(played) }];
  return textTable(
    ["", ...COLUMNS.map(([title]) => title)],
    groups.map(({ title, figures }) => [title, ...COLUMNS.map(([, cell]) => cell(figures))]),
  );
}

const verdictTable = (verdicts: readonly Verdict[]): string =>
  textTable(
    ["target", "wanted", "found", ""],
    verdicts.map(({ what, wanted, found, mark }) => [what, wanted, found, mark]),
  );

/** Each line names what is needed to play the match again and look. */
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

/** Returns the file's path. */
function save(html: string, name: string): string {
  mkdirSync(REPORTS_FOLDER, { recursive: true });
  const file = join(REPORTS_FOLDER, `${name}-${fileStamp(new Date().toISOString())}.html`);
  writeFileSync(file, html);
  return file;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
