/** The public arena in the browser: fighting, names, the first download, and servers that fail or go away. */
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Room } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import { findings } from "./axe.ts";
import { type Company, seat, seatAllBut, seatBystanders } from "./company.ts";
import { waitFrames } from "./devices.ts";
import { leave, type PlayerPage, play, SMALL_VIEWPORT, takePicture, waitForFight } from "./harness.ts";
import { expectMove, hunt, placeOf } from "./pilot.ts";
import type { ServerProcess } from "./serverProcess.ts";
import { setStage } from "./stage.ts";
import { longestGap, STALL_MS } from "./stall.ts";

const foundry = readArena("foundry");

const stage = setStage();

/** Keeps the bystanders until the end of the test. */
const keep = async (seated: Promise<Company>) => {
  const company = await seated;
  stage.undo(company.leave);
  return company.rooms;
};
const placeWatcher = async () => (await keep(seatBystanders(stage.url, 1)))[0];

/** A drone as this page shows it. */
const droneOf = ({ page }: PlayerPage, name: string) =>
  page.evaluate((wanted) => window.fracas?.drones().find((drone) => drone.name === wanted), name);

const ownId = ({ page }: PlayerPage) => page.evaluate(() => window.fracas?.ownDrone()?.id);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Size of a built file: compressed by gzip if the build has compressed it. */
function gzippedBytes(path: string): number {
  const file = fileURLToPath(
    new URL(`../../dist/client${path === "/" ? "/index.html" : path}`, import.meta.url),
  );
  return statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size;
}

/** The longest time, during `act`, without a frame of the page or without a patch for another client of the server. */
async function longestStallMs(page: Page, witness: Room, act: () => Promise<unknown>): Promise<number> {
  const patches = longestGap();
  witness.onStateChange(patches.note);
  const watch = await page.evaluateHandle(() => {
    const seen = { longestMs: 0, isOver: false };
    let lastMs = performance.now();
    const look = () => {
      seen.longestMs = Math.max(seen.longestMs, performance.now() - lastMs);
      lastMs = performance.now();
      if (!seen.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  await act();
  const patchMs = patches.longestMs();
  witness.onStateChange.remove(patches.note);
  const frameMs = await watch.evaluate((seen) => {
    seen.isOver = true;
    return seen.longestMs;
  });
  return Math.max(patchMs, frameMs);
}

describe("two players", () => {
  test("[E2E-1] see each other move; one destroys the other, and both see the score", async ({ signal }) => {
    await keep(seatAllBut(stage.url, 2));
    const [ann, bob] = [await stage.open(), await stage.open()];
    await play(ann, "Ann");
    await play(bob, "Bob");
    // From now on, because the line fades after a few seconds.
    const killIsShown = bob.page
      .getByRole("list", { name: "Latest kills" })
      .getByText("Ann")
      .first()
      .waitFor({ timeout: 0 })
      .then(
        () => true,
        () => false,
      );

    const moved = { Ann: false, Bob: false };
    const last: Partial<Record<"Ann" | "Bob", { x: number; y: number }>> = {};
    const watch = async (watcher: PlayerPage, name: "Ann" | "Bob") => {
      const seen = await droneOf(watcher, name);
      const before = last[name];
      if (seen && before && Math.hypot(seen.x - before.x, seen.y - before.y) > 2) moved[name] = true;
      if (seen) last[name] = seen;
    };

    while (((await droneOf(ann, "Ann"))?.score ?? 0) === 0) {
      signal.throwIfAborted();
      const prey = await placeOf(bob.page);
      if (prey && prey.hp > 0) await hunt(ann.page, foundry, prey);
      await watch(bob, "Ann");
      await watch(ann, "Bob");
      // Bob moves until Ann's page has shown it, then stands still.
      if (last.Bob && !moved.Bob) await bob.page.keyboard.press("KeyD", { delay: 150 });
    }
    await takePicture(ann.page, "fight-won");
    await takePicture(bob.page, "fight-lost");
    await ann.page.mouse.up();

    expect(moved).toEqual({ Ann: true, Bob: true });
    expect(await killIsShown).toBe(true);
    for (const player of [ann, bob]) {
      const line = player.page.getByRole("table", { name: "Scores" }).getByRole("row", { name: /Ann/ });
      await expect.poll(() => line.textContent()).toMatch(/[1-9]\d*\s*$/);
      expect(player.errors).toEqual([]);
    }
  });
});

/** One page, which each test takes over from the one before. */
describe("one player", () => {
  let ann: PlayerPage;
  beforeAll(async () => {
    ann = await stage.openForAll();
  });
  afterAll(() => ann.page.context().close());

  test("[E2E-15] the first download is at most 550 kB by gzip, less over the wire, and the game has a lower priority than the title", async () => {
    await ann.page.waitForFunction(() => document.querySelector("canvas") !== null);
    const loaded = await ann.page.evaluate(() =>
      (performance.getEntries() as PerformanceResourceTiming[])
        .filter(({ entryType }) => entryType === "navigation" || entryType === "resource")
        .filter(({ name }) => !new URL(name).pathname.startsWith("/api/"))
        .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, encodedBodySize })),
    );
    const gzipped = loaded.map(({ path }) => gzippedBytes(path));
    expect(sumOf(gzipped)).toBeLessThanOrEqual(550_000);
    expect(sumOf(loaded.map(({ encodedBodySize }) => encodedBodySize))).toBeLessThan(sumOf(gzipped));
    const game = ann.page.locator('link[rel="modulepreload"][href*="/game-"]');
    expect(await game.getAttribute("fetchpriority")).toBe("low");
    console.log(`first download: ${sumOf(gzipped)} bytes by gzip`);
  });

  const walkAround = async () => {
    for (const [key, x, y] of [
      ["KeyD", 1, 0],
      ["ArrowLeft", -1, 0],
      ["KeyS", 0, 1],
      ["ArrowUp", 0, -1],
    ] as const) {
      await expectMove(ann.page, x, y, () => ann.page.keyboard.down(key));
      await ann.page.keyboard.up(key);
    }
  };

  test("[E2E-2] steers with keys and arrows; unless page or server stall, prediction is never corrected", async ({
    signal,
  }) => {
    const [bystander] = await keep(seatAllBut(stage.url, 1));
    await play(ann, "Ann");
    const corrections = () => ann.page.evaluate(() => window.fracas?.corrections().count);
    let stalledMs: number;
    let corrected: number;
    do {
      signal.throwIfAborted();
      await expect.poll(() => ann.page.evaluate(() => window.fracas?.isInStep())).toBe(true);
      const before = (await corrections()) ?? 0;
      stalledMs = await longestStallMs(ann.page, bystander, walkAround);
      corrected = ((await corrections()) ?? 0) - before;
    } while (corrected > 0 && stalledMs > STALL_MS);
    const sizes = await ann.page.evaluate(() => JSON.stringify(window.fracas?.corrections()));
    expect(corrected, `of all corrections ${sizes}, longest stall ${stalledMs} ms`).toBe(0);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-3] a reload keeps the seat: same drone, and no title in between", async () => {
    const before = await ownId(ann);
    await ann.page.reload();
    await waitForFight(ann.page);
    expect(await ownId(ann)).toBe(before);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-14] markup and invisible characters in others' names are shown as text or removed, and never run", async () => {
    const hostile = [
      "<svg/onload=a()>",
      "<b>Eve</b>\u202E",
      "\u202Ebats\u2066",
      "a\u200Bb\u200Dc\uFEFF",
      "\u0007<i>x</i>\u0000",
    ];
    stage.undo((await seat(stage.url, hostile)).leave);
    // The score list of a small window is short.
    await ann.page.setViewportSize({ width: 1280, height: 720 });
    const scores = ann.page.getByRole("table", { name: "Scores" });
    for (const shown of ["<svg/onload=a()>", "<b>Eve</b>", "bats", "abc", "<i>x</i>"]) {
      await scores.getByText(shown, { exact: true }).waitFor();
    }
    expect(await scores.locator("b, i, svg[onload]").count()).toBe(0);
    expect(await scores.textContent()).not.toMatch(/[\p{Cf}\p{Cc}]/u);
    await ann.page.setViewportSize(SMALL_VIEWPORT);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-4] leaving goes back to the title, with the name remembered, and a reload stays there", async () => {
    await leave(ann);
    await play(ann, "Ann B.");
    await leave(ann);
    const field = ann.page.getByRole("textbox");
    await ann.page.reload();
    await expect.poll(() => field.inputValue()).toBe("Ann B.");
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-13] a page whose game loads slowly takes its seat when it can show it, and joins once, however soon Play is pressed", async () => {
    const watcher = await placeWatcher();
    const seats = () => [...watcher.state.roster.values()].filter(({ name }) => name === "Slow");
    const requests: string[] = [];
    ann.page.on("request", (request) => requests.push(request.url()));
    let askedBefore: string[] = [];
    await ann.page.route("**/assets/game-*.js", async (route) => {
      const response = await route.fetch();
      await ann.page.getByText("Joining the arena").first().waitFor();
      // Enough for a page that does not wait to ask for a seat.
      await waitFrames(ann.page, 30);
      askedBefore = requests.filter((url) => url.includes("/matchmake/"));
      await route.fulfill({ response });
    });
    const sockets: string[] = [];
    ann.page.on("websocket", (socket) => sockets.push(socket.url()));
    // The page's load event may wait for the game, which waits for Play.
    await ann.page.reload({ waitUntil: "commit" });
    await play(ann, "Slow");
    expect(askedBefore).toEqual([]);
    expect(seats()).toHaveLength(1);
    expect(sockets).toHaveLength(1);
    expect(ann.errors).toEqual([]);
  });
});

test("[E2E-19] with forced colours health keeps its colour, and in a window of 400 × 225 px head, score list, kill feed, buttons and health do not overlap", async () => {
  const ann = await stage.open({
    viewport: { width: 400, height: 225 },
    device: { forcedColors: "active" },
  });
  await play(ann, "Ann");
  const { page } = ann;
  const look = () =>
    page.evaluate(() => {
      const of = (selector: string) => document.querySelector(selector) ?? document.body;
      const box = (selector: string) => of(selector).getBoundingClientRect();
      const head = box(".match-bar");
      return {
        healthHasColour: getComputedStyle(of(".health-left")).backgroundImage.includes("gradient"),
        isHeadBesideScores: head.right <= box(".scores").left,
        isFeedBelowHead: head.bottom <= box(".feed").top,
        areButtonsBesideHealth: box(".hud-buttons").right <= box(".health").left,
      };
    });
  // The health bar is not shown while the drone is destroyed.
  await expect.poll(look).toEqual({
    healthHasColour: true,
    isHeadBesideScores: true,
    isFeedBelowHead: true,
    areButtonsBesideHealth: true,
  });
});

describe("a page with a fault", () => {
  test("[E2E-10] without storage it plays all the same", async () => {
    const ann = await stage.open({
      prepare: (context) =>
        context.addInitScript(() => {
          for (const kind of ["localStorage", "sessionStorage"]) {
            Object.defineProperty(window, kind, {
              get: () => {
                throw new DOMException("forbidden by a test", "SecurityError");
              },
            });
          }
        }),
    });
    await play(ann, "Ann");
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-11] without the map it says so, names the cause in the console, and gives the seat back", async () => {
    const watcher = await placeWatcher();
    const { page } = await stage.open();
    await page.route("**/api/maps/**", (route) => route.fulfill({ status: 500, body: "spoiled by a test" }));
    const cause = page.waitForEvent("console", (message) => message.text().includes("answered 500"));
    await page.getByRole("textbox").fill("Nora");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByRole("heading", { name: "Cannot reach the server" }).waitFor();
    await cause;
    await expect
      .poll(() => [...watcher.state.roster.values()].some(({ name }) => name === "Nora"))
      .toBe(false);
  });

  const pressPlay = async (page: Page, name: string) => {
    await page.getByRole("textbox").fill(name);
    await page.getByRole("button", { name: "Play", exact: true }).click();
  };
  const reload = (page: Page) => page.getByRole("button", { name: "Reload" }).first().click();

  test("[E2E-16] without its game it says so, takes no seat, and plays after a reload, though the request for a map stalls; without the server it does not reload", async () => {
    const watcher = await placeWatcher();
    const { page } = await stage.open({
      prepare: (context) => context.route("**/assets/game-*.js", (route) => route.abort()),
    });
    await page.getByRole("alert").getByText("A part of the page is missing").waitFor();
    await takePicture(page, "part-missing");
    await pressPlay(page, "Nora");
    await page.getByRole("heading", { name: "A part of the page is missing" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.context().setOffline(true);
    await reload(page);
    await page.getByRole("status").getByText("The server does not answer").waitFor();
    await takePicture(page, "not-loaded");
    await page.context().setOffline(false);
    expect([...watcher.state.roster.values()].some(({ name }) => name === "Nora")).toBe(false);
    await page.context().unroute("**/assets/game-*.js");
    let maps = 0;
    await page.route("**/api/maps/*", (route) => (maps++ > 0 ? route.continue() : undefined));
    await reload(page);
    await waitForFight(page);
    expect(await page.evaluate(() => window.fracas?.ownDrone()?.name)).toBe("Nora");
  });

  test("[E2E-17] without WebGL it says so, and takes no seat", async () => {
    const watcher = await placeWatcher();
    const { page } = await stage.open({
      prepare: (context) =>
        context.addInitScript(() => {
          const { getContext } = HTMLCanvasElement.prototype;
          HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
            return kind.includes("webgl") ? null : getContext.call(this, kind as "2d");
          } as typeof getContext;
        }),
    });
    await pressPlay(page, "Olga");
    await page.getByRole("heading", { name: "This browser cannot draw the arena" }).waitFor();
    await takePicture(page, "no-webgl");
    expect(await findings(page)).toEqual([]);
    expect([...watcher.state.roster.values()].some(({ name }) => name === "Olga")).toBe(false);
  });

  const loseContext = (page: Page) =>
    page.evaluateHandle(() => {
      const context = document.querySelector("canvas")?.getContext("webgl");
      const loss = context?.getExtension("WEBGL_lose_context");
      loss?.loseContext();
      return loss;
    });

  test("[E2E-18] whose picture is lost and restored goes on; if it is not restored, the page says so and leaves, and a reload returns to the seat", async () => {
    const watcher = await placeWatcher();
    const nora = await stage.open({ viewport: { width: 1280, height: 720 }, isSharp: true });
    const { page } = nora;
    await play(nora, "Nora");
    const id = await ownId(nora);
    const isThere = () => watcher.state.roster.get(id ?? "")?.connected;
    await takePicture(page, "picture-before");
    const loss = await loseContext(page);
    await loss.evaluate((extension) => extension?.restoreContext());
    await waitFrames(page, 20);
    await takePicture(page, "picture-restored");
    expect(isThere()).toBe(true);

    await loseContext(page);
    await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
    await takePicture(page, "picture-lost");
    await expect.poll(isThere).toBe(false);
    await reload(page);
    await waitForFight(page);
    expect(await ownId(nora)).toBe(id);
  });

  test("[E2E-9] older than the server it offers to reload, and axe finds nothing serious there", async () => {
    const { page } = await stage.open();
    await page.route("**/matchmake/**", (route) => {
      const body = route.request().postDataJSON() as object;
      return route.continue({ postData: JSON.stringify({ ...body, protocol: 0 }) });
    });
    await page.getByRole("textbox").fill("Ann");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByRole("button", { name: "Reload" }).waitFor();
    expect(await findings(page)).toEqual([]);
  });
});

/** One page, whose server stops and starts again on the same port. */
describe("a server that goes away", () => {
  let server: ServerProcess;
  let ann: PlayerPage;
  beforeAll(async () => {
    // Long enough for a slow page to show the notice.
    server = await stage.start({ settings: { DRAIN_SECONDS: "6" } });
    ann = await stage.openForAll({ url: server.url });
    await play(ann, "Annabel");
  });
  afterAll(() => ann.page.context().close());

  const restart = async () => {
    server = await stage.start({ like: server });
  };

  test.each([
    ["SIGTERM", "The server is not responding"],
    ["SIGKILL", "Connection lost"],
  ] as const)(
    "[E2E-8] restarted by %s in a fight, after a refresh: the page says so, axe finds nothing serious, and the player is back under the same name",
    async (signal, message) => {
      const { page } = ann;
      await page.reload();
      await waitForFight(page);
      const stopped = server.stop(signal);
      if (signal === "SIGTERM") {
        await page.getByText("The server restarts soon").first().waitFor();
        await takePicture(page, "closing");
      }
      await stopped;
      await page.getByText(message).first().waitFor();
      await takePicture(page, `gone-${signal}`);
      expect(await findings(page)).toEqual([]);
      await restart();
      await page.getByText(message).first().waitFor({ state: "hidden" });
      await expect.poll(() => page.evaluate(() => window.fracas?.ownDrone()?.name)).toBe("Annabel");
    },
  );

  test("[E2E-12] leaving while the connection is lost goes back to the title, and stays there", async () => {
    const { page } = ann;
    await server.stop("SIGKILL");
    await page.getByText("Connection lost").first().waitFor();
    await leave(ann);
    await restart();
    // The SDK's last attempt follows within a second; 60 frames take the page at least 3 s.
    await waitFrames(page, 60);
    expect(await page.evaluate(() => window.fracas)).toBeUndefined();
    expect(await page.getByRole("textbox").isVisible()).toBe(true);
  });

  test("[E2E-7] out of reach: the page says so, axe finds nothing serious, and trying again later leads into the fight", async () => {
    const { page } = ann;
    await page.getByRole("textbox").fill("Ann");
    await server.stop();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await takePicture(page, "unreachable");
    expect(await findings(page)).toEqual([]);
    await restart();
    await again.click();
    await waitForFight(page);
  });
});
