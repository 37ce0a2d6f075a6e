/** A recorded match in the page: played, paused, sought, followed and left, by pointer, keys, touch and gamepad. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { MatchPage } from "#shared/protocol/progress.ts";
import type { Mark, ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { PAD, plugInPad, tapPad, waitFrames } from "./devices.ts";
import { recordMatch, seesReplay } from "./recordedMatch.ts";
import { type PageOptions, PHONE, setStage } from "./stage.ts";

const DATA_DIR = temporaryFolder("replay");
const stage = setStage({ DATA_DIR });
let info: ReplayInfo;
beforeAll(async () => {
  info = await recordMatch(stage.url, DATA_DIR);
});

const address = (query = "") =>
  stage.url + pathTo(ROUTE.replayPage, { id: info.head.match }) + (query && `?${query}`);

/** Resolves when drones are in the picture. */
async function watch(query = "", how: PageOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const player = await stage.open({ ...how, url: address(query) });
  await seesReplay(player.page);
  return player;
}

const button = (page: Page, name: string) =>
  page.locator(".replay-bar").getByRole("button", { name, exact: true });
const slider = (page: Page) => page.getByRole("slider", { name: "Timeline" });
const secondsAt = async (page: Page) => Number(await slider(page).getAttribute("aria-valuenow"));
const followedIn = (page: Page) => page.getByRole("combobox", { name: "Follow" });

const posesIn = (page: Page) =>
  page.evaluate(() => window.fracas?.drones().map(({ id, x, y }) => `${id} ${x.toFixed(3)} ${y.toFixed(3)}`));

/** Then the keys are the replay's again, as after a choice by mouse. */
async function choose(list: Locator, value: string): Promise<void> {
  await list.selectOption(value);
  await list.blur();
}

async function pause(page: Page): Promise<void> {
  await page.keyboard.press("k");
  await button(page, "Play").waitFor();
}

const kills = () => info.marks.filter((mark): mark is Extract<Mark, { is: "kill" }> => mark.is === "kill");
const nameOf = (seat: string) => info.people.find((person) => person.seat === seat)?.name ?? "";

describe("a replay in the page", () => {
  test("[E2E-REPLAY-1] plays in a page that never joined anything, and its drones move", async () => {
    const { page, errors } = await watch();
    const before = await posesIn(page);
    await expect.poll(() => posesIn(page)).not.toEqual(before);
    await expect.poll(() => secondsAt(page)).toBeGreaterThan(0);
    expect(await page.title()).toContain("Replay");
    expect(await page.locator(".watch, .chat, .ping, .net-graph").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("[E2E-REPLAY-2] stands still while it is paused, and a step shows the next frame only", async () => {
    const { page } = await watch("t=3");
    await pause(page);
    await waitFrames(page, 3);
    const still = await posesIn(page);
    await waitFrames(page, 12);
    expect(await posesIn(page)).toEqual(still);
    await page.keyboard.press(".");
    await expect.poll(() => posesIn(page)).not.toEqual(still);
    const stepped = await posesIn(page);
    await waitFrames(page, 12);
    expect(await posesIn(page)).toEqual(stepped);
  });

  test("[E2E-REPLAY-3] a jump to a kill shows it in the feed at once, and one to before it does not", async () => {
    const { page } = await watch();
    await pause(page);
    const [kill] = kills();
    if (!kill) throw new Error("nobody died");
    const text = page
      .locator(".feed-line", { hasText: nameOf(kill.by) })
      .filter({ hasText: nameOf(kill.of) });
    await page.keyboard.press("Home");
    await expect.poll(() => page.locator(".feed-line").count()).toBe(0);
    await page.keyboard.press("n");
    await expect.poll(() => text.count()).toBeGreaterThan(0);
    await page.keyboard.press("Home");
    await expect.poll(() => page.locator(".feed-line").count()).toBe(0);
    // So does a link to that moment, in a page that has played nothing before.
    await page.goto(address(`t=${((kill.atMs + 300) / 1000).toFixed(1)}`));
    await expect.poll(() => text.count()).toBeGreaterThan(0);
  });

  test("[E2E-REPLAY-4] a moment looks the same whether it was sought or stepped to", async () => {
    const { page } = await watch("t=6");
    await pause(page);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => secondsAt(page)).toBeLessThan(4);
    for (let step = 0; step < 4; step++) await page.keyboard.press(".");
    await waitFrames(page, 4);
    const stepped = await posesIn(page);
    await page.keyboard.press(".");
    await expect.poll(() => posesIn(page)).not.toEqual(stepped);
    await page.keyboard.press(",");
    await expect.poll(() => posesIn(page)).toEqual(stepped);
  });

  test("[E2E-REPLAY-5] plays four times as fast, and a quarter as fast, as chosen", async () => {
    const { page } = await watch();
    /** Ms of the replay that pass in one ms of the page's frames. */
    const pace = () =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const at = () =>
              Number(document.querySelector<HTMLElement>(".replay-gone")?.style.width.slice(0, -1));
            let [count, began, from] = [0, 0, 0];
            const next = (now: number) => {
              if (count++ === 0) [began, from] = [now, at()];
              // In percent of the replay: only their relation counts.
              if (count > 6) resolve((at() - from) / (now - began));
              else requestAnimationFrame(next);
            };
            requestAnimationFrame(next);
          }),
      );
    const speed = page.getByRole("combobox", { name: "Speed" });
    const at = async (rate: string) => {
      await choose(speed, rate);
      await page.keyboard.press("Home");
      await expect.poll(() => secondsAt(page)).toBeLessThan(3);
      return pace();
    };
    const slow = await at("0.25");
    const fast = await at("4");
    expect(fast / slow).toBeGreaterThan(4);
  });

  test("[E2E-REPLAY-6] follows whom the link names and whom the viewer picks, or flies", async () => {
    const [first, second] = info.people;
    if (!first || !second) throw new Error("nobody to follow");
    const { page } = await watch(`t=2&follow=${encodeURIComponent(second.name)}`);
    expect(await followedIn(page).inputValue()).toBe(second.seat);
    const isSeen = (seat: string) =>
      page.waitForFunction((id) => {
        const drone = window.fracas?.drones().find((each) => each.id === id);
        const eye = window.fracas?.eye();
        return drone && eye && Math.hypot(drone.x - eye.x, drone.y - eye.y) < 5;
      }, seat);
    await pause(page);
    await isSeen(second.seat);
    await choose(followedIn(page), first.seat);
    await isSeen(first.seat);
    await page.keyboard.press("Escape");
    await expect.poll(() => followedIn(page).inputValue()).toBe("");
    // At the arena's border one of two ways is closed.
    const places = new Set<string>();
    for (const key of ["a", "d"]) {
      await page.keyboard.down(key);
      await waitFrames(page, 6);
      await page.keyboard.up(key);
      places.add(JSON.stringify(await page.evaluate(() => window.fracas?.look())));
    }
    expect(places.size).toBe(2);
  });

  test("[E2E-REPLAY-7] by keyboard alone everything is in reach, and axe finds nothing", async () => {
    const { page } = await watch("", { isSharp: true });
    await pause(page);
    for (const isThere of [false, true]) {
      if (isThere) {
        await button(page, "More").focus();
        await page.keyboard.press("Enter");
        await page.locator(".replay-help").waitFor();
      }
      expect(await findings(page)).toEqual([]);
    }
    await page.keyboard.press("Escape");
    await page.locator(".replay-help").waitFor({ state: "detached" });
    await slider(page).focus();
    await page.keyboard.press("End");
    await expect.poll(() => secondsAt(page)).toBe(Number(await slider(page).getAttribute("aria-valuemax")));
    await page.keyboard.press("5");
    const half = Number(await slider(page).getAttribute("aria-valuemax")) / 2;
    await expect.poll(async () => Math.abs((await secondsAt(page)) - half)).toBeLessThan(1.5);
    await page.keyboard.press("b");
    await page.locator(".board").waitFor();
    await page.keyboard.press("h");
    await page.locator(".replay-bar").waitFor({ state: "detached" });
    await page.keyboard.press("h");
    await page.locator(".replay-bar").waitFor();
    // Tab reaches every control, and does not hold the scoreboard.
    await slider(page).focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Back");
  });

  test("[E2E-REPLAY-18] screen readers hear where a key leads, from the timeline alone while it has the focus", async () => {
    const { page } = await watch();
    await pause(page);
    const told = page.getByRole("status").filter({ hasText: / of \d+:/ });
    await slider(page).focus();
    await page.keyboard.press("Home");
    await expect.poll(() => slider(page).getAttribute("aria-valuetext")).toContain("0:00 of");
    expect(await told.count()).toBe(0);
    await slider(page).blur();
    await page.keyboard.press("ArrowRight");
    await told.filter({ hasText: "0:05 of" }).waitFor({ state: "attached" });
  });

  test("[E2E-REPLAY-8] a click on the timeline leads there, and a pointer over a mark says who did what", async () => {
    const { page } = await watch("", { viewport: { width: 1280, height: 720 } });
    await pause(page);
    const box = await slider(page).boundingBox();
    // The first of its moment, which is where the mark is.
    const [kill] = kills();
    const lengthMs = info.segments.at(-1)?.toMs ?? 0;
    if (!box || !kill) throw new Error("no timeline");
    await page.mouse.move(box.x + (box.width * kill.atMs) / lengthMs, box.y + box.height / 2);
    await page.locator(".replay-tip", { hasText: nameOf(kill.of) }).waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(async () => Math.abs((await secondsAt(page)) * 1000 - kill.atMs)).toBeLessThan(1300);
  });

  test("[E2E-REPLAY-9] on a phone buttons are large enough for a thumb, a tap follows the next, and a drag flies", async () => {
    const { page } = await watch("t=1", { viewport: { width: 844, height: 390 }, device: PHONE });
    await button(page, "Pause").tap();
    await button(page, "Play").waitFor();
    const sizes = await page.locator(".replay-bar button").evaluateAll((all) =>
      all.map((each) => {
        const { width, height, right } = each.getBoundingClientRect();
        return width >= 44 && height >= 44 && right <= innerWidth;
      }),
    );
    expect(sizes.every(Boolean)).toBe(true);
    const before = await followedIn(page).inputValue();
    await page.touchscreen.tap(420, 200);
    await expect.poll(() => followedIn(page).inputValue()).not.toBe(before);
  });

  test("[E2E-REPLAY-10] a gamepad plays, pauses, seeks and jumps between moments", async () => {
    const { page } = await watch("t=1", { prepare: plugInPad });
    await tapPad(page, PAD.A);
    await button(page, "Play").waitFor();
    const before = await secondsAt(page);
    await tapPad(page, PAD.RIGHT);
    await expect.poll(() => secondsAt(page)).toBeGreaterThan(before + 3);
    await tapPad(page, PAD.LB);
    await expect.poll(() => page.locator(".replay-tip").count()).toBe(1);
    await tapPad(page, PAD.A);
    await button(page, "Pause").waitFor();
  });

  test("[E2E-REPLAY-11] a replay that is gone says so, and leads back to the title and its scene", async () => {
    const gone = stage.url + pathTo(ROUTE.replayPage, { id: "01a00000-0000-7000-8000-000000000000" });
    const { page } = await stage.open({ url: gone });
    await page.getByRole("heading", { name: "There is no such replay" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Back" }).click();
    await page.locator(".title").waitFor();
    await page.locator("canvas").waitFor();
  });

  test("[E2E-REPLAY-12] the copied link opens at the same moment, with the same player", async () => {
    const { page } = await watch("t=4", {
      prepare: (context) => context.grantPermissions(["clipboard-read", "clipboard-write"]),
    });
    await pause(page);
    await choose(followedIn(page), info.people[1]?.seat ?? "");
    await button(page, "Copy link to this moment").click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("follow=");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const at = Number(new URL(link).searchParams.get("t"));
    expect(Math.abs(at - (await secondsAt(page)))).toBeLessThan(1);
    expect(new URL(link).searchParams.get("follow")).toBe(info.people[1]?.name);
  });

  test("[E2E-REPLAY-13] a match page leads to its replay, and the replay back to the page", async () => {
    const { match, mode, map, startedAt } = info.head;
    const played: MatchPage = {
      ...{ id: match, arena: map, mode, isHosted: true, startedAt, endedAt: startedAt + 11_000 },
      ...{ rules: { timeLimitSec: 300, scoreLimit: 100, friendlyFire: false }, how: "calledOff" },
      ...{ teamScores: null, whyUnrated: "hosted", players: [], hasReplay: true },
    };
    const { page } = await stage.open({
      url: stage.url + pathTo(ROUTE.matchPage, { id: match }),
      prepare: (context) => context.route("**/api/matches/*", (route) => route.fulfill({ json: played })),
    });
    await page.getByRole("link", { name: "Watch the replay" }).click();
    await page.locator(".replay-bar").waitFor();
    expect(new URL(page.url()).pathname).toBe(pathTo(ROUTE.replayPage, { id: match }));
    await button(page, "Back").click();
    await page.getByRole("link", { name: "Watch the replay" }).waitFor();
    await expect.poll(() => page.evaluate(() => typeof window.fracas)).toBe("undefined");
  });
});
