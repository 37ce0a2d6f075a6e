/** Tests what a player sees of what lasts: a match's results, the pages of players and matches, and the leaderboard. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ROUTE } from "#shared/protocol/http.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { leave, type PlayerPage, play, takePicture } from "./harness.ts";
import { leaveResult, type Member } from "./leftResult.ts";
import type { ServerProcess } from "./serverProcess.ts";
import { setStage } from "./stage.ts";
import { translatable } from "./translation.ts";

const DATA_DIR = temporaryFolder("progress");
const SETTINGS = { MATCH_SECONDS: "5", DATA_DIR };
const stage = setStage(SETTINGS);

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Four accounts. The last one is the best until the first one wins. */
const NAMES = ["Arthur", "Marvin", "Slarti", "Zarniwoop"] as const;
const RATED_MATCHES = 5;

async function makeMember(name: string): Promise<Member> {
  const post = async (route: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + route, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status, route).toBe(200);
    return response.json();
  };
  const { token } = await post(ROUTE.identity, {});
  await post(ROUTE.accountName, { name }, { authorization: `Bearer ${token}` });
  const claims = Buffer.from(token.split(".")[1], "base64url").toString();
  return { name, identity: JSON.parse(claims).sub };
}

async function restart(): Promise<void> {
  await server.stop();
  server = await stage.start({ like: server, settings: SETTINGS });
}

let server: ServerProcess;
let members: Member[];
beforeAll(async () => {
  server = await stage.start({ settings: SETTINGS });
  members = await Promise.all(NAMES.map(makeMember));
  for (let number = 0; number < RATED_MATCHES; number++) leaveResult(DATA_DIR, number, members.toReversed());
  await restart();
});

const open = (path: string) => stage.open({ url: server.url + path });
const ranked = (page: Page) =>
  page
    .locator(".ladder [data-row]")
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.row));

/** Counts the rows that have glided to another place. */
const countGlides = (page: Page) =>
  page.evaluate(() => {
    const { animate } = HTMLElement.prototype;
    const counted = window as unknown as { glides: number };
    counted.glides = 0;
    HTMLElement.prototype.animate = function (...how) {
      if (this.dataset.row !== undefined) counted.glides++;
      return animate.apply(this, how);
    };
  });
const glides = (page: Page) => page.evaluate(() => (window as unknown as { glides: number }).glides);

/** Makes the leaderboard ask now, and not some seconds later. */
const lookAgain = (page: Page) =>
  page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));

test("[E2E-LADDER-1] the leaderboard leads to a player, the player to a match, and Back and the address lead back; none of it loads the game", async () => {
  const { page, errors } = await open("/leaderboard");
  await expect.poll(() => ranked(page)).toEqual(members.map(({ name }) => name).toReversed());
  expect(await findings(page), "leaderboard").toEqual([]);
  await page.getByRole("link", { name: "Zarniwoop" }).click();
  await heading(page, "Zarniwoop").waitFor();
  expect(new URL(page.url()).pathname).toBe("/u/Zarniwoop");
  expect(await page.title()).toBe("Zarniwoop · Fracas");
  await page.getByText("No. 1 this season").waitFor();
  await page.getByRole("row", { name: /^Blaster 100 40% 4,500$/ }).waitFor();
  expect(await findings(page), "player").toEqual([]);
  expect(await translatable(page, ["Zarniwoop", "Foundry"])).toEqual([]);
  await page.getByRole("link", { name: /^won/ }).first().click();
  await heading(page, "Deathmatch").waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/m\/[\w-]{36}$/);
  await page.getByRole("row", { name: /^1 Zarniwoop 20 20 9 1/ }).waitFor();
  expect(await findings(page), "match").toEqual([]);
  expect(await translatable(page, ["Zarniwoop", "Foundry"])).toEqual([]);
  await page.goBack();
  await heading(page, "Zarniwoop").waitFor();
  await press(page, "Back");
  await heading(page, "Leaderboard").waitFor();
  expect(new URL(page.url()).pathname).toBe("/leaderboard");
  expect(await page.locator("canvas").count()).toBe(0);
  expect(errors).toEqual([]);

  await press(page, "Back");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/");
  await page.locator("canvas").waitFor();
});

test("[E2E-LADDER-2] the leaderboard keeps its rows while the server is away, and they glide to their new places when it is back", async () => {
  const { page } = await open("/leaderboard");
  await expect.poll(() => ranked(page)).toEqual(members.map(({ name }) => name).toReversed());
  await countGlides(page);
  for (let number = RATED_MATCHES; number < 4 * RATED_MATCHES; number++)
    leaveResult(DATA_DIR, number, members);
  await server.stop();
  await lookAgain(page);
  await page.getByText("The server does not answer. This table may be out of date.").waitFor();
  expect(await ranked(page)).toHaveLength(NAMES.length);
  server = await stage.start({ like: server, settings: SETTINGS });
  const best = async () => {
    await lookAgain(page);
    return (await ranked(page))[0];
  };
  await expect.poll(best).toBe("Arthur");
  expect(await glides(page)).toBeGreaterThan(1);
  await page.getByText("This table may be out of date.").waitFor({ state: "hidden" });
});

test("[E2E-LADDER-3] pages of what does not exist say so, and an empty ladder too", async () => {
  const { page } = await open("/u/Nobody%20Here");
  await page.getByText("Nobody has this name.").waitFor();
  await page.goto(`${server.url}/m/0193a000-0000-7000-8000-000000000000`);
  await page.getByText("There is no such match, or its result is not counted yet.").waitFor();
  await page.goto(`${server.url}/leaderboard`);
  await page.getByRole("radio", { name: "Capture the flag" }).check({ force: true });
  await page.getByText("Nobody is listed yet.").waitFor();
  await page.getByRole("combobox", { name: "Time" }).selectOption({ label: "This week" });
  await page.getByText("Nobody has scored this week yet.").waitFor();
});

test("[E2E-RESULT-1] after a match a guest sees what it brought and why the rating stays, opens its page, and keeps it all under a name", async ({
  task,
}) => {
  // The first try may have taken the name.
  const name = `Ford${task.result?.retryCount ?? 0}`;
  const player: PlayerPage = await stage.open();
  const { page } = player;
  await press(page, "Leaderboard");
  await heading(page, "Leaderboard").waitFor();
  await page.goBack();
  await play(player, name);
  const address = page.url();
  // The browser's own buttons end no fight.
  await page.goForward();
  await expect.poll(() => page.url()).toBe(address);
  expect(await page.locator(".hud").count()).toBe(1);
  const news = page.getByRole("status").filter({ hasText: "Page of this match" });
  await news.getByText("Under two minutes: ratings stay.").waitFor({ timeout: 170_000 });
  await news.getByText(/^\+\d+ XP$/).waitFor();
  expect(await findings(page), "results").toEqual([]);
  await takePicture(page, "results-gained");
  const [opened] = await Promise.all([
    page.waitForEvent("popup"),
    news.getByRole("link", { name: "Page of this match" }).click(),
  ]);
  await opened.getByRole("row", { name: new RegExp(name) }).waitFor();
  await opened.close();

  await leave(player);
  await page.getByRole("button", { name: /^Level 1 Career/ }).click();
  await page.getByText(/^\d+ of 150 XP$/).waitFor();
  await press(page, "Keep my progress");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await press(page, "Keep it");
  await page.getByRole("link", { name: "My profile" }).click();
  await heading(page, name).waitFor();
  // Exactly one: a locator of several would fail.
  await page.locator(".match-lines li").waitFor();
  expect(player.errors).toEqual([]);
});
