/** `npm run bench -- --fleet`: simulated machines with one real Redis, at several numbers of rooms. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { withSection } from "#loadtest/bench/report/save.ts";
import { HELP } from "#loadtest/lib/cli/options.ts";
import { readMachine } from "#loadtest/lib/machine.ts";
import { fileStamp, REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { log } from "#server/log.ts";
import { startRedis } from "#server/testing/redis.ts";
import { closeMachine, openMachine } from "./machines.ts";
import { measureSize, type SizeFigures } from "./measure.ts";
import { type FleetOptions, fleetHelp, readFleetOptions } from "./options.ts";
import { type FleetReport, markdownOf, pageOf } from "./report.ts";

const DOCS = new URL("../../../docs/scaling.md", import.meta.url);
const SECTION = { command: "npm run bench -- --fleet", title: "Measured" };

/** Throws OptionError. */
export async function benchFleet(args: readonly string[]): Promise<void> {
  const options = readFleetOptions(args);
  if (options === HELP) {
    console.log(fleetHelp());
    return;
  }
  log.level = "error";
  const [date, machine] = [new Date().toISOString(), readMachine()];
  const sizes: SizeFigures[] = [];
  for (const rooms of options.rooms) {
    sizes.push(await measureAlone(rooms, options));
    console.error(`${rooms} rooms: measured`);
  }
  const command = ["npm run bench --", ...args].join(" ");
  const report: FleetReport = { date, command, machine, options, sizes };
  console.log(`\n${markdownOf(report)}\n`);
  console.log(`plots: ${save(report)}`);
  if (options.writeDocs) {
    writeFileSync(DOCS, withSection(readFileSync(DOCS, "utf8"), SECTION, markdownOf(report)));
    console.log(`written: ${fileURLToPath(DOCS)}`);
  }
}

/** Each size begins with an empty Redis. */
export async function measureAlone(rooms: number, options: FleetOptions): Promise<SizeFigures> {
  const redis = await startRedis();
  const operator = new Redis(redis.url);
  const machines = Array.from({ length: options.machines }, (_, at) => openMachine(redis.url, at, true));
  try {
    return await measureSize(machines, operator, rooms, options);
  } finally {
    await Promise.all(machines.map(closeMachine));
    operator.disconnect();
    await redis.close();
  }
}

/** Returns the path of the page. */
function save(report: FleetReport): string {
  const folder = join(REPORTS_FOLDER, `fleet-${fileStamp(report.date)}/`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}report.json`, JSON.stringify(report, undefined, 1));
  writeFileSync(`${folder}report.md`, `${markdownOf(report)}\n`);
  writeFileSync(`${folder}report.html`, pageOf(report));
  return `${folder}report.html`;
}
