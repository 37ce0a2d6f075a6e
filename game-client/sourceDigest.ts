/** The digest of what the page is built from. Each build records its own; a different one now means that it is stale. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = ["game-client", "shared", "package-lock.json", "vite.config.ts"];
/** Inside the build, so that the next build removes it first. The server serves no file whose name begins with a dot. */
const RECORD = ".sources";

/** The digest ignores dates: an update may unpack files that are older than the last build. */
export function sourceDigest(): string {
  const hash = createHash("sha256");
  const add = (path: string) => {
    const file = join(ROOT, path);
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) add(`${path}/${name}`);
    } else {
      const bytes = readFileSync(file);
      hash.update(`${path} ${bytes.length}\n`).update(bytes);
    }
  };
  SOURCES.forEach(add);
  return hash.digest("hex");
}

/** Undefined if there is no whole build in the folder. */
export function recordedDigest(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, RECORD), "utf8");
  } catch {
    return undefined;
  }
}

/** Vite plugin: records the digest of the sources as they were when the build began, once the rest is written. */
export function recordSources(): Plugin {
  let digest = "";
  let folder = "";
  return {
    name: "record-sources",
    apply: "build",
    buildStart() {
      digest = sourceDigest();
    },
    writeBundle({ dir = "" }) {
      folder = dir;
    },
    closeBundle(error) {
      if (!error && folder) writeFileSync(join(folder, RECORD), digest);
    },
  };
}
