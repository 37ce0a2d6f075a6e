/** What browser tests stand on: a server in a process of its own, pages in a real Chromium, and pictures of them. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "./findChromium.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCREENSHOTS = `${ROOT}screenshots`;

/** So that none is kept in the checkout; players are known again when a test starts its server anew. */
const JWT_SECRET = randomBytes(32).toString("hex");

/** No display, no GPU, and no talk with the outside. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  // Pages that are not in front play on as well.
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), headless: true, args: CHROMIUM_FLAGS });

export interface ServerProcess {
  readonly url: string;
  /** SIGTERM, or another signal; resolves when the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** `npm start` without the build: PORT 0 is any free port. `settings` are environment variables. */
export async function startServer(port = 0, settings: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      JWT_SECRET,
      DRAIN_SECONDS: "1",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readAddress(child);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return gone;
    },
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the server's output is not piped");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /Fracas is open: (http:\S+?)"/.exec(line)?.[1];
    // The rest of the output must be read too, or the server stops when the pipe is full.
    if (address) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error("the server ended before it was open");
}

export interface PlayerPage {
  readonly page: Page;
  /** What the page wrote to the console as an error, and what it threw. */
  readonly errors: string[];
}

/** Small by default: without a GPU, a frame costs what its pixels cost. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport = { width: 640, height: 360 },
  device: BrowserContextOptions = {},
): Promise<PlayerPage> {
  const context = await browser.newContext({ ...device, viewport });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(url);
  return { page, errors };
}

/** Types a name and presses Play; resolves when the fight is on. */
export async function play({ page }: PlayerPage, name: string): Promise<void> {
  await page.getByRole("textbox").fill(name);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await waitForFight(page);
}

/** Steered, and with all that lies over the arena: before, a touch would meet the card that says "joining". */
export const waitForFight = (page: Page, timeout = 30_000) =>
  page.waitForFunction(
    () => window.fracas?.ownDrone() !== undefined && document.querySelector(".hud") !== null,
    undefined,
    { timeout },
  );

/** Into the folder that git ignores, to be looked at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}
