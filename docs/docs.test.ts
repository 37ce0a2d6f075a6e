import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIABLES } from "#server/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { CommandInput } from "#shared/schema/input.ts";
import {
  ArenaState,
  Award,
  Candidate,
  Drone,
  Flag,
  Hill,
  Pickup,
  Projectile,
  Seat,
} from "#shared/schema/state.ts";
import { collectClaims, renderClaims, testsWithoutId } from "./claims.ts";

const ROOT = new URL("..", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), "utf8");
const PAGES = ["README.md", "CONTRIBUTING.md", ...globSync("{docs,examples}/**/*.md", { cwd: ROOT })].filter(
  (page) => page !== "docs/claims.md",
);
const SOURCES = globSync("{.ci,.github,shared,server,game-client,loadtest,examples,docs,deploy}/**/*.*", {
  cwd: ROOT,
}).concat(globSync("*.*", { cwd: ROOT }));

const claims = collectClaims();
/** Folders that git ignores are named in pages, too. */
const IGNORED = read(".gitignore").split("\n");
/** `maps/NAME.tmj` stands for any name, `arenas/SHA256.tmj` for any hash. */
const isPlaceholder = (path: string): boolean =>
  /\b(?!README|CONTRIBUTING|CHANGELOG|LICENSE)[A-Z]{3,}\d*\b/.test(path);
const ids = new Set(claims.map(({ id }) => id));

/** `a/b.ts`, `b.ts` or `a/b/` in a page: written from the root, from a top-level folder, or by name alone. */
const exists = (path: string): boolean =>
  existsSync(new URL(path, ROOT)) ||
  SOURCES.some(
    (source) => source.endsWith(`/${path}`) || `/${source}`.includes(`/${path.replace(/\/$/, "")}/`),
  ) ||
  (!path.includes("/") && SOURCES.some((source) => basename(source) === path));

describe("claims", () => {
  test("[DOCS-1] docs/claims.md lists what the tests claim now (npm run claims writes it)", () => {
    expect(read("docs/claims.md")).toBe(renderClaims(claims));
  });

  test("[DOCS-2] no two tests bear the same ID", () => {
    const byId = Map.groupBy(claims, ({ id }) => id);
    const duplicates = [...byId.values()].filter((same) => same.length > 1);
    expect(duplicates.map((same) => same.map(({ id, file }) => `${id} in ${file}`))).toEqual([]);
  });

  test("[DOCS-3] every test bears an ID", () => {
    expect(testsWithoutId()).toEqual([]);
  });
});

describe.each(PAGES)("%s", (page) => {
  const text = read(page);

  test("[DOCS-4] names only files and folders that exist", () => {
    const named = Array.from(
      text.matchAll(/`([\w.@-]*(?:\/[\w.@-]+)*\/?)`/g),
      ([, path = ""]) => path,
    ).filter((path) => /\w\.(?:ts|tsx|css|tmj|md|json|yml|png)$|^[\w-]+\/(?:[\w-]+\/)*$/.test(path));
    expect(
      named.filter(
        (path) => !exists(path) && !isPlaceholder(path) && !IGNORED.includes(path.replace(/^\//, "")),
      ),
    ).toEqual([]);
  });

  test("[DOCS-5] links only to files that exist", () => {
    const folder = new URL(page, ROOT);
    const links = Array.from(text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g), ([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
  });

  test("[DOCS-6] cites only claims that a test bears", () => {
    const cited = Array.from(text.matchAll(/\b[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*-\d+\b/g), ([id]) => id);
    const known = new Set(Array.from(ids, (id) => id.replace(/-\d+$/, "")));
    // Names such as SHA-256 look alike; only those that share a prefix with a claim are claims.
    const wrong = cited.filter((id) => known.has(id.replace(/-\d+$/, "")) && !ids.has(id));
    expect(wrong).toEqual([]);
  });

  test("[DOCS-7] names only npm scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const run = Array.from(text.matchAll(/npm run ([\w:-]*\w)/g), ([, script = ""]) => script);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("docs/protocol.md", () => {
  const page = read("docs/protocol.md");
  const missing = (names: Iterable<string | number>): (string | number)[] =>
    [...names].filter((name) => !page.includes(`\`${name}\``) && !page.includes(`| ${name} `));

  test("[DOCS-8] names every field of state and commands that is synced", () => {
    const classes = [ArenaState, Drone, Projectile, Pickup, Flag, Hill, Award, Candidate, Seat, CommandInput];
    expect(missing(classes.flatMap(syncedFields))).toEqual([]);
  });

  test("[DOCS-9] names every room, message, join option, refusal and close code", () => {
    expect(missing(Object.values(ROOM))).toEqual([]);
    expect(missing(Object.values(MESSAGE))).toEqual([]);
    expect(missing(Object.keys(JoinOptions.shape))).toEqual([]);
    expect(missing(Object.entries(REFUSAL).flat())).toEqual([]);
    expect(missing(Object.entries(CLOSE).flat())).toEqual([]);
  });

  test("[DOCS-11] names every route in full, and no others under /api", () => {
    const codes = Array.from(
      page.matchAll(/`(?:(?:GET|POST) )?(\/[^\s?`]*)[^`]*`/g),
      ([, path = ""]) => path,
    );
    // ":name" is written NAME.
    const routes = Object.values(ROUTE).map((path) =>
      path.replace(/:\w+/g, (name) => name.slice(1).toUpperCase()),
    );
    expect(routes.filter((path) => !codes.includes(path))).toEqual([]);
    const isGroup = (path: string) => path.endsWith("…");
    expect(
      codes.filter((path) => path.startsWith("/api/") && !isGroup(path) && !routes.includes(path)),
    ).toEqual([]);
  });
});

describe("README.md", () => {
  test("[DOCS-10] lists the variables that the server reads, and no others", () => {
    const rows = read("README.md").matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm);
    const listed = Array.from(rows, ([, names = ""]) => names.replaceAll("`", "").split(", ")).flat();
    expect(listed.toSorted()).toEqual(
      Object.values(VARIABLES)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});

/** Fields with an index in the schema's metadata; fields that are not synced have none. */
function syncedFields(type: object): string[] {
  const metadata: Record<string, { name: string }> = Reflect.get(type, Symbol.metadata);
  return Object.keys(metadata).flatMap((key) => (/^\d+$/.test(key) ? (metadata[key]?.name ?? []) : []));
}
