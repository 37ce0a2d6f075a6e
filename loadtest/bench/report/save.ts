/** Saves a report into loadtest/reports and, with --write-docs, into docs/performance.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileStamp, REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { markdownOf } from "./markdown.ts";
import { pageOf } from "./page.ts";
import type { Report } from "./report.ts";

const DOCS = new URL("../../../docs/performance.md", import.meta.url);
const BEGIN = "<!-- written by npm run bench: begin -->";
const END = "<!-- written by npm run bench: end -->";
const TITLE = "# Performance";

/** Creates a folder for one bench's files; returns its path with a slash at the end. */
export function openFolder(date: string): string {
  const folder = join(REPORTS_FOLDER, `bench-${fileStamp(date)}/`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function save(report: Report, folder: string): void {
  writeFileSync(`${folder}report.json`, JSON.stringify(report, undefined, 1));
  writeFileSync(`${folder}report.md`, `${markdownOf(report)}\n`);
  writeFileSync(`${folder}report.html`, pageOf(report));
}

/** Returns the document's path. */
export function saveToDocs(report: Report): string {
  const before = existsSync(DOCS) ? readFileSync(DOCS, "utf8") : `${TITLE}\n`;
  writeFileSync(DOCS, withSection(before, markdownOf(report)));
  return fileURLToPath(DOCS);
}

/** Replaces the bench's section of a document, or appends it; the rest stays as it is. */
export function withSection(document: string, markdown: string): string {
  const section = `${BEGIN}\n## Fracas and its alternatives\n\n${markdown}\n${END}`;
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, begin) + section + document.slice(end + END.length);
}
