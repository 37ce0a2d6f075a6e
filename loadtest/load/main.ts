/** `npm run loadtest`: puts a server under load, and reports how it holds. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorText, HELP, OptionError } from "#loadtest/lib/cli/options.ts";
import { fileStamp } from "#loadtest/lib/reports.ts";
import { helpText, type LoadOptions, readLoadOptions } from "./options.ts";
import { makeReport } from "./report/makeReport.ts";
import { reportPage } from "./report/page.ts";
import type { Report } from "./report/report.ts";
import { progressLine, summary } from "./report/summary.ts";
import { runLoadTest } from "./run.ts";

/** Without a terminal, one progress line per this many rows. */
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
  process.stderr.write(`${errorText(error)}\n`);
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
  const { html, json } = save(report, options.output);
  say(`\nreport     ${html}\n           ${json}`);
  process.exitCode = exitCodeOf(report);
}

/** Returns the paths of the page and of the JSON file. */
function save(report: Report, folder: string): { html: string; json: string } {
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `${report.scenario}-${report.clients.asked}-${fileStamp(report.startedAt)}`);
  const files = { html: `${name}.html`, json: `${name}.json` };
  writeFileSync(files.html, reportPage(report));
  writeFileSync(files.json, `${JSON.stringify(report, undefined, 1)}\n`);
  return files;
}

function exitCodeOf({ joins, verdicts, invalid }: Report): number {
  if (joins.count === 0) {
    say("BROKEN     no client joined: there was nothing to measure");
    return EXIT.broken;
  }
  if (verdicts.some(({ holds }) => !holds)) return EXIT.broken;
  // A threshold that holds on invalid figures proves nothing.
  return verdicts.length > 0 && invalid.length > 0 ? EXIT.invalid : EXIT.ok;
}

async function showScreen(options: LoadOptions): Promise<void> {
  const { openScreen } = await import("./screen.ts");
  await openScreen(options);
}
