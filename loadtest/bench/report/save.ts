/** Where reports go: loadtest/reports, which git ignores, and, when it is asked for, docs/performance.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { markdownOf } from "./markdown.ts";
import { pageOf } from "./page.ts";
import type { Report } from "./report.ts";

const REPORTS = new URL("../../reports/", import.meta.url);
const DOCS = new URL("../../../docs/performance.md", import.meta.url);
const BEGIN = "<!-- written by npm run bench: begin -->";
const END = "<!-- written by npm run bench: end -->";
const TITLE = "# Performance";

/** A folder of its own for what a bench writes, made. */
export function openFolder(date: string): string {
  const folder = new URL(`bench-${date.slice(0, 19).replaceAll(":", "-")}/`, REPORTS);
  mkdirSync(folder, { recursive: true });
  return fileURLToPath(folder);
}

export function save(report: Report, folder: string): void {
  writeFileSync(`${folder}report.json`, JSON.stringify(report, undefined, 1));
  writeFileSync(`${folder}report.md`, `${markdownOf(report)}\n`);
  writeFileSync(`${folder}report.html`, pageOf(report));
}

export function saveToDocs(report: Report): string {
  const before = existsSync(DOCS) ? readFileSync(DOCS, "utf8") : `${TITLE}\n`;
  writeFileSync(DOCS, withSection(before, markdownOf(report)));
  return fileURLToPath(DOCS);
}

/** The document with this as the bench's section, in the old one's place if there is one. What else is in it stays. */
export function withSection(document: string, markdown: string): string {
  const section = `${BEGIN}\n## Fracas and its alternatives\n\n${markdown}\n${END}`;
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, begin) + section + document.slice(end + END.length);
}
