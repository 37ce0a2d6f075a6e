/** `npm run bench`: compares Fracas with its alternatives, with the same players on each. */
import { errorText, HELP } from "#loadtest/lib/cli/options.ts";
import { readMachine } from "#loadtest/lib/machine.ts";
import { benchCluster } from "./cluster/main.ts";
import { FIGURES } from "./figures.ts";
import { helpText, readOptions } from "./options.ts";
import { markdownOf } from "./report/markdown.ts";
import { reportOf } from "./report/report.ts";
import { openFolder, save, saveToDocs } from "./report/save.ts";
import { type Progress, runAll } from "./runAll.ts";
import { SERVER_TITLES } from "./servers/names.ts";

async function main(args: readonly string[]): Promise<void> {
  // Imported only then: it starts the server's parts in this process.
  if (args.includes("--fleet")) return (await import("./fleet/main.ts")).benchFleet(args);
  if (args.includes("--cluster")) return benchCluster(args);
  const options = readOptions(args);
  if (options === HELP) {
    console.log(helpText());
    return;
  }
  const date = new Date().toISOString();
  const machine = readMachine();
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
  const cost =
    figures &&
    `${FIGURES.cpuUs.format(figures.cpuUs)} µs/s, ${FIGURES.bytes.format(figures.bytes)} B/s a player`;
  const rooms = scenario.kind === "fight" ? ` in rooms of ${scenario.roomSize}` : "";
  const what = `round ${round + 1}, ${scenario.players} players${rooms}, ${SERVER_TITLES[server]}`;
  console.error(`${done.length}/${all} ${what}: ${[cost, fault].filter(Boolean).join("; ")}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
