/** `npm run probes`: every claim about the netcode, measured on a real server behind a bad network. */
import { PROBES } from "./all.ts";
import { openLab, type Probe } from "./lab.ts";

interface Row {
  claim: string;
  measured: string;
  bound: string;
  verdict: string;
}

const rows: Row[] = [];
const wanted = process.argv[2];
const chosen = Object.entries(PROBES).filter(([name]) => !wanted || name.includes(wanted));
if (chosen.length === 0) {
  console.error(`there is no probe "${wanted}"; there are ${Object.keys(PROBES).join(", ")}`);
  process.exit(1);
}
const lab = await openLab();
for (const [name, probe] of chosen) rows.push(await measure(name, probe));
await lab.close();
console.log(`\n${table(rows)}`);
process.exit(rows.every(({ verdict }) => verdict === "holds") ? 0 : 1);

async function measure(name: string, probe: Probe): Promise<Row> {
  const startedAt = performance.now();
  const finding = await probe
    .run(lab, true)
    .catch((error: Error) => ({ measured: `failed: ${error.message}`, holds: false }))
    .finally(() => lab.clear());
  const verdict = finding.holds ? "holds" : "BROKEN";
  console.log(
    `${verdict}  ${name}: ${finding.measured} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`,
  );
  return { claim: probe.claim, measured: finding.measured, bound: probe.bound, verdict };
}

function table(lines: readonly Row[]): string {
  const head = { claim: "claim", measured: "measured", bound: "bound", verdict: "verdict" };
  return [head, { claim: "---", measured: "---", bound: "---", verdict: "---" }, ...lines]
    .map(({ claim, measured, bound, verdict }) => `| ${claim} | ${measured} | ${bound} | ${verdict} |`)
    .join("\n");
}
