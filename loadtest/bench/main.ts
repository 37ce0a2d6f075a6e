/** `npm run bench`: Fracas beside its alternatives, with the same players on all of them. */

import { describeMachine } from "#loadtest/lib/machine.ts";
import { FIGURES } from "./figures.ts";
import { readOptions, USAGE } from "./options.ts";
import { markdownOf } from "./report/markdown.ts";
import { reportOf } from "./report/report.ts";
import { openFolder, save, saveToDocs } from "./report/save.ts";
import { type Progress, runAll } from "./runAll.ts";
import { SERVER_TITLES } from "./servers/names.ts";

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) {
    console.log(USAGE);
    return;
  }
  const options = readOptions(args);
  const date = new Date().toISOString();
  const machine = describeMachine();
  const folder = openFolder(date);
  const runs = await runAll(options, options.profile ? folder : undefined, showProgress);
  const report = reportOf(runs, options, { date, machine, command: ["npm run bench --", ...args].join(" ") });
  console.log(`\n${markdownOf(report)}\n`);
  save(report, folder);
  console.log(`plots: ${folder}report.html`);
  if (options.writeDocs) console.log(`written: ${saveToDocs(report)}`);
}

function showProgress({ done, all }: Progress): void {
  const run = done.at(-1);
  if (!run) return;
  const { server, scenario, round, figures, fault } = run;
  const short =
    figures &&
    `${FIGURES.cpuUs.format(figures.cpuUs)} µs/s, ${FIGURES.bytes.format(figures.bytes)} B/s a player`;
  const what = `round ${round + 1}, ${scenario.players} players, ${SERVER_TITLES[server]}`;
  console.error(`${done.length}/${all} ${what}: ${[short, fault].filter(Boolean).join("; ")}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
