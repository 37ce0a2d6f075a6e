/** `npm run loadtest`: how much does a server hold? */
import { HELP, OptionError } from "#loadtest/lib/cli/options.ts";
import { helpText, type LoadOptions, readLoadOptions } from "./options.ts";
import { makeReport } from "./report/makeReport.ts";
import { saveReport } from "./report/saveReport.ts";
import { progressLine, summary } from "./report/summary.ts";
import { runLoadTest } from "./run.ts";

/** Where nobody watches a line that changes, a line now and then. */
const PIPED_EVERY_ROWS = 5;
const EXIT = { ok: 0, broken: 1, wrongOption: 2, invalid: 3 } as const;

const say = (line: string) => process.stdout.write(`${line}\n`);
const args = process.argv.slice(2);

try {
  const options = readLoadOptions(args);
  if (options === HELP) say(helpText());
  else if (options.tui) await showScreen(options);
  else await runHeadless(options);
} catch (error) {
  process.stderr.write(`${error instanceof OptionError ? error.message : (error as Error).stack}\n`);
  process.exitCode = error instanceof OptionError ? EXIT.wrongOption : EXIT.broken;
}

async function runHeadless(options: LoadOptions): Promise<void> {
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interruption.abort());
  const { isTTY } = process.stdout;
  let rows = 0;
  const found = await runLoadTest(options, interruption.signal, (row) => {
    if (isTTY) process.stdout.write(`\r${progressLine(row)}\x1b[K`);
    else if (rows++ % PIPED_EVERY_ROWS === 0) say(progressLine(row));
  });
  if (isTTY) process.stdout.write("\r\x1b[K");
  const report = makeReport(options, found, ["npm run loadtest --", ...args].join(" "));
  say(`\n${summary(report)}`);
  if (report.skipped !== undefined) return;
  const { html, json } = saveReport(report, options.output);
  say(`\nreport     ${html}\n           ${json}`);
  const nobodyCame = report.joins.count === 0;
  if (nobodyCame) say("BROKEN     nobody got in: there was nothing to measure");
  if (nobodyCame || report.verdicts.some(({ holds }) => !holds)) process.exitCode = EXIT.broken;
  // What holds on figures that mean nothing does not hold.
  else if (report.verdicts.length > 0 && report.invalid.length > 0) process.exitCode = EXIT.invalid;
}

async function showScreen(options: LoadOptions): Promise<void> {
  const { openScreen } = await import("./screen.ts");
  await openScreen(options);
}
