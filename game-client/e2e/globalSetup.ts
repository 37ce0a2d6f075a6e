/** Before any test: a browser to test in, and a page that is as new as its sources. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./findChromium.ts";

export function setup(): void {
  ensureChromium();
  execFileSync(process.execPath, [fileURLToPath(new URL("../buildWhenStale.ts", import.meta.url))], {
    stdio: "inherit",
  });
}
