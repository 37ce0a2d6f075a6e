/** Builds the page if it is missing or stale, as `npm start` does, for tools that ask a server for it. */
import { execFileSync } from "node:child_process";

export function buildPage(): void {
  execFileSync("npm", ["run", "--silent", "prestart"], { stdio: "inherit" });
}
