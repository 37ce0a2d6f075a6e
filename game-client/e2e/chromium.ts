/** The Chromium of the browser tests: finds or installs it, starts it, and connects a test file to it. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserServer, chromium } from "playwright-core";
import { installPackage } from "#shared/testing/debian.ts";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const REMEDY =
  "The browser tests need Chromium. Install it (on Debian: apt-get install chromium) " +
  "or set CHROMIUM_PATH to its executable.";

/** For a machine without display and GPU; Chromium's own background traffic is off. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  // Several pages play at once, and all but one are in the background.
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
];

/** A Chromium of the caller's own, without a window. */
export const launchChromium = (): Promise<Browser> => chromium.launch(launchOptions());

/** A Chromium that other processes of this machine connect to by `wsEndpoint()`. */
export const serveChromium = (): Promise<BrowserServer> =>
  chromium.launchServer({ ...launchOptions(), host: "127.0.0.1" });

/** Contexts that were made through this connection close with it; the Chromium goes on. */
export const connectChromium = (wsEndpoint: string): Promise<Browser> => chromium.connect(wsEndpoint);

const launchOptions = () => ({ executablePath: findChromium(), headless: true, args: CHROMIUM_FLAGS });

const isThere = (place: string | undefined) => place !== undefined && existsSync(place);

function findChromium(): string {
  const found = PLACES.find(isThere);
  if (!found) throw new Error(REMEDY);
  return found;
}

/** Installs Debian's package if there is no Chromium. Throws an error that says what to install if it cannot. */
export function ensureChromium(): void {
  if (PLACES.some(isThere)) return;
  installPackage("chromium", REMEDY);
  findChromium();
}
