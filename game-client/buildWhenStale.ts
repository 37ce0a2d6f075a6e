/** Builds the page if it is missing or was built from other sources; `npm start` and the tests run this first. */
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, recordedDigest, sourceDigest } from "./sourceDigest.ts";

const CLIENT_FOLDER = join(ROOT, "dist/client");

if (recordedDigest(CLIENT_FOLDER) !== sourceDigest()) await rebuild();

async function rebuild(): Promise<void> {
  const locked = lockedFolder();
  if (locked === undefined && hasVite()) {
    // Imported only now: it takes longer than the digest.
    const { build } = await import("vite");
    // Vite's default loader writes into node_modules, which may be read-only.
    await build({ configFile: join(ROOT, "vite.config.ts"), configLoader: "native", logLevel: "warn" });
    return;
  }
  const remedy = locked
    ? `this user cannot write to ${locked}. Run \`npm run build\` as the user that owns it.`
    : "the packages that build it are not installed. Run `npm install --include=dev`.";
  if (existsSync(join(CLIENT_FOLDER, "index.html"))) {
    console.warn(`The page in dist/client was built from other sources, and is served as it is: ${remedy}`);
  } else {
    console.error(`The page is not built, and cannot be: ${remedy}`);
    process.exitCode = 1;
  }
}

/** False after `npm ci --omit=dev`, or any install with NODE_ENV=production. */
function hasVite(): boolean {
  try {
    import.meta.resolve("vite");
    return true;
  } catch {
    return false;
  }
}

/** The first folder of the build that this user cannot change; undefined if there is none. */
function lockedFolder(): string | undefined {
  const folders = [join(CLIENT_FOLDER, "assets"), CLIENT_FOLDER, join(ROOT, "dist")].filter(existsSync);
  return (folders.length > 0 ? folders : [ROOT]).find((folder) => !isWritable(folder));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
