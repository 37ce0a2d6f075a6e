/** Starts a PostgreSQL for one test file: a process on a free loopback port, whose data is deleted afterwards. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, readFileSync } from "node:fs";
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { unpackedLibraries, unpackPackages } from "#shared/testing/debian.ts";
import { freePort } from "./freePort.ts";

/** Folders of `initdb` and `postgres`, which are on nobody's PATH. */
const FOLDERS = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/usr/local/bin",
  "/opt/homebrew/opt/postgresql*/bin",
];
/** Where the programs are unpacked that the machine does not have: readable by every user, written by root alone. */
const UNPACKED = "/var/cache/fracas/postgresql";

const HOW_TO =
  "These tests need PostgreSQL. Install it (on Debian: apt-get install postgresql), set POSTGRES_BIN to the folder of its " +
  "programs, or set TEST_POSTGRES_URL to a server on which tests may create databases.";

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser: { uid?: number; gid?: number } = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** A server loses nothing when it is killed, but may lose everything when the machine fails. */
const OPTIONS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  shared_buffers: "32MB",
  max_wal_size: "256MB",
  log_min_messages: "warning",
};

export interface TestPostgres {
  /** Of an empty database. */
  readonly url: string;
  /** Kills all its processes, as a crash of the machine does. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the same data. */
  start(): Promise<void>;
  /** Stops it without closing its connections, as on a network that drops every packet, until `wake`. */
  freeze(): void;
  wake(): void;
  /** Kills it and deletes its data. */
  close(): Promise<void>;
}

/**
 * `settings`: of postgresql.conf, beside those of tests. Throws an error that says what to install where PostgreSQL is missing
 * and cannot be had.
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const template = await ensureTemplate();
  const folder = await mkdtemp(join(tmpdir(), "fracas-postgres-"));
  await giveToUser(folder);
  // Keeps owner and modes, which fs.cp does not.
  execFileSync("cp", ["-a", template, join(folder, "data")]);
  const password = await readFile(join(folder, "data/password"), "utf8");
  const port = await freePort();
  const url = `postgres://fracas:${password}@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  process.once("exit", () => child?.kill("SIGQUIT"));

  const postgres: TestPostgres = {
    url,
    async start() {
      child = await launch(folder, { ...OPTIONS, ...settings, port }, url);
    },
    async kill() {
      await end(child, "SIGKILL");
      // The dead children may hold its shared memory for some milliseconds more, which would hinder a start.
      await rm(join(folder, "data/postmaster.pid"), { force: true });
    },
    freeze: () => signalAll(child, "SIGSTOP"),
    wake: () => signalAll(child, "SIGCONT"),
    async close() {
      signalAll(child, "SIGCONT");
      await end(child, "SIGQUIT");
      await rm(folder, { recursive: true, force: true });
    },
  };
  await postgres.start();
  return postgres;
}

/** Resolves when it answers. */
async function launch(folder: string, settings: object, url: string): Promise<ChildProcess> {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(program("postgres"), ["-D", join(folder, "data"), ...options], {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
    ...asUser,
  });
  let complaints = "";
  child.stderr.on("data", (chunk) => (complaints += chunk));
  const deadline = performance.now() + 20_000;
  for (;;) {
    const refusal = await refusalOf(url);
    if (!refusal) return child;
    if (!isRunning(child)) throw new Error(`postgres ended with ${child.exitCode}: ${complaints}`);
    if (performance.now() > deadline) {
      await end(child, "SIGQUIT");
      throw new Error(`postgres does not answer (${refusal}): ${complaints}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Why the server takes no connection; undefined if it does. */
async function refusalOf(connectionString: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString });
  const refusal = await client.connect().then(
    () => undefined,
    (error: Error) => error.message,
  );
  await client.end().catch(() => {});
  return refusal;
}

/** `SIGKILL` ends all processes at once; after `SIGQUIT` the parent ends its children first, also without a checkpoint. */
async function end(child: ChildProcess | undefined, signal: "SIGKILL" | "SIGQUIT"): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, "exit");
  if (signal === "SIGKILL") {
    // Stopped first, so that it starts no child between the list and the kill.
    child.kill("SIGSTOP");
    signalAll(child, signal);
  } else {
    child.kill(signal);
  }
  await exited;
}

function signalAll(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (!isRunning(child)) return;
  for (const pid of [child.pid, ...childrenOf(child.pid)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // A child may have ended.
    }
  }
}

const isRunning = (child: ChildProcess | undefined): child is ChildProcess & { pid: number } =>
  child?.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** Backends have process groups of their own. */
function childrenOf(pid: number): number[] {
  const list = existsSync("/proc/self")
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    : execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return list.split(/\s+/).filter(Boolean).map(Number);
}

/** The data folder of a server that has never run, which `initdb` takes a second to make: made once, and copied. */
async function ensureTemplate(): Promise<string> {
  const initdb = program("initdb");
  const version = execFileSync(initdb, ["--version"], { encoding: "utf8", env: environment() }).match(
    /\d[\w.]*/,
  )?.[0];
  const template = join(tmpdir(), `fracas-postgres-${version}-${userInfo().uid}-template`);
  if (existsSync(template)) return assertOwned(template);
  const folder = await mkdtemp(join(tmpdir(), "fracas-postgres-"));
  try {
    await giveToUser(folder);
    const [data, passwordFile] = [join(folder, "data"), join(folder, "password")];
    await writeFile(passwordFile, randomBytes(16).toString("hex"), { mode: 0o600 });
    await giveToUser(passwordFile);
    const options = "-D data -U fracas -E UTF8 --locale=C -A scram-sha-256 --pwfile=password --no-sync";
    execFileSync(initdb, options.split(" "), {
      env: environment(),
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      ...asUser,
    });
    await rename(passwordFile, join(data, "password"));
    await rename(data, template);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(template)) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return template;
}

/** Others can write to the system's temporary folder, and the server's configuration can name programs to run. */
async function assertOwned(path: string): Promise<string> {
  const { uid } = await stat(path);
  if (uid !== (asUser.uid ?? userInfo().uid)) throw new Error(`${path} belongs to another user: delete it`);
  return path;
}

async function giveToUser(path: string): Promise<void> {
  if (isRoot) await chown(path, NOBODY, NOBODY);
}

/** The path of a program of PostgreSQL's newest version here; unpacks Debian's package if there is none. */
function program(name: "initdb" | "postgres"): string {
  const found = findProgram(name);
  if (found) return found;
  unpackPackages(["postgresql"], UNPACKED, HOW_TO);
  const unpacked = findProgram(name);
  if (!unpacked) throw new Error(HOW_TO);
  return unpacked;
}

function findProgram(name: string): string | undefined {
  const folders = [process.env.POSTGRES_BIN, ...FOLDERS, join(UNPACKED, "usr/lib/postgresql/*/bin")];
  // A removed package may leave a link that leads nowhere.
  const found = folders.map(
    (folder) => folder && globSync(join(folder, name)).filter(existsSync).sort(byVersion).at(-1),
  );
  return found.find((path) => path);
}

const byVersion = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

const environment = () => ({
  PATH: process.env.PATH,
  LC_ALL: "C",
  ...(existsSync(UNPACKED) ? { LD_LIBRARY_PATH: unpackedLibraries(UNPACKED) } : {}),
});
