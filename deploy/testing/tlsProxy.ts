/** Runs nginx and Caddy with the files of deploy/, and TLS, in front of a server, and reloads them. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { freePort } from "#server/testing/freePort.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { ensureProgram } from "./programs.ts";

/** Instead of nginx' 60 s: a game that is silent for longer than this loses its connection. The list of rooms pings every 10 s. */
export const IDLE_SEC = 12;

export interface TlsProxy {
  /** https://localhost:PORT */
  readonly url: string;
  /** Reads its configuration again, as an operator's reload does; resolves when the new one is used. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export type TlsProxyName = keyof typeof PROXIES;

const PROXIES = {
  nginx: openNginx,
  caddy: (port: number, server: number) => openCaddy(port, { server }),
};

/** Caddy with deploy/caddy/cluster.Caddyfile in front of two machines; resolves when it answers. */
export const startClusterProxy = (port: number, m1: number, m2: number): Promise<TlsProxy> =>
  supervise("caddy", port, () => openCaddy(port, { m1, m2 }));

/** Resolves when the proxy answers. `port`: its own. */
export const startTlsProxy = (name: TlsProxyName, port: number, serverPort: number): Promise<TlsProxy> =>
  supervise(name, port, () => PROXIES[name](port, serverPort));

async function supervise(name: string, port: number, open: () => Promise<Running>): Promise<TlsProxy> {
  const { child, reload, complaints } = await open();
  const kill = () => void child.kill("SIGTERM");
  process.once("exit", kill);
  const url = `https://localhost:${port}`;
  const answers = () =>
    getOver(`${url}/`).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${complaints()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    reload,
    async close() {
      process.off("exit", kill);
      const exited = once(child, "exit");
      // Its workers end with it.
      kill();
      await exited;
    },
  };
}

interface Running {
  child: ChildProcess;
  reload(): Promise<void>;
  /** Its output so far. */
  complaints(): string;
}

/** Starts nginx with a certificate that signs itself. */
async function openNginx(port: number, serverPort: number): Promise<Running> {
  const { path, environment } = ensureProgram("/usr/sbin/nginx", "nginx");
  const folder = temporaryFolder("nginx");
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const files = ["-nodes", "-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", ...curve, ...files, ...subject], { stdio: "ignore" });
  const site = readDeployed("nginx/fracas.conf")
    .replace("listen 80;", `listen 127.0.0.1:${await freePort()};`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace(/\/etc\/letsencrypt\/live\/[^/]+\/fullchain.pem/, certificate)
    .replace(/\/etc\/letsencrypt\/live\/[^/]+\/privkey.pem/, key)
    .replace("127.0.0.1:2567", `127.0.0.1:${serverPort}`)
    .replaceAll("_timeout 60s;", `_timeout ${IDLE_SEC}s;`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const main = `${user}\ndaemon off; worker_processes 1; pid ${folder}/pid; error_log stderr notice;`;
  const config = join(folder, "nginx.conf");
  writeFileSync(config, `${main}\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}}\n`);
  const child = spawn(path, ["-c", config, "-e", "stderr"], {
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const complaints = listen(child);
  const workers = () => complaints().match(/start worker process \d/g)?.length ?? 0;
  return {
    child,
    complaints,
    async reload() {
      const before = workers();
      child.kill("SIGHUP");
      while (workers() === before) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** Starts Caddy with a certificate of its own authority, as it does for localhost by itself. */
async function openCaddy(
  port: number,
  upstreams: { server: number } | { m1: number; m2: number },
): Promise<Running> {
  const { path, environment } = ensureProgram("/usr/bin/caddy", "caddy");
  const folder = temporaryFolder("caddy");
  const admin = `127.0.0.1:${await freePort()}`;
  const options = `{\nadmin ${admin}\nskip_install_trust\nlocal_certs\nauto_https disable_redirects\n}\n`;
  const config = join(folder, "Caddyfile");
  const isOne = "server" in upstreams;
  const file = readDeployed(isOne ? "caddy/Caddyfile" : "caddy/cluster.Caddyfile");
  const ports = isOne ? {} : upstreams;
  const site = Object.entries(ports)
    .reduce((text, [machine, at]) => text.replaceAll(`${machine}:2567`, `127.0.0.1:${at}`), file)
    // Debian's Caddy 2.6 does not know the line.
    .replace(/^\s*stream_close_delay .*\n/m, "");
  writeFileSync(config, options + site);
  const env = {
    ...environment,
    ...{ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    DOMAIN: `localhost:${port}`,
    ...(isOne && { UPSTREAM: `127.0.0.1:${upstreams.server}` }),
  };
  const words = ["--adapter", "caddyfile", "--config", config];
  const child = spawn(path, ["run", ...words], { env, stdio: ["ignore", "ignore", "pipe"] });
  return {
    child,
    complaints: listen(child),
    async reload() {
      // Forced, because the file is the same.
      const reloading = spawn(path, ["reload", "--force", "--address", admin, ...words], {
        env,
        stdio: "ignore",
      });
      const [code] = await once(reloading, "exit");
      if (code !== 0) throw new Error(`caddy reload ended with ${code}`);
    },
  };
}

const readDeployed = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

function listen({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.on("data", (chunk) => (text += chunk));
  return () => text;
}

/** The body of an answer with any status, whatever the certificate. Rejects while nobody listens. */
export function getOver(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
    });
    asked.once("error", reject);
    asked.end();
  });
}
