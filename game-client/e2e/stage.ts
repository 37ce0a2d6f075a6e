/** What the browser tests of one file stand on: a server and a browser for all of them, and pages that close after each. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium, openPage, type PlayerPage, type ServerProcess, startServer } from "./harness.ts";

export interface Stage {
  readonly url: string;
  readonly browser: Browser;
  /** The server's page, or `url`, with its first screen up. */
  open(how?: PageOptions): Promise<PlayerPage>;
  /** The same, and it stays open until the last test of the file. */
  openForAll(how?: PageOptions): Promise<PlayerPage>;
  /** Small, with touch and without a mouse. */
  openPhone(viewport: PageOptions["viewport"], url?: string): Promise<PlayerPage>;
  /** Another server, which ends after the test; the second of a pair takes the first one's port. */
  start(like?: ServerProcess): Promise<ServerProcess>;
  /** Called after the test, the newest first. */
  undo(undo: () => Promise<unknown>): void;
}

export interface PageOptions {
  url?: string;
  viewport?: { width: number; height: number } | undefined;
  device?: BrowserContextOptions;
}

/** Call it once in a file, outside of its tests. `settings` are the server's environment variables. */
export function setStage(settings: NodeJS.ProcessEnv = {}): Stage {
  let browser: Browser;
  let server: ServerProcess;
  const undoing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startServer(0, settings)]);
  });
  afterEach(async () => {
    for (const undo of undoing.splice(0).reverse()) await undo();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const openForAll = async ({ url = server.url, viewport, device }: PageOptions = {}) => {
    const player = await openPage(browser, url, viewport, device);
    await player.page.locator("main button").first().waitFor();
    return player;
  };
  const open = async (how?: PageOptions) => {
    const player = await openForAll(how);
    undoing.push(() => player.page.context().close());
    return player;
  };
  return {
    get url() {
      return server.url;
    },
    get browser() {
      return browser;
    },
    open,
    openForAll,
    openPhone: (viewport, url = server.url) =>
      open({ url, viewport, device: { hasTouch: true, isMobile: true } }),
    async start(like) {
      const own = await startServer(like ? Number(new URL(like.url).port) : 0);
      undoing.push(() => own.stop());
      return own;
    },
    undo: (undo) => void undoing.push(undo),
  };
}
