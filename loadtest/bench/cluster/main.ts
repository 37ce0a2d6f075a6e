/** `npm run bench -- --cluster`: what a server with several processes holds, costs and loses. */
import { HELP } from "#loadtest/lib/cli/options.ts";
import { readMachine, watchMachine } from "#loadtest/lib/machine.ts";
import { measureCapacity } from "./capacity.ts";
import { measureDeploy } from "./deploy.ts";
import { measureFront } from "./front.ts";
import { measureJoin } from "./join.ts";
import { KILLS, measureKill } from "./kill.ts";
import { type ClusterOptions, clusterHelpText, readClusterOptions } from "./options.ts";
import type { Measured, PartName, Say } from "./part.ts";
import { type ClusterReport, markdownOf, type PartReport, saveReport } from "./report.ts";
import { measureSoak, SOAK } from "./soak.ts";

const PARTS: Readonly<Record<PartName, (options: ClusterOptions, say: Say) => Promise<Measured>>> = {
  capacity: measureCapacity,
  join: measureJoin,
  front: measureFront,
  kill: (options, say) => measureKill({ ...options, ...KILLS }, say),
  deploy: (options, say) => measureDeploy(options, say),
  soak: (options, say) => measureSoak({ ...options, ...SOAK }, say),
};

/** `args`: the command line with --cluster. Throws OptionError. */
export async function benchCluster(args: readonly string[]): Promise<void> {
  const options = readClusterOptions(args);
  if (options === HELP) {
    console.log(clusterHelpText());
    return;
  }
  // The SDK logs every attempt to reconnect.
  console.info = () => {};
  console.warn = () => {};
  const date = new Date().toISOString();
  const machine = readMachine();
  const command = ["npm run bench --", ...args].join(" ");
  const parts: PartReport[] = [];
  for (const name of options.parts) parts.push(await runPart(name, options));
  const report: ClusterReport = { date, command, machine, options, parts };
  console.log(`\n${markdownOf(report)}\n`);
  console.log(`plots: ${saveReport(report)}`);
  if (parts.some(({ verdicts }) => verdicts.some(({ ok }) => ok === false))) process.exitCode = 1;
}

/** A part that fails is a fault in the report, and the others run nevertheless. */
async function runPart(name: PartName, options: ClusterOptions): Promise<PartReport> {
  const startedAtMs = performance.now();
  const busyCores = watchMachine();
  const measured = await PARTS[name](options, (text) => console.error(text)).catch(
    (error: Error): Measured => ({ verdicts: [], details: [], plots: [], faults: [String(error.stack)] }),
  );
  return { name, tookMs: performance.now() - startedAtMs, busyCores: busyCores(), ...measured };
}
