/** Pages play over wss:// through the proxies as deploy/ configures them, and stay through idle times, reloads and restarts. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectChromium } from "#client/e2e/chromium.ts";
import { drawCoarsely } from "#client/e2e/drawCoarsely.ts";
import { openPage, type PlayerPage, waitForFight } from "#client/e2e/harness.ts";
import { hostRoom } from "#client/e2e/hosted.ts";
import { type ServerProcess, startServer } from "#client/e2e/serverProcess.ts";
import { freePort } from "#server/testing/freePort.ts";
import { IDLE_SEC, startTlsProxy, type TlsProxy } from "./testing/tlsProxy.ts";

/**
 * Replaces the server on `port` while pages play; resolves to the one that serves from then on. A new way of it, such as
 * a deploy by SIGHUP, is one more row.
 */
const RESTARTS: [
  string,
  (server: ServerProcess, settings: NodeJS.ProcessEnv, port: number) => Promise<ServerProcess>,
][] = [
  [
    "a stop and a start",
    async (server, settings, port) => {
      await server.stop();
      return startServer(port, settings);
    },
  ],
];

describe.each(["nginx", "caddy"] as const)("%s, configured by deploy/", (name) => {
  let browser: Awaited<ReturnType<typeof connectChromium>>;
  let server: ServerProcess;
  let proxy: TlsProxy;
  let settings: NodeJS.ProcessEnv;
  let serverPort: number;
  let ann: PlayerPage;
  let browsing: PlayerPage;
  const sockets = new Map<Page, string[]>();

  const open = async () => {
    const player = await openPage(browser, "about:blank", undefined, { ignoreHTTPSErrors: true }, (context) =>
      context.addInitScript(drawCoarsely),
    );
    const opened: string[] = [];
    sockets.set(player.page, opened);
    player.page.on("websocket", (socket) => opened.push(socket.url()));
    await player.page.goto(proxy.url);
    return player;
  };
  const socketsOf = ({ page }: PlayerPage) => sockets.get(page) ?? [];
  const droneId = ({ page }: PlayerPage) => page.evaluate(() => window.fracas?.ownDrone()?.id);

  beforeAll(async () => {
    browser = await connectChromium(inject("chromium"));
    const port = await freePort();
    serverPort = await freePort();
    settings = {
      NODE_ENV: "production",
      PUBLIC_URL: `https://localhost:${port}`,
      TRUSTED_PROXIES: "127.0.0.1",
    };
    server = await startServer(serverPort, settings);
    proxy = await startTlsProxy(name, port, serverPort);
    [ann, browsing] = [await open(), await open()];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await proxy?.close();
  });

  test("[DEPLOY-50] a page plays over wss://, and keeps its one connection while nothing moves", async () => {
    await hostRoom(ann, "Ann");
    await browsing.page.getByRole("button", { name: "Browse rooms" }).click();
    await expect.poll(() => socketsOf(browsing).length).toBe(1);
    expect(socketsOf(ann)[0]).toMatch(/^wss:\/\/localhost:/);
    // Caddy lets a WebSocket idle for ever. nginx ends it after 60 s without a byte, here after IDLE_SEC.
    if (name === "nginx") await new Promise((resolve) => setTimeout(resolve, (IDLE_SEC + 3) * 1000));
    expect([socketsOf(ann).length, socketsOf(browsing).length]).toEqual([1, 1]);
    expect(await droneId(ann)).toBeDefined();
  });

  test("[DEPLOY-51] a reload of the proxy costs no seat: nginx keeps the connection, Caddy 2.6 has the page reconnect", async () => {
    const id = await droneId(ann);
    const room = ann.page.url();
    await proxy.reload();
    if (name === "caddy") await expect.poll(() => socketsOf(ann).length).toBe(2);
    await waitForFight(ann.page);
    await expect.poll(() => droneId(ann)).toBe(id);
    expect(ann.page.url()).toBe(room);
    expect(socketsOf(ann)).toHaveLength(name === "caddy" ? 2 : 1);
  });

  test.each(RESTARTS)(
    "[DEPLOY-52] after %s of the server the page plays again in its hosted room, without a hand on it",
    async (_how, restart) => {
      const room = ann.page.url();
      const before = socketsOf(ann).length;
      server = await restart(server, settings, serverPort);
      await expect.poll(() => socketsOf(ann).length).toBeGreaterThan(before);
      await waitForFight(ann.page);
      expect(ann.page.url()).toBe(room);
      const unexpected = (line: string) => !/WebSocket|Failed to load resource/.test(line);
      expect(ann.errors.filter(unexpected)).toEqual([]);
    },
  );
});
