/** Sorts the test files into Vitest's projects by what they import, so that a new test is listed nowhere. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export type ProjectName = "unit" | "long" | "server" | "browser" | "alone";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TEST_FILES = "{shared,server,game-client,loadtest,examples,docs,deploy}/**/*.test.{ts,tsx}";

/**
 * Endings of the paths that imports do not sort. `alone`: tests that put a server under load or read a clock, and need
 * the machine for themselves. `long`: simulations of many thousand ticks and properties of many thousand cases, which
 * would make `npm run test:unit` slow.
 */
export const LISTED = {
  alone: ["probes.test.ts", "loadtest.test.ts", "flood.test.ts"],
  long: [
    "assistDuels.test.ts",
    "bytesBudget.test.ts",
    "flight/flight.test.ts",
    "frameGuard.breaks.test.ts",
    "frameGuard.test.ts",
    "matches.test.ts",
    "plan/plan.test.ts",
    "playerName.test.ts",
    "recording/recording.test.ts",
    "seekOut.test.ts",
    "servers/budget.test.ts",
    "step.test.ts",
    "visibility.test.ts",
    "wireBytes.test.ts",
  ],
} as const satisfies Partial<Record<ProjectName, readonly string[]>>;

/**
 * Tests of what clients see of a server, which the project `processes` runs once more with rooms in two room processes:
 * what holds in one process must hold there.
 */
export const IN_PROCESSES = [
  "server/admission/banned.test.ts",
  "server/admission/handshake.test.ts",
  "server/http/full.test.ts",
  "server/http/live.test.ts",
  "server/http/matchmake.test.ts",
  "server/http/metrics.test.ts",
  "server/rooms/editor/EditorRoom.test.ts",
  "server/rooms/editor/tryOut.test.ts",
] as const;

/** A test that imports this, however indirectly, drives a browser. */
const BROWSER = "playwright-core";
/** A test that imports one of these, however indirectly, opens a port or starts a process. */
const BEYOND_UNIT = ["server/app.ts", "node:net", "node:child_process", "node:worker_threads"];

const ALIASES = {
  "#shared/": "shared/",
  "#server/": "server/",
  "#client/": "game-client/",
  "#loadtest/": "loadtest/",
};
/** Imports and re-exports at run time, lazy ones included; `import type` is erased. */
const IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^;"']*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** The test files of each project, as paths from the repository's root. Every test file is in exactly one. */
export function sortTestFiles(): Record<ProjectName, string[]> {
  const projects: Record<ProjectName, string[]> = { unit: [], long: [], server: [], browser: [], alone: [] };
  for (const file of globSync(TEST_FILES, { cwd: ROOT }).sort()) projects[projectOf(file)].push(file);
  return projects;
}

function projectOf(file: string): ProjectName {
  if (isListed("alone", file)) return "alone";
  const imports = importsOf(file);
  if (imports.has(BROWSER)) return "browser";
  if (BEYOND_UNIT.some((name) => imports.has(name))) return "server";
  return isListed("long", file) ? "long" : "unit";
}

function isListed(project: keyof typeof LISTED, file: string): boolean {
  return LISTED[project].some((name) => file.endsWith(`/${name}`));
}

/** Everything that a source file imports at run time, itself and indirect imports included. */
export function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (/\.tsx?$/.test(file)) for (const name of directImports(file)) importsOf(name, seen);
  return seen;
}

const cache = new Map<string, string[]>();

function directImports(file: string): string[] {
  let names = cache.get(file);
  if (!names) {
    const source = readFileSync(join(ROOT, file), "utf8");
    names = Array.from(source.matchAll(IMPORT), ([, name, lazyName]) =>
      resolve(name ?? lazyName ?? "", file),
    );
    cache.set(file, names);
  }
  return names;
}

/** A path from the root for the repository's own files; packages keep their name. */
function resolve(name: string, from: string): string {
  if (name.startsWith(".")) return join(dirname(from), name);
  const alias = Object.entries(ALIASES).find(([prefix]) => name.startsWith(prefix));
  return alias ? alias[1] + name.slice(alias[0].length) : name;
}
