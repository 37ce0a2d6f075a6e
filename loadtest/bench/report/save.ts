/** Saves a report into loadtest/reports and, with --write-docs, into docs/performance.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "#loadtest/bench/options.ts";
import { fileStamp, REPORTS_FOLDER } from "#loadtest/lib/reports.ts";
import { markdownOf } from "./markdown.ts";
import { pageOf } from "./page.ts";
import type { Report } from "./report.ts";

const DOCS = new URL("../../../docs/performance.md", import.meta.url);
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
  writeFileSync(DOCS, withSection(before, sectionOf(report.options), markdownOf(report)));
  return fileURLToPath(DOCS);
}

/** A part of the document, between two comments that name the command which writes it. */
export interface Section {
  readonly command: string;
  readonly title: string;
}

/** Each scenario, and each size of rooms, has a section of its own. */
export const sectionOf = ({ roomsOf }: Pick<Options, "roomsOf">): Section =>
  roomsOf === undefined
    ? { command: "npm run bench", title: "Fracas and its alternatives" }
    : { command: `npm run bench -- --rooms-of ${roomsOf}`, title: `In rooms of ${roomsOf}, fighting` };

/** Replaces the section in a document, or appends it; the rest stays as it is. */
export function withSection(document: string, { command, title }: Section, markdown: string): string {
  const [first, last] = [`<!-- written by ${command}: begin -->`, `<!-- written by ${command}: end -->`];
  const section = `${first}\n## ${title}\n\n${markdown}\n${last}`;
  const begin = document.indexOf(first);
  const end = document.indexOf(last);
  if (begin < 0 || end < begin) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, begin) + section + document.slice(end + last.length);
}
