/** What the browser tests of one file share: a server, a connection to the Chromium, and pages that close by themselves. */
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { connectChromium } from "./chromium.ts";
import { drawCoarsely } from "./drawCoarsely.ts";
import { openPage, type PlayerPage } from "./harness.ts";
import { type ServerProcess, startServer } from "./serverProcess.ts";

export interface Stage {
  /** The server's address, without a path. */
  readonly url: string;
  /** Id of the server's main process. */
  readonly pid: number;
  /** Opens a page that closes after the test; resolves when its first screen is up. */
  open(how?: PageOptions): Promise<PlayerPage>;
  /** Opens a page that later tests of the file use as well. */
  openForAll(how?: PageOptions): Promise<PlayerPage>;
  /** Starts another server, which stops after the last test. */
  start(how?: ServerOptions): Promise<ServerProcess>;
  /** Runs after the test, the newest first. */
  undo(undo: () => Promise<unknown>): void;
}

export interface ServerOptions {
  /** A server that has stopped, whose port the new one takes. */
  readonly like?: ServerProcess;
  /** Environment variables. */
  readonly settings?: NodeJS.ProcessEnv;
}

export interface PageOptions {
  /** The server's title by default. */
  url?: string;
  viewport?: { width: number; height: number } | undefined;
  device?: BrowserContextOptions;
  /** Draws every frame in the screen's own resolution: for pictures and tests that look at pixels. */
  isSharp?: boolean;
  /** Runs before the page loads. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** For `device`: a phone, which has touch and no mouse. */
export const PHONE: BrowserContextOptions = { hasTouch: true, isMobile: true };

/** Call it once in a file, outside of its tests. `settings` are the server's environment variables. */
export function setStage(settings: NodeJS.ProcessEnv = {}): Stage {
  let browser: Browser;
  let server: ServerProcess;
  const others: ServerProcess[] = [];
  const undoing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([connectChromium(inject("chromium")), startServer(0, settings)]);
  });
  afterEach(async () => {
    for (const undo of undoing.splice(0).reverse()) await undo();
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([server, ...others].map((each) => each.stop()));
  });

  const openForAll = async ({ url = server.url, viewport, device, isSharp, prepare }: PageOptions = {}) => {
    const player = await openPage(browser, url, viewport, device, async (context) => {
      if (!isSharp) await context.addInitScript(drawCoarsely, undefined);
      await prepare?.(context);
    });
    await player.page.locator("main button").first().waitFor();
    return player;
  };
  return {
    get url() {
      return server.url;
    },
    get pid() {
      return server.pid;
    },
    openForAll,
    async open(how) {
      const player = await openForAll(how);
      undoing.push(() => player.page.context().close());
      return player;
    },
    async start({ like, settings } = {}) {
      const other = await startServer(like ? Number(new URL(like.url).port) : 0, settings);
      others.push(other);
      return other;
    },
    undo: (undo) => void undoing.push(undo),
  };
}
