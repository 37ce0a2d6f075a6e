import { execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Address, Guest } from "#server/testing/asking.ts";
import { until } from "#server/testing/bootServer.ts";
import { freePort } from "#server/testing/freePort.ts";
import { importsOf } from "#server/testing/suite/projects.ts";
import { buildImage, type Image, sizeOf } from "./testing/image.ts";

const MAX_MB = 250;
const ORIGIN = "https://fracas.example";
const METRICS_TOKEN = "m".repeat(16);
const { dependencies } = JSON.parse(
  readFileSync(fileURLToPath(new URL("../package.json", import.meta.url)), "utf8"),
) as { dependencies: Record<string, string> };
const run = promisify(execFile);

/** The image's server, by its CMD and as its USER. */
interface Container {
  readonly server: Address;
  readonly options: object;
  output(): string;
  stop(): Promise<number | null>;
}

async function startContainer(image: Image): Promise<Container> {
  const port = await freePort();
  const settings = {
    ...{ PORT: String(port), HOST: "127.0.0.1", PUBLIC_URL: ORIGIN, DRAIN_SECONDS: "0", METRICS_TOKEN },
    ...{ ADMIN_PASSWORD: "a".repeat(12), TRUSTED_PROXIES: "127.0.0.1", PROCESSES: "2" },
  };
  const options = { cwd: image.folder, env: { ...image.environment, ...settings }, ...image.user };
  const [program = "", ...words] = image.command;
  const child = spawn(program, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  process.once("exit", () => child.kill("SIGKILL"));
  await until(
    "the image's server is open",
    () => /Fracas is open/.test(output) || child.exitCode !== null,
    60_000,
  );
  if (child.exitCode !== null) throw new Error(`the image's server ended: ${output}`);
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { server: { url: `http://127.0.0.1:${port}`, port }, options, output: () => output, stop };
}

describe("deploy/Dockerfile, its lines run in empty folders", () => {
  let image: Image;
  let container: Container;
  beforeAll(async () => {
    image = buildImage();
    container = await startContainer(image);
  }, 300_000);
  afterAll(async () => {
    await container?.stop();
    if (image) rmSync(image.folder, { recursive: true, force: true });
  });

  test("[DEPLOY-1] the image has at most 250 MB of files, neither build tools nor a second Node nor tests", () => {
    expect(sizeOf(image.folder) / 1e6).toBeLessThan(MAX_MB);
    const packages = readdirSync(join(image.folder, "node_modules"));
    for (const name of ["node", "phaser", "vite", "vitest", "playwright-core", "uplot", "preact"])
      expect(packages).not.toContain(name);
    const files = readdirSync(image.folder, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => !file.startsWith("node_modules") && /\.test\.|testing/.test(file))).toEqual(
      [],
    );
  });

  test("[DEPLOY-2] its server runs as another user, writes to data only, and the health check sees it", async () => {
    const { user, folder, healthCheck } = image;
    const [program = "", ...words] = healthCheck;
    await run(program, words, container.options);
    await expect(
      run(program, words, { ...container.options, env: { ...image.environment, PORT: "1" } }),
    ).rejects.toThrow();
    expect(readdirSync(join(folder, "data"))).toContain("fracas.db");
    if (!user) return;
    const write = `for each in . dist server shared node_modules; do ! touch $each/written 2> /dev/null || exit 1; done`;
    await run("/bin/sh", ["-c", write], container.options);
    expect(existsSync(join(folder, "written"))).toBe(false);
  });

  test("[DEPLOY-3] it serves the page and a game, loads every package, and draws share images", async () => {
    const { server, options } = container;
    expect(await (await fetch(server.url)).text()).toContain("<title>Fracas</title>");
    const room = await new Guest(server, { origin: ORIGIN }).play();
    expect(room.state.drones.size).toBeGreaterThan(0);
    await room.leave();
    // In the image, where its packages are found.
    const script = join(image.folder, "data/insideImage.mjs");
    copyFileSync(new URL("testing/insideImage.js", import.meta.url), script);
    const { stdout } = await run("node", [script], options);
    expect(Number(/drawn (\d+)/.exec(stdout)?.[1])).toBeGreaterThan(10_000);
  });

  test("[DEPLOY-4] a backup can be made inside it, and SIGTERM ends it with 0", async () => {
    await run("npm", ["run", "store", "--", "backup"], container.options);
    expect(readdirSync(join(image.folder, "data/backups"))).toHaveLength(1);
    expect(await container.stop()).toBe(0);
    expect(container.output()).not.toMatch(/"level":[56]0/);
  });
});

describe("package.json", () => {
  test("[DEPLOY-5] its dependencies are what the server imports, and what only builds and tests need is none", () => {
    const entries = [
      "main.ts",
      "store/storeWorker.ts",
      "store/operating/cli.ts",
      "services/cards/cardWorker.ts",
      "cluster/processes/roomProcess.ts",
      "frontProcess.ts",
    ];
    const names = entries
      .flatMap((file) => [...importsOf(`server/${file}`)])
      .filter(isPackage)
      .map(packageOf);
    // Their files are read, and nothing of them is imported.
    const read = Object.keys(dependencies).filter((name) => /^@fontsource|^@colyseus\/monitor$/.test(name));
    expect(Object.keys(dependencies).toSorted()).toEqual([...new Set([...names, ...read])].toSorted());
  });
});

const isPackage = (name: string): boolean => !/^(node:|(server|shared|game-client)\/)/.test(name);
const packageOf = (name: string): string => name.split("/", name.startsWith("@") ? 2 : 1).join("/");
