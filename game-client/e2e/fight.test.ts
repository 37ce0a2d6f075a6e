import { readFileSync } from "node:fs";
import { Client, type Room } from "@colyseus/sdk";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseArena } from "#shared/arena/parseArena.ts";
import { ROOM } from "#shared/protocol/names.ts";
import {
  launchChromium,
  openPage,
  type PlayerPage,
  play,
  type ServerProcess,
  startServer,
  takePicture,
  waitForFight,
} from "./harness.ts";
import { hunt, placeOf } from "./pilot.ts";

const foundry = parseArena(
  JSON.parse(readFileSync(new URL("../../shared/arena/maps/foundry.tmj", import.meta.url), "utf8")),
  "foundry",
);

let browser: Browser;
let server: ServerProcess;
const opened: PlayerPage[] = [];

const open = async (url = server.url, viewport?: { width: number; height: number }) => {
  const player = await openPage(browser, url, viewport);
  opened.push(player);
  return player;
};

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const scoreOf = ({ page }: PlayerPage, name: string) =>
  page.evaluate((wanted) => window.fracas?.drones().find((drone) => drone.name === wanted)?.score, name);

describe("two players", () => {
  test("[E2E-1] see each other move; one destroys the other, and both see the score", async () => {
    // Two bystanders, so that no bot disturbs the fight.
    const bystanders: Room[] = [];
    for (let i = 0; i < 2; i++) {
      const bystander = await new Client(server.url).joinOrCreate(ROOM.arena, { name: `Idle ${i}` });
      bystander.onMessage("*", () => {});
      bystanders.push(bystander);
    }
    const [ann, bob] = [await open(), await open()];
    await play(ann, "Ann");
    await play(bob, "Bob");

    let seenMoving = false;
    const deadline = Date.now() + 90_000;
    for (;;) {
      const prey = await placeOf(bob.page);
      if (prey && prey.hp > 0) await hunt(ann.page, foundry, prey);
      seenMoving ||= await bobSeesAnnMove(bob);
      if (((await scoreOf(ann, "Ann")) ?? 0) > 0) break;
      if (Date.now() > deadline) throw new Error("Ann did not get Bob within 90 s");
    }
    await takePicture(ann.page, "fight-won");
    await takePicture(bob.page, "fight-lost");
    expect(seenMoving).toBe(true);
    await bob.page.getByRole("list", { name: "Latest kills" }).getByText("Ann").waitFor();
    await ann.page.mouse.up();

    for (const player of [ann, bob]) {
      const line = player.page.getByRole("table", { name: "Scores" }).getByRole("row", { name: /Ann/ });
      await expect.poll(() => line.textContent()).toMatch(/[1-9]\d*\s*$/);
      expect(player.errors).toEqual([]);
    }
    await Promise.all(bystanders.map((room) => room.leave()));
  }, 120_000);

  let lastSeen: { x: number; y: number } | undefined;
  /** Between two looks, Ann was drawn at another place on Bob's page. */
  async function bobSeesAnnMove({ page }: PlayerPage): Promise<boolean> {
    const seen = await page.evaluate(() => window.fracas?.drones().find(({ name }) => name === "Ann"));
    const moved =
      seen !== undefined &&
      lastSeen !== undefined &&
      Math.hypot(seen.x - lastSeen.x, seen.y - lastSeen.y) > 2;
    lastSeen = seen;
    return moved;
  }
});

describe("one player", () => {
  test("[E2E-2] steers with keys and arrows, and prediction is never corrected", async () => {
    const ann = await open();
    await play(ann, "Ann");
    const start = await placeOf(ann.page);
    for (const key of ["KeyD", "ArrowDown", "KeyA", "ArrowUp"]) {
      await ann.page.keyboard.down(key);
      const before = await placeOf(ann.page);
      await expect
        .poll(async () => {
          const now = await placeOf(ann.page);
          // A wall in the way is as good an answer as movement: the key was heard.
          return now && before && (now.hp === 0 || Math.hypot(now.x - before.x, now.y - before.y) > 20);
        })
        .toBe(true)
        .catch(() => {});
      await ann.page.keyboard.up(key);
    }
    const end = await placeOf(ann.page);
    expect(end && start && Math.hypot(end.x - start.x, end.y - start.y)).not.toBe(0);
    expect(await ann.page.evaluate(() => window.fracas?.corrections())).toEqual({ count: 0, maxPx: 0 });
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-3] a reload keeps the seat: same drone, and no title in between", async () => {
    const ann = await open();
    await play(ann, "Ann");
    const before = await ann.page.evaluate(() => window.fracas?.ownDrone()?.id);
    await ann.page.reload();
    await waitForFight(ann.page);
    expect(await ann.page.evaluate(() => window.fracas?.ownDrone()?.id)).toBe(before);
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-4] leaving goes back to the title, with the name remembered, and a reload stays there", async () => {
    const ann = await open();
    await play(ann, "Ann B.");
    await ann.page.getByRole("button", { name: "Leave the arena" }).click();
    const field = ann.page.getByRole("textbox");
    await field.waitFor();
    await ann.page.reload();
    await expect.poll(() => field.inputValue()).toBe("Ann B.");
    expect(ann.errors).toEqual([]);
  });

  test("[E2E-5] a name with markup is shown as text to others", async () => {
    const [ann, eve] = [await open(), await open()];
    await play(ann, "Ann");
    await play(eve, "<b>Eve</b>\u202E");
    const line = ann.page.getByRole("table", { name: "Scores" }).getByRole("row", { name: /<b>Eve<\/b>/ });
    await line.waitFor();
    expect(await line.locator("b").count()).toBe(0);
  });

  test.each([
    ["1280x720", { width: 1280, height: 720 }],
    ["390x844", { width: 390, height: 844 }],
  ])("[E2E-6] pictures of title and fight at %s are written to be looked at", async (size, viewport) => {
    const ann = await open(server.url, viewport);
    await ann.page.getByRole("textbox").waitFor();
    await ann.page.waitForFunction(() => document.querySelector("canvas") !== null);
    await takePicture(ann.page, `title-${size}`);
    await play(ann, "Ann");
    await takePicture(ann.page, `fight-${size}`);
    expect(ann.errors).toEqual([]);
  });
});

describe("a server that goes away", () => {
  test("[E2E-7] none there: the page says so, and gets in when asked again later", async () => {
    const first = await startServer();
    const ann = await open(first.url);
    await ann.page.getByRole("textbox").fill("Ann");
    await first.stop();
    await ann.page.getByRole("button", { name: "Play", exact: true }).click();
    const again = ann.page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await takePicture(ann.page, "unreachable");
    const second = await startServer(Number(new URL(first.url).port));
    await again.click();
    await waitForFight(ann.page);
    await ann.page.context().close();
    await second.stop();
  });

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "[E2E-8] restarted by %s in a fight: the page says so and plays on by itself",
    async (signal) => {
      const first = await startServer();
      const ann = await open(first.url);
      await play(ann, "Ann");
      await first.stop(signal);
      const told = signal === "SIGTERM" ? "The server is restarting" : "Connection lost";
      await ann.page.getByText(told).first().waitFor();
      await takePicture(ann.page, `gone-${signal}`);
      const second = await startServer(Number(new URL(first.url).port));
      await ann.page.getByText(told).first().waitFor({ state: "hidden" });
      await waitForFight(ann.page);
      await ann.page.context().close();
      await second.stop();
    },
    60_000,
  );

  test("[E2E-9] a page older than the server is told to reload", async () => {
    const ann = await open();
    await ann.page.route("**/matchmake/**", (route) => {
      const asked = route.request().postDataJSON() as object;
      return route.continue({ postData: JSON.stringify({ ...asked, protocol: 0 }) });
    });
    await ann.page.getByRole("textbox").fill("Ann");
    await ann.page.getByRole("button", { name: "Play", exact: true }).click();
    await ann.page.getByRole("button", { name: "Reload" }).waitFor();
  });
});
