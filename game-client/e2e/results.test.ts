/** The scoreboard, the results and the choice of maps, in real rooms full of bots. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { findings } from "./axe.ts";
import { waitFrames } from "./devices.ts";
import { type PlayerPage, takePicture } from "./harness.ts";
import { hosting, hostRoom, watchByLink } from "./hosted.ts";
import { type PageOptions, PHONE, setStage } from "./stage.ts";

const stage = setStage();

const WIDE = { width: 1280, height: 720 } as const;
const ACROSS = { width: 844, height: 390 } as const;
const UPRIGHT = { width: 390, height: 844 } as const;

const board = (page: Page) => page.getByRole("region", { name: "Scoreboard" });
const results = (page: Page) => page.locator(".results");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Hosts a room with these settings. */
async function host(settings: Partial<RoomSettings>, how: PageOptions = {}) {
  const player = await stage.open({ ...how, prepare: hosting(settings) });
  const link = await hostRoom(player, "Ann");
  return { ...player, link };
}

/** Hosts a room and starts its match. */
async function hostMatch(
  settings: Partial<RoomSettings>,
  how?: PageOptions,
): Promise<PlayerPage & { link: string }> {
  const player = await host(settings, how);
  await press(player.page, "Start the match");
  return player;
}

const setScale = (page: Page, scale: number) =>
  page.evaluate((to) => {
    for (const name of ["--hud-scale", "--text-scale"])
      document.documentElement.style.setProperty(name, String(to));
  }, scale);

/** Whether the element's box lies inside the window. */
async function isInWindow(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const { width, height } = page.viewportSize() ?? WIDE;
  if (!box) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
}

/** Waits until the board lists so many players. */
const waitForLines = (page: Page, count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll(".board tbody tr").length === wanted, count);

/** Lists the parts of the board that do not fit: rows outside of it or of the window, and figures that are cut off. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector(".board-columns")?.getBoundingClientRect() ?? new DOMRect();
    const isOut = ({ left, top, right, bottom }: DOMRect) =>
      left < 0 ||
      top < frame.top - 1 ||
      right > innerWidth ||
      bottom > frame.bottom + 1 ||
      bottom > innerHeight;
    const rows = [...document.querySelectorAll(".board tbody tr")];
    const figures = [...document.querySelectorAll<HTMLElement>(".board tbody td")];
    return [
      ...rows.filter((row) => isOut(row.getBoundingClientRect())).map((row) => row.textContent),
      ...figures.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
    ];
  });

/** Nobody reaches this in a test. */
const LONG = { scoreLimit: 500, timeLimitMin: 60 } as const;
/** The first kill decides. */
const SHORT = { scoreLimit: 1, map: "anvil", players: 4, bots: 3 } as const;

describe("the scoreboard", () => {
  test.each(["deathmatch", "kingOfTheHill"] as const)(
    "[SCOREBOARD-7] at 1280 × 720 it shows all of 32 players at once, at every size of text: %s",
    async (mode) => {
      const { page, errors } = await hostMatch({ ...LONG, mode, players: 32, bots: 31 }, { viewport: WIDE });
      await page.keyboard.down("Tab");
      await waitForLines(page, 32);
      for (const scale of [1.5, 1, 0.8]) {
        await setScale(page, scale);
        await waitFrames(page);
        await takePicture(page, `board-${mode}-${scale}`);
        expect(await misfits(page), `text size ${scale}`).toEqual([]);
        expect(await isInWindow(page, board(page))).toBe(true);
      }
      await board(page).getByRole("row", { name: /Ann/ }).waitFor();
      await page.keyboard.up("Tab");
      await board(page).waitFor({ state: "hidden" });
      await page.getByRole("table", { name: "Scores" }).waitFor();
      expect(errors).toEqual([]);
    },
  );

  test("[SCOREBOARD-8] on a phone a tap on the score list opens it; it scrolls with the player's own line in sight, and closes", async () => {
    const { page } = await host({ ...LONG, players: 32, bots: 31 }, { viewport: ACROSS, device: PHONE });
    // The clicks that hosted the room were a mouse's.
    await page.touchscreen.tap(ACROSS.width / 2, ACROSS.height / 2);
    for (const size of [ACROSS, UPRIGHT]) {
      await page.setViewportSize(size);
      await page.getByRole("button", { name: "Scoreboard" }).tap();
      await waitForLines(page, 32);
      await waitFrames(page);
      await takePicture(page, `board-phone-${size.width}`);
      // A row that a stylesheet hides has no box.
      const shown = await board(page)
        .locator("tbody tr")
        .evaluateAll((rows) => rows.filter((row) => row.getClientRects().length > 0).length);
      expect(shown).toBe(32);
      const columns = page.locator(".board-columns");
      expect(await columns.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
      for (const end of ["top", "bottom"]) {
        await columns.evaluate((element, to) => {
          element.scrollTop = to === "top" ? 0 : element.scrollHeight;
        }, end);
        expect(await isInWindow(page, board(page).getByRole("row", { name: /Ann/ })), end).toBe(true);
      }
      await page.getByRole("button", { name: "Close the scoreboard" }).tap();
      await board(page).waitFor({ state: "hidden" });
    }
  });
});

/** Stops the page's frames, and with them the scene that follows the room: what it shows stays, however slow the machine. */
const freeze = (page: Page) =>
  page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });

/** Takes pictures of the results in every size, and checks that they lie inside the window. */
async function checkSizes(page: Page, name: string): Promise<void> {
  for (const size of [WIDE, ACROSS, UPRIGHT]) {
    await page.setViewportSize(size);
    await takePicture(page, `${name}-${size.width}`);
    expect(await isInWindow(page, results(page)), String(size.width)).toBe(true);
    const last = results(page).getByRole("button").last();
    expect(await isInWindow(page, last), String(size.width)).toBe(true);
  }
}

describe("results", () => {
  test("[SHOWN-RESULT-1] players vote by tiles with pictures of the arenas, and read the scoreboard over the results", async () => {
    const { page, errors } = await hostMatch({ ...SHORT, vote: true }, { viewport: WIDE });
    const tiles = page.getByRole("group", { name: /What next/ }).getByRole("button");
    await tiles.nth(2).waitFor();
    await freeze(page);
    await expect.poll(() => tiles.locator("img").count()).toBe(3);
    const map = (await page.evaluate(() => window.fracas?.match().candidates[1]?.map)) ?? "";
    await tiles
      .nth(1)
      .getByText(map.charAt(0).toUpperCase() + map.slice(1), { exact: true })
      .waitFor();
    await tiles.nth(1).click();
    await expect.poll(() => tiles.nth(1).getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.down("Tab");
    await board(page).waitFor();
    expect(await page.locator(".results-covered").count()).toBe(1);
    await takePicture(page, "results-board-1280");
    await page.keyboard.up("Tab");
    await board(page).waitFor({ state: "hidden" });
    await checkSizes(page, "results-vote");
    expect(errors).toEqual([]);
  });

  test("[SHOWN-RESULT-2] without a vote they say what comes next and when, and the host may start it at once", async () => {
    const { page } = await hostMatch({ ...SHORT, mode: "teamDeathmatch" }, { viewport: WIDE });
    // The next match begins, and its results follow.
    await press(page, "Start now");
    await results(page).waitFor({ state: "hidden" });
    await page.getByText(/^Next: the same again in \d+ s$/).waitFor();
    await freeze(page);
    await page.getByText(/^You: \d+(st|nd|rd|th) · /).waitFor();
    expect(await findings(page)).toEqual([]);
    for (const name of ["Start now", "Scoreboard", "Invite friends", "Leave the arena"]) {
      expect(await results(page).getByRole("button", { name, exact: true }).isVisible(), name).toBe(true);
    }
    await checkSizes(page, "results-next");
    await results(page).getByRole("button", { name: "Invite friends" }).click();
    const panel = page.getByRole("dialog", { name: /^Room / });
    await panel.getByRole("region", { name: "Invite friends" }).waitFor();
  });

  test("[SHOWN-RESULT-7] they lead to the match's replay where the room records it, and nowhere else", async () => {
    for (const recorded of [true, false]) {
      const { page } = await hostMatch({ ...SHORT, recorded }, { viewport: WIDE });
      await results(page).getByRole("link", { name: "Page of this match" }).waitFor();
      await expect
        .poll(() => results(page).getByRole("link", { name: "Watch the replay" }).count())
        .toBe(recorded ? 1 : 0);
      await takePicture(page, `results-recorded-${recorded}`);
    }
  });

  test("[SHOWN-RESULT-3] a spectator belongs to no side: head and results name teams, and never say you", async () => {
    const ann = await host({ ...SHORT, mode: "teamDeathmatch", scoreLimit: 2 });
    const cat = await stage.open({ url: ann.link, viewport: ACROSS });
    await watchByLink(cat, "Cat");
    await press(ann.page, "Start the match");
    await cat.page.getByRole("region", { name: "Match" }).getByText("Team deathmatch").waitFor();
    expect(await cat.page.locator(".match-yours").count()).toBe(0);
    await cat.page.getByRole("heading", { name: /^Team [12] wins$/ }).waitFor();
    await freeze(cat.page);
    expect(await cat.page.getByText(/^You:/).count()).toBe(0);
    expect(await cat.page.locator(".results .match-yours").count()).toBe(0);
    await takePicture(cat.page, "results-spectator-844");
  });
});

describe("before a room", () => {
  test("[SHOWN-RESULT-4] a failure is told in the page's language, never in the browser's words", async () => {
    const { page } = await stage.open({
      prepare: (context) =>
        context.addInitScript(() =>
          localStorage.setItem("fracas.settings", JSON.stringify({ language: "de" })),
        ),
    });
    await page.route("**/matchmake/**", (route) => route.abort());
    await press(page, "Spielen");
    await page.getByText("Der Server ist nicht erreichbar").first().waitFor();
    expect(await page.locator("body").textContent()).not.toMatch(/fetch|network|error/i);
    await page.unroute("**/matchmake/**");
    const reason = "mystery of the server";
    await page.route("**/matchmake/**", (route) =>
      route.fulfill({ status: 418, json: { code: 418, error: reason } }),
    );
    await press(page, "Noch einmal");
    await page.getByText("Der Server hat das abgelehnt").first().waitFor();
    expect(await page.locator("body").textContent()).not.toContain(reason);
  });

  test("[MAP-CHOICE-1] a map is chosen by its picture and by keyboard, and one that does not suit the room's size says so", async () => {
    const { page } = await stage.open({ viewport: WIDE });
    await press(page, "Host a room");
    await page.getByText("Match", { exact: true }).click();
    const maps = page.getByRole("group", { name: "Map" });
    await expect.poll(() => maps.locator("img").count()).toBe(6);
    const sprawl = maps.getByRole("radio", { name: /Sprawl/ });
    await maps.getByText("made for 100–200, this room has 8 places").waitFor();
    await maps.getByText("for 8–16").first().waitFor();
    await maps.getByRole("radio", { name: /Foundry/ }).focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => maps.locator(":checked").getAttribute("value")).not.toBe("foundry");
    await sprawl.check({ force: true });
    await maps.scrollIntoViewIfNeeded();
    await takePicture(page, "map-choice-1280");
    expect(await findings(page)).toEqual([]);
  });
});
