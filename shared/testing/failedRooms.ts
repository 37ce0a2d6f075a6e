/** Incidents of rooms whose step failed: they are copied out of folders that end with their process. */
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

const FAILED = /-(throw|invariant)\.incident$/;

/** Copies them from DATA_DIR into a folder that stays. Returns, for each, the command that simulates it again. */
export function keepFailedRooms(dataDir: string, into: string): string[] {
  return failedIn(join(dataDir, "incidents")).map((path) => {
    mkdirSync(into, { recursive: true });
    const kept = join(into, basename(path));
    copyFileSync(path, kept);
    return `npm run rerun -- ${kept}`;
  });
}

function failedIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => FAILED.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
