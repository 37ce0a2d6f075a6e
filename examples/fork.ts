/** Copies the game, applies edits as a forker would make them, checks the types, and runs scripts in the copy. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Edit } from "./recipes.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COPIED = ["package.json", "tsconfig.json", "shared", "server", "game-client", "examples"];

export class Fork {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A copy without tests, which installs nothing: it links to this repository's node_modules. */
  static async create(): Promise<Fork> {
    const folder = await mkdtemp(join(tmpdir(), "fracas-fork-"));
    const filter = (path: string) => !/\.test\.tsx?$|\/e2e$/.test(path);
    for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true, filter });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return new Fork(folder);
  }

  async add(file: string, source: string): Promise<void> {
    await cp(join(ROOT, source), join(this.#folder, file));
  }

  /** Throws when the place of an edit does not occur exactly once in its file. */
  async apply(edits: readonly Edit[]): Promise<void> {
    for (const { file, before, after, text } of edits) {
      const path = join(this.#folder, file);
      const anchor = before ?? after ?? "";
      const parts = (await readFile(path, "utf8")).split(anchor);
      if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${anchor}`);
      await writeFile(path, parts.join(before === undefined ? anchor + text : text + anchor));
    }
  }

  /** What the compiler says: empty when nothing is wrong. */
  async typeErrors(): Promise<string> {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    try {
      await run(process.execPath, [tsc, "--pretty", "false"], { cwd: this.#folder });
      return "";
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  /** Runs one of the scripts of examples/play in the copy and parses what it prints. */
  async play(script: string): Promise<unknown> {
    const path = join(this.#folder, "examples/play", script);
    const { stdout } = await run(process.execPath, [path], { cwd: this.#folder });
    return JSON.parse(stdout);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
