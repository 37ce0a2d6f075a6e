/**
 * Builds the image of deploy/Dockerfile without a container engine: runs its instructions in folders that were empty. A
 * stage's absolute paths lie below the stage's folder, and its base image has nothing but a Node, this process's own.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { commandOf, createIgnored, type Instruction, readDockerfile } from "./dockerfile.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DOCKERFILE = join(ROOT, "deploy/Dockerfile");
/** Only root may give files away, or run a program as another user. */
const IS_ROOT = process.getuid?.() === 0;

export interface Image {
  /** WORKDIR on this machine. */
  readonly folder: string;
  /** The image's own variables, and a PATH on which its Node is first. */
  readonly environment: Record<string, string>;
  readonly command: string[];
  readonly healthCheck: string[];
  /** Undefined unless this process may run others as this user and group. */
  readonly user: { uid: number; gid: number } | undefined;
}

interface Stage {
  name: string | undefined;
  root: string;
  folder: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthCheck: string[];
}

export function buildImage(): Image {
  const isIgnored = createIgnored(join(ROOT, ".dockerignore"));
  const stages: Stage[] = [];
  for (const instruction of readDockerfile(DOCKERFILE)) {
    if (instruction.word === "FROM") stages.push(openStage(instruction.rest, stages.length));
    else carryOut(instruction, stages, isIgnored);
  }
  const last = currentOf(stages);
  const [uid = NaN, gid = NaN] = last.user.split(":").map(Number);
  if (!(uid > 0 && gid > 0)) throw new Error(`USER ${last.user} is root, or no number`);
  const { folder, environment, command, healthCheck } = last;
  return { folder, environment, command, healthCheck, user: IS_ROOT ? { uid, gid } : undefined };
}

/** Adds up the bytes of all files below a folder. A file that has several names counts as often. */
export function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function openStage(rest: string, index: number): Stage {
  const [, name] = /^node:24\S* ?(?:AS (\w+))?$/.exec(rest) ?? [];
  const root = temporaryFolder(`image-${index}`);
  // For the image's user, who is another one.
  chmodSync(root, 0o755);
  const programs = join(root, "usr/local/bin");
  mkdirSync(programs, { recursive: true });
  bringNode(join(programs, "node"));
  const environment = { PATH: `${programs}:${process.env.PATH}` };
  return { name, root, folder: root, environment, user: "", command: [], healthCheck: [] };
}

function bringNode(place: string): void {
  try {
    linkSync(process.execPath, place);
  } catch {
    // Another file system.
    copyFileSync(process.execPath, place);
  }
}

function carryOut({ word, rest }: Instruction, stages: Stage[], isIgnored: (path: string) => boolean): void {
  const stage = currentOf(stages);
  switch (word) {
    case "WORKDIR":
      stage.folder = join(stage.root, rest);
      mkdirSync(stage.folder, { recursive: true });
      return;
    case "ENV": {
      const [name = "", value = ""] = rest.split("=");
      stage.environment[name] = value;
      return;
    }
    case "RUN":
      run(rest, stage);
      return;
    case "COPY":
      copy(rest, stages, isIgnored);
      return;
    case "USER":
      stage.user = rest;
      return;
    case "CMD":
      stage.command = commandOf(rest);
      return;
    case "HEALTHCHECK":
      stage.healthCheck = commandOf(rest.slice(rest.indexOf("CMD ") + 4));
      return;
    case "EXPOSE":
    case "VOLUME":
      return;
    default:
      throw new Error(`deploy/testing/image.ts does not know ${word}`);
  }
}

/** npm keeps its cache of this machine, and asks the registry only for what is missing in it. */
function run(line: string, { folder, environment }: Stage): void {
  const possible = IS_ROOT ? line : line.replaceAll(/ && chown \S+ \S+/g, "");
  const npm = { npm_config_prefer_offline: "true", npm_config_update_notifier: "false" };
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST|TEST)/.test(name));
  const env = { ...Object.fromEntries(inherited), ...npm, ...environment };
  execFileSync("/bin/sh", ["-c", possible], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
}

function copy(rest: string, stages: Stage[], isIgnored: (path: string) => boolean): void {
  const stage = currentOf(stages);
  const words = rest.split(" ");
  const from = words[0]?.startsWith("--from=") ? words.shift()?.slice("--from=".length) : undefined;
  const to = resolve(stage.folder, words.pop() ?? "");
  const other = stages.find(({ name }) => name === from);
  if (from && !other) throw new Error(`COPY --from=${from}: there is no such stage`);
  const root = from && other ? other.root : ROOT;
  // Files of another stage have passed .dockerignore before.
  const filter = from ? () => true : (source: string) => !isIgnored(relative(ROOT, source) || ".");
  for (const word of words) {
    const source = join(root, word);
    const target = statSync(source).isDirectory() ? to : join(to, basename(source));
    cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter });
  }
}

function currentOf(stages: Stage[]): Stage {
  const stage = stages.at(-1);
  if (!stage) throw new Error("the Dockerfile does not begin with FROM");
  return stage;
}
