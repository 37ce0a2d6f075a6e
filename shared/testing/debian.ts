/** Gets the programs that tests need from Debian's packages, where a machine lacks them. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Held while apt-get runs, which fails when test files that run side by side start it twice. */
const LOCK = join(tmpdir(), "fracas-apt-get.lock");

/** Installs a package. Throws an error that begins with `remedy` if it cannot. */
export function installPackage(name: string, remedy: string): void {
  aptGet(["install", "-y", "-qq", "--no-install-recommends", name], name, remedy);
}

/**
 * Downloads packages, and those that they need and the machine lacks, and unpacks them into `root`, which need not exist.
 * Installs nothing, so no service starts. Another process that wants the same finds all of it or nothing. Throws an error
 * that begins with `remedy` if it cannot.
 */
export function unpackPackages(names: readonly string[], root: string, remedy: string): void {
  const folder = `${root}.${process.pid}`;
  const [packages, unpacked] = [join(folder, "packages"), join(folder, "root")];
  mkdirSync(join(packages, "partial"), { recursive: true });
  const options = ["--download-only", "--no-install-recommends", "-o", `Dir::Cache::archives=${packages}`];
  try {
    aptGet(["install", "-y", "-qq", ...options, ...names], names.join(", "), remedy);
    for (const file of globSync(join(packages, "*.deb"))) execFileSync("dpkg-deb", ["-x", file, unpacked]);
    renameSync(unpacked, root);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(root)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folders of libraries in unpacked packages, for LD_LIBRARY_PATH. */
export const unpackedLibraries = (root: string): string =>
  globSync(join(root, "usr/lib/*-linux-gnu")).join(":");

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
