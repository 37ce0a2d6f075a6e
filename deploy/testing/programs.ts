/** The programs that check the files of deploy/: this machine's own, or those of Debian's packages, unpacked. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unpackPackages } from "#shared/testing/debian.ts";

const UNPACKED = fileURLToPath(new URL("../../node_modules/.cache/deploy", import.meta.url));

export interface Program {
  readonly path: string;
  /** The folder that it was unpacked into; "" if the machine has it installed. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** `path`: where Debian's package has the program. Throws an error that says what to install if it cannot be had. */
export function ensureProgram(path: string, debianPackage: string): Program {
  if (existsSync(path)) return { path, root: "", environment: process.env };
  const root = join(UNPACKED, debianPackage);
  if (!existsSync(root)) {
    const remedy = `These tests need ${path}. Install it (on Debian: apt-get install ${debianPackage}).`;
    unpackPackages([debianPackage], root, remedy);
  }
  // Packages of Debian 12 have libraries in both; systemd has one of its own.
  const folders = globSync(["lib/*-linux-gnu", "usr/lib/*-linux-gnu", "usr/lib/*-linux-gnu/systemd"], {
    cwd: root,
  });
  const libraries = folders.map((folder) => join(root, folder)).join(":");
  return { path: join(root, path), root, environment: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** Runs promtool and returns its output. Throws an error with promtool's complaints if something is wrong. */
export function promtool(...words: string[]): string {
  const { path, environment } = ensureProgram("/usr/bin/promtool", "prometheus");
  return execFileSync(path, words, { encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "pipe"] });
}

export interface ComposeService {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
}

/** A Compose file as Compose reads it: checked by its schema, with variables and anchors filled in. */
export function readCompose(
  text: string,
  folder: string,
  variables: Record<string, string>,
): Record<string, ComposeService> {
  const { path, root, environment } = ensureProgram("/usr/bin/docker-compose", "docker-compose");
  const env = {
    ...environment,
    ...variables,
    PYTHONPATH: join(root, "usr/lib/python3/dist-packages"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const python = [join(root, "usr/bin/python3"), "/usr/bin/python3"].find(existsSync) ?? "python3";
  // In one process, because Compose prints YAML, and Python brings a reader of it.
  const asJson = `
import contextlib, io, json, sys, runpy, yaml
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    try: runpy.run_path(sys.argv.pop(1), run_name="__main__")
    except SystemExit as end:
        if end.code: raise
print(json.dumps(yaml.safe_load(printed.getvalue())["services"]))`;
  const words = ["-c", asJson, path, "-f", "-", "--project-directory", folder, "config"];
  const printed = execFileSync(python, words, {
    ...{ encoding: "utf8", env, input: text, cwd: folder },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return JSON.parse(printed) as Record<string, ComposeService>;
}
