/** Writes a report for machines, and one for people. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportPage } from "./page.ts";
import type { Report } from "./report.ts";

/** Returns where they are. */
export function saveReport(report: Report, folder: string): { html: string; json: string } {
  mkdirSync(folder, { recursive: true });
  const stamp = report.startedAt.slice(0, 19).replaceAll(":", "-");
  const name = join(folder, `${report.scenario}-${report.clients.asked}-${stamp}`);
  const files = { html: `${name}.html`, json: `${name}.json` };
  writeFileSync(files.html, reportPage(report));
  writeFileSync(files.json, `${JSON.stringify(report, undefined, 1)}\n`);
  return files;
}
