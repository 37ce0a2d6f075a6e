/** `npm run probes`: measures every claim about the netcode on a real server behind a bad network. */
import { errorText, OptionError } from "#loadtest/lib/cli/options.ts";
import { markdownTable } from "#loadtest/lib/text.ts";
import { PROBES } from "./all.ts";
import { type Finding, Lab, type Probe } from "./lab.ts";

const USAGE = `Measures the claims about the netcode and prints them with their bounds: npm run probes -- [NAME]
  NAME    only the probes whose name contains it: ${Object.keys(PROBES).join(", ")}`;

try {
  const [wanted = ""] = process.argv.slice(2);
  if (wanted === "--help") console.log(USAGE);
  else await run(wanted);
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}

async function run(wanted: string): Promise<void> {
  const chosen = Object.entries(PROBES).filter(([name]) => name.includes(wanted));
  if (chosen.length === 0) throw new OptionError(`There is no probe "${wanted}".\n${USAGE}`);
  const lab = await Lab.open();
  const rows: string[][] = [];
  for (const [name, probe] of chosen) rows.push(await measure(lab, name, probe));
  await lab.close();
  console.log(
    `\n${markdownTable(["claim", "measured", "bound", "verdict"], ["---", "---", "---", "---"], rows)}`,
  );
  // Clients of Colyseus keep timers that would hold the process.
  process.exit(rows.every(([, , , verdict]) => verdict === "holds") ? 0 : 1);
}

/** Returns the row of the table. */
async function measure(lab: Lab, name: string, probe: Probe): Promise<string[]> {
  const startedMs = performance.now();
  const {
    measured,
    holds,
    isInTime = true,
  }: Finding = await probe
    .run(lab, true)
    .catch((error: Error) => ({ measured: `failed: ${error.message}`, holds: false }))
    .finally(() => lab.clear());
  const verdict = holds && isInTime ? "holds" : "BROKEN";
  console.log(`${verdict}  ${name}: ${measured} (${((performance.now() - startedMs) / 1000).toFixed(0)} s)`);
  return [probe.claim, measured, probe.bound, verdict];
}
