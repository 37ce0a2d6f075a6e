/** Builds the page before the tests that are served it, unless it is as new as its sources. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const BUILD = fileURLToPath(new URL("../../../game-client/buildWhenStale.ts", import.meta.url));

export function setup(): void {
  execFileSync(process.execPath, [BUILD], { stdio: "inherit" });
}
