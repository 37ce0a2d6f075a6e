/** A system Chromium for the browser tests: the one that is there, or Debian's, installed now. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const HOW_TO =
  "The browser tests need Chromium. Install it (on Debian: apt-get install chromium) " +
  "or set CHROMIUM_PATH to one.";

export function findChromium(): string {
  const found = PLACES.find((place) => place && existsSync(place));
  if (!found) throw new Error(HOW_TO);
  return found;
}

/** Installs Debian's package where there is none. Throws with what to install where that is not possible. */
export function ensureChromium(): string {
  try {
    return findChromium();
  } catch {
    installDebianChromium();
    return findChromium();
  }
}

function installDebianChromium(): void {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) throw new Error(HOW_TO);
  console.log("No Chromium here: installing Debian's package, which takes a minute…");
  try {
    const quiet = { stdio: ["ignore", "ignore", "inherit"] as ("ignore" | "inherit")[] };
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { ...quiet, env });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      ...quiet,
      env,
    });
  } catch (error) {
    throw new Error(`${HOW_TO} (apt-get failed: ${(error as Error).message})`);
  }
}
