/** Runs the proxies of docs/proxies.md in front of a test server, with the configuration that the page shows. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unpackedLibraries, unpackPackages } from "#shared/testing/debian.ts";
import { pidOf } from "#shared/testing/pidOf.ts";
import { until } from "./bootServer.ts";
import { freePort } from "./freePort.ts";

const PAGE = fileURLToPath(new URL("../../docs/proxies.md", import.meta.url));
/** Where programs are unpacked that the machine does not have. */
const UNPACKED = fileURLToPath(new URL("../../node_modules/.cache/proxies", import.meta.url));

interface Proxy {
  /** Where the program stands on a machine, and in its unpacked package. */
  readonly path: string;
  readonly words: (config: string) => string[];
  /** What the page's snippet needs to be a whole configuration for a test: other ports, no TLS, no files elsewhere. */
  readonly complete: (snippet: string, ports: Ports, folder: string) => string;
}

interface Ports {
  readonly server: number;
  readonly proxy: number;
}

const PROXIES = {
  nginx: {
    path: "/usr/sbin/nginx",
    words: (config) => ["-c", config, "-e", "stderr"],
    complete: (snippet, { proxy }, folder) => {
      const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      );
      const site = snippet.replace("listen 80;", `listen 127.0.0.1:${proxy};`);
      // Without a master, whose worker would outlive it when it is killed.
      const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;`;
      return `${main}\nevents {}\nhttp {\naccess_log off;\n${paths.join("\n")}\n${site}}\n`;
    },
  },
  caddy: {
    path: "/usr/bin/caddy",
    words: (config) => ["run", "--adapter", "caddyfile", "--config", config],
    complete: (snippet, { proxy }) =>
      `{\nadmin off\nauto_https off\n}\n${snippet.replace("fracas.example", `http://127.0.0.1:${proxy}`)}`,
  },
  haproxy: {
    path: "/usr/sbin/haproxy",
    words: (config) => ["-db", "-f", config],
    complete: (snippet, { proxy }) =>
      snippet.replace(/bind :443 .*/, `bind 127.0.0.1:${proxy}`).replace(" check", " check inter 100ms"),
  },
} as const satisfies Record<string, Proxy>;

export type ProxyName = keyof typeof PROXIES;
export const PROXY_NAMES = Object.keys(PROXIES) as ProxyName[];

export interface TestProxy {
  readonly url: string;
  readonly port: number;
  /** Id of the proxy's only process. */
  readonly pid: number;
  close(): Promise<void>;
}

/** Starts a proxy in front of the server on `serverPort`, and waits until it answers. */
export async function startProxy(name: ProxyName, serverPort: number): Promise<TestProxy> {
  const { path, words, complete }: Proxy = PROXIES[name];
  const program = ensureProgram(path);
  const folder = await mkdtemp(join(tmpdir(), "fracas-proxy-"));
  const ports = { server: serverPort, proxy: await freePort() };
  const snippet = snippetOf(name).replace("127.0.0.1:2567", `127.0.0.1:${serverPort}`);
  const config = join(folder, "config");
  await writeFile(config, complete(snippet, ports, folder));
  const env = { ...process.env, HOME: folder, LD_LIBRARY_PATH: unpackedLibraries(UNPACKED) };
  const child = spawn(program, words(config), { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${ports.proxy}`;
  const exited = once(child, "exit");
  const close = async () => {
    child.kill("SIGKILL");
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await isOpen(name, child, url);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, port: ports.proxy, pid: pidOf(child), close };
}

/** The code block of docs/proxies.md in the proxy's language. */
function snippetOf(name: ProxyName): string {
  const snippet = new RegExp(`\`\`\`${name}\n(.*?)\`\`\``, "s").exec(readFileSync(PAGE, "utf8"))?.[1];
  if (!snippet) throw new Error(`docs/proxies.md has no configuration of ${name}`);
  return snippet;
}

/** Waits until the proxy passes a request on to the server. */
async function isOpen(name: ProxyName, child: ChildProcess, url: string): Promise<void> {
  let complaints = "";
  child.stderr?.on("data", (chunk) => (complaints += chunk));
  let isAnswered = false;
  const ask = async () => {
    while (!isAnswered && child.exitCode === null) {
      isAnswered = await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  void ask();
  await until(`${name} answers`, () => isAnswered || child.exitCode !== null);
  if (!isAnswered) throw new Error(`${name} ended with ${child.exitCode}: ${complaints}`);
}

/** The machine's own program, or the one of Debian's package, unpacked and not installed: no service starts. */
function ensureProgram(path: string): string {
  if (existsSync(path)) return path;
  const unpacked = join(UNPACKED, path);
  if (!existsSync(unpacked)) {
    const remedy = `These tests need ${PROXY_NAMES.join(", ")}. Install them (on Debian: apt-get install).`;
    unpackPackages(PROXY_NAMES, UNPACKED, remedy);
  }
  return unpacked;
}
