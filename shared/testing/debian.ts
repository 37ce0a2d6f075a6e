/** Gets the programs that tests need from Debian's packages, where a machine lacks them. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Held while apt-get runs, which fails when test files that run side by side start it twice. */
const LOCK = join(tmpdir(), "fracas-apt-get.lock");

/** Installs a package. Throws an error that begins with `remedy` if it cannot. */
export function installPackage(name: string, remedy: string): void {
  aptGet(["install", "-y", "-qq", "--no-install-recommends", name], name, remedy);
}

/**
 * Downloads packages, and those that they need and the machine lacks, as .deb files into `folder`, which needs a folder
 * `partial`. Installs nothing, so no service starts. Throws an error that begins with `remedy` if it cannot.
 */
export function downloadPackages(names: readonly string[], folder: string, remedy: string): void {
  const options = ["--download-only", "--no-install-recommends", "-o", `Dir::Cache::archives=${folder}`];
  aptGet(["install", "-y", "-qq", ...options, ...names], names.join(", "), remedy);
}

function aptGet(words: string[], what: string, remedy: string): void {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) throw new Error(remedy);
  console.log(`Missing here: ${what}. Getting Debian's packages, which takes a moment…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (args: string[]) =>
    execFileSync("flock", [LOCK, "apt-get", ...args], { stdio: ["ignore", "ignore", "inherit"], env });
  try {
    run(["update", "-qq"]);
    run(words);
  } catch (error) {
    throw new Error(`${remedy} (apt-get failed: ${(error as Error).message})`);
  }
}
