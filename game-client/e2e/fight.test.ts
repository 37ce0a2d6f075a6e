import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import { seat, seatBystanders } from "./company.ts";
import { type PlayerPage, play, takePicture, waitForFight } from "./harness.ts";
import { hunt, placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const foundry = readArena("foundry");

const stage = setStage();

/** Until the end of the test. */
const placeBystanders = async (count: number) => {
  const company = await seatBystanders(stage.url, count);
  stage.undo(company.leave);
  return company.rooms;
};

const scoreOf = ({ page }: PlayerPage, name: string) =>
  page.evaluate((wanted) => window.fracas?.drones().find((drone) => drone.name === wanted)?.score, name);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Of a file of the build; what the build does not compress goes as it is. */
function gzippedBytes(path: string): number {
  const file = fileURLToPath(
    new URL(`../../dist/client${path === "/" ? "/index.html" : path}`, import.meta.url),
  );
  return statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size;
}

/** Where `name` is drawn on this page. */
const seenAt = ({ page }: PlayerPage, name: string) =>
  page.evaluate((wanted) => window.fracas?.drones().find((drone) => drone.name === wanted), name);

describe("two players", () => {
  test("[E2E-1] see each other move; one destroys the other, and both see the score", async () => {
    await placeBystanders(2);
    const [ann, bob] = [await stage.open(), await stage.open()];
    await play(ann, "Ann");
    await play(bob, "Bob");

    const moved = { Ann: false, Bob: false };
    const last: Partial<Record<"Ann" | "Bob", { x: number; y: number }>> = {};
    const watch = async (watcher: PlayerPage, name: "Ann" | "Bob") => {
      const seen = await seenAt(watcher, name);
      const before = last[name];
      if (seen && before && Math.hypot(seen.x - before.x, seen.y - before.y) > 2) moved[name] = true;
      if (seen) last[name] = seen;
    };

    const deadline = Date.now() + 90_000;
    while (((await scoreOf(ann, "Ann")) ?? 0) === 0) {
      const prey = await placeOf(bob.page);
      if (prey && prey.hp > 0) await hunt(ann.page, foundry, prey);
      await watch(bob, "Ann");
      await watch(ann, "Bob");
      // Bob dodges until Ann has seen it, then stands still.
      if (last.Bob && !moved.Bob) await bob.page.keyboard.press("KeyD", { delay: 150 });
      if (Date.now() > deadline) throw new Error("Ann did not get Bob within 90 s");
    }
    await takePicture(ann.page, "fight-won");
    await takePicture(bob.page, "fight-lost");
    await ann.page.mouse.up();

    expect(moved).toEqual({ Ann: true, Bob: true });
    await bob.page.getByRole("list", { name: "Latest kills" }).getByText("Ann").waitFor();
    for (const player of [ann, bob]) {
      const line = player.page.getByRole("table", { name: "Scores" }).getByRole("row", { name: /Ann/ });
      await expect.poll(() => line.textContent()).toMatch(/[1-9]\d*\s*$/);
      expect(player.errors).toEqual([]);
    }
  }, 120_000);
});

describe("one player", () => {
  test("[E2E-2] steers with keys and arrows, and prediction is never corrected", async () => {
    await placeBystanders(3);
    const ann = await stage.open();
    await play(ann, "Ann");
    const keys = [
      ["KeyD", "x", 1],
      ["ArrowLeft", "x", -1],
      ["KeyS", "y", 1],
      ["ArrowUp", "y", -1],
    ] as const;
    for (const [key, axis, sign] of keys) {
      const before = await placeOf(ann.page);
      await ann.page.keyboard.down(key);
      await expect
        .poll(async () => (((await placeOf(ann.page))?.[axis] ?? 0) - (before?.[axis] ?? 0)) * sign)
        .toBeGreaterThan(15);
      await ann.page.keyboard.up(key);
    }
    expect(await ann.page.evaluate(() => window.fracas?.corrections())).toMatchObject({ count: 0, maxPx: 0 });
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-3] a reload keeps the seat: same drone, and no title in between", async () => {
    const ann = await stage.open();
    await play(ann, "Ann");
    const before = await ann.page.evaluate(() => window.fracas?.ownDrone()?.id);
    await ann.page.reload();
    await waitForFight(ann.page);
    expect(await ann.page.evaluate(() => window.fracas?.ownDrone()?.id)).toBe(before);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-4] leaving goes back to the title, with the name remembered, and a reload stays there", async () => {
    const ann = await stage.open();
    await play(ann, "Ann B.");
    await ann.page.getByRole("button", { name: "Leave the arena" }).click();
    const field = ann.page.getByRole("textbox");
    await field.waitFor();
    await ann.page.reload();
    await expect.poll(() => field.inputValue()).toBe("Ann B.");
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-5] a name with markup is shown as text to others", async () => {
    const [ann, eve] = [await stage.open(), await stage.open()];
    await play(ann, "Ann");
    await play(eve, "<b>Eve</b>\u202E");
    const line = ann.page.getByRole("table", { name: "Scores" }).getByRole("row", { name: /<b>Eve<\/b>/ });
    await line.waitFor();
    expect(await line.locator("b").count()).toBe(0);
  });

  test("[E2E-14] what others write into their names is neither run nor hidden nor turned around", async () => {
    const hostile = ["<svg/onload=a()>", "\u202Ebats\u2066", "a\u200Bb\u200Dc\uFEFF", "\u0007<i>x</i>\u0000"];
    stage.undo((await seat(stage.url, hostile)).leave);
    const ann = await stage.open({ viewport: { width: 1280, height: 720 } });
    await play(ann, "Ann");
    const scores = ann.page.getByRole("table", { name: "Scores" });
    for (const shown of ["<svg/onload=a()>", "bats", "abc", "<i>x</i>"]) {
      await scores.getByText(shown, { exact: true }).waitFor();
    }
    expect(await scores.locator("i, svg[onload]").count()).toBe(0);
    expect(await scores.textContent()).not.toMatch(/[\p{Cf}\p{Cc}]/u);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-15] the first download is under 550 kB by gzip, less over the wire, and the game comes behind the title", async () => {
    const ann = await stage.open();
    await ann.page.waitForFunction(() => document.querySelector("canvas") !== null);
    const loaded = await ann.page.evaluate(() =>
      (performance.getEntries() as PerformanceResourceTiming[])
        .filter(({ entryType }) => entryType === "navigation" || entryType === "resource")
        .map(({ name, startTime, encodedBodySize }) => ({
          path: new URL(name).pathname,
          startTime,
          encodedBodySize,
        })),
    );
    const gzipped = loaded.map(({ path }) => gzippedBytes(path));
    expect(sumOf(gzipped)).toBeLessThan(550_000);
    expect(sumOf(loaded.map(({ encodedBodySize }) => encodedBodySize))).toBeLessThan(sumOf(gzipped));
    const game = loaded.find(({ path }) => path.includes("/game-"));
    expect(loaded.filter(({ startTime }) => startTime < (game?.startTime ?? 0)).length).toBeGreaterThan(2);
    console.log(`first download: ${sumOf(gzipped)} bytes by gzip`);
  });

  test.each([
    ["1280x720", { width: 1280, height: 720 }],
    ["390x844", { width: 390, height: 844 }],
  ])("[E2E-6] pictures of title and fight at %s are written to be looked at", async (size, viewport) => {
    const ann = await stage.open({ viewport });
    await ann.page.getByRole("textbox").waitFor();
    await ann.page.waitForFunction(() => document.querySelector("canvas") !== null);
    await takePicture(ann.page, `title-${size}`);
    await play(ann, "Ann");
    await takePicture(ann.page, `fight-${size}`);
    expect(ann.errors).toEqual([]);
  });
});

describe("a page that is not well", () => {
  test("[E2E-13] one whose game loads slowly joins once, however soon Play is pressed", async () => {
    const [watcher] = await placeBystanders(1);
    const ann = await stage.open();
    const seats = () => [...watcher.state.roster.values()].filter((seat) => seat.name === "Slow");
    await ann.page.route("**/assets/game-*.js", async (route) => {
      const response = await route.fetch();
      // Not before Play has led to a seat, and the tab holds its key.
      await ann.page.waitForFunction(() => sessionStorage.getItem("fracas.seat") !== null);
      await route.fulfill({ response });
    });
    const sockets: string[] = [];
    ann.page.on("websocket", (socket) => sockets.push(socket.url()));
    // The page's load event may wait for the game, which waits for Play.
    await ann.page.reload({ waitUntil: "commit" });
    await play(ann, "Slow");
    expect(seats()).toHaveLength(1);
    expect(sockets).toHaveLength(1);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-10] without storage it plays all the same", async () => {
    const ann = await stage.open();
    await ann.page.addInitScript(() => {
      for (const kind of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, kind, {
          get: () => {
            throw new DOMException("forbidden by a test", "SecurityError");
          },
        });
      }
    });
    await ann.page.reload();
    await play(ann, "Ann");
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-11] one that cannot have the map says so and does not stand in the arena", async () => {
    const [watcher] = await placeBystanders(1);
    const ann = await stage.open();
    await ann.page.route("**/api/maps/**", (route) =>
      route.fulfill({ status: 500, body: "spoiled by a test" }),
    );
    await ann.page.getByRole("textbox").fill("Nora");
    await ann.page.getByRole("button", { name: "Play", exact: true }).click();
    await ann.page.getByText("the server answered 500").first().waitFor();
    await expect
      .poll(() => [...watcher.state.roster.values()].some((seat) => seat.name === "Nora"))
      .toBe(false);
  });
});

describe("a server that goes away", () => {
  test("[E2E-7] none there: the page says so, and gets in when asked again later", async () => {
    const first = await stage.start();
    const ann = await stage.open({ url: first.url });
    await ann.page.getByRole("textbox").fill("Ann");
    await first.stop();
    await ann.page.getByRole("button", { name: "Play", exact: true }).click();
    const again = ann.page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await takePicture(ann.page, "unreachable");
    await stage.start(first);
    await again.click();
    await waitForFight(ann.page);
  });

  test.each([
    ["SIGTERM", "The server is away"],
    ["SIGKILL", "Connection lost"],
  ] as const)(
    "[E2E-8] restarted by %s in a fight, even after a refresh: the page says so and plays on under its name",
    async (signal, told) => {
      const first = await stage.start();
      const ann = await stage.open({ url: first.url });
      await play(ann, "Annabel");
      await ann.page.reload();
      await waitForFight(ann.page);
      const gone = first.stop(signal);
      if (signal === "SIGTERM") {
        await ann.page.getByText("The server restarts soon").first().waitFor();
        await takePicture(ann.page, "closing");
      }
      await gone;
      await ann.page.getByText(told).first().waitFor();
      await takePicture(ann.page, `gone-${signal}`);
      await stage.start(first);
      await ann.page.getByText(told).first().waitFor({ state: "hidden" });
      await expect.poll(() => ann.page.evaluate(() => window.fracas?.ownDrone()?.name)).toBe("Annabel");
    },
    60_000,
  );

  test("[E2E-12] leaving while the connection is lost goes back to the title, and stays there", async () => {
    const first = await stage.start();
    const ann = await stage.open({ url: first.url });
    await play(ann, "Ann");
    await first.stop("SIGKILL");
    await ann.page.getByText("Connection lost").first().waitFor();
    await ann.page.getByRole("button", { name: "Leave the arena" }).click();
    await ann.page.getByRole("textbox").waitFor();
    await stage.start(first);
    // The SDK's last try is within a second; the title must outlive it.
    await expect(waitForFight(ann.page, 3000)).rejects.toThrow(/Timeout/);
    expect(await ann.page.getByRole("textbox").isVisible()).toBe(true);
  });

  test("[E2E-9] a page older than the server is told to reload", async () => {
    const ann = await stage.open();
    await ann.page.route("**/matchmake/**", (route) => {
      const asked = route.request().postDataJSON() as object;
      return route.continue({ postData: JSON.stringify({ ...asked, protocol: 0 }) });
    });
    await ann.page.getByRole("textbox").fill("Ann");
    await ann.page.getByRole("button", { name: "Play", exact: true }).click();
    await ann.page.getByRole("button", { name: "Reload" }).waitFor();
  });
});
