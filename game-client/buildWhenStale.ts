/** Builds the page if it is missing or older than one of its sources; `npm start` and the tests run this first. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = join(ROOT, "dist/client/index.html");
const SOURCES = ["game-client", "shared", "package-lock.json", "vite.config.ts"];

if (newestMs(SOURCES) > builtMs()) {
  await build({ configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" });
}

function builtMs(): number {
  return statSync(PAGE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestMs(paths: readonly string[]): number {
  let newest = 0;
  for (const path of paths) {
    const stat = statSync(join(ROOT, path));
    const inside = stat.isDirectory() ? readdirSync(join(ROOT, path)).map((name) => join(path, name)) : [];
    newest = Math.max(newest, stat.isDirectory() ? newestMs(inside) : stat.mtimeMs);
  }
  return newest;
}
