/** Tests what a player sees of their career: gains after a match, challenges, medals, and the choice of a look. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { leave, type PlayerPage, play, takePicture } from "./harness.ts";
import { identityOf } from "./identity.ts";
import { leaveResult } from "./leftResult.ts";
import { setStage } from "./stage.ts";

const SETTINGS = { MATCH_SECONDS: "5", DATA_DIR: temporaryFolder("career") };
const stage = setStage();

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).click();
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name });
const worn = (page: Page, name: string) => page.getByRole("button", { name, exact: true, pressed: true });

const SIZES = { wide: [1280, 720], landscape: [844, 390], portrait: [390, 844] } as const;

async function takePictures(page: Page, name: string): Promise<void> {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `${name}-${size}`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
}

test("[E2E-CAREER-1] a guest sees what a match gained, then the career, wears what is unlocked, and still does after a reload", async () => {
  let server = await stage.start({ settings: SETTINGS });
  const player: PlayerPage = await stage.open({ url: server.url, viewport: { width: 1280, height: 720 } });
  const { page } = player;
  await play(player, "Trillian");
  const news = page.getByRole("status").filter({ hasText: "Page of this match" });
  await news.getByText(/^\+\d+ XP$/).waitFor({ timeout: 170_000 });
  expect(await findings(page), "results").toEqual([]);
  await takePictures(page, "career-results");
  const identity = await identityOf(page);
  await leave(player);
  await press(page, /^Challenges today: \d of 3$/);
  await heading(page, "Career").waitFor();
  expect(new URL(page.url()).pathname).toBe("/career");
  await heading(page, /^Today/).waitFor();
  expect(await page.getByRole("progressbar").count()).toBe(5);
  expect(await page.locator(".medal").count()).toBe(30);

  leaveResult(SETTINGS.DATA_DIR, 1, [
    { name: "Trillian", identity },
    { name: "Ford", identity: "ford" },
  ]);
  leaveResult(SETTINGS.DATA_DIR, 2, [
    { name: "Trillian", identity },
    { name: "Ford", identity: "ford" },
  ]);
  await server.stop();
  server = await stage.start({ like: server, settings: SETTINGS });
  await page.reload();
  await heading(page, "Career").waitFor();
  await press(page, "Stripe");
  await worn(page, "Stripe").waitFor();
  await press(page, "Anvil");
  await worn(page, "Anvil").waitFor();
  await page.reload();
  await worn(page, "Stripe").waitFor();
  await worn(page, "Anvil").waitFor();
  expect(await page.getByRole("button", { name: "Legend" }).count()).toBe(0);
  expect(await findings(page), "career").toEqual([]);
  await takePictures(page, "career");
  for (const [part, at] of [
    ["wardrobe", ".wardrobe"],
    ["medals", ".medal-grid"],
    ["lifetime", ".page-table"],
  ] as const) {
    await page.locator(at).scrollIntoViewIfNeeded();
    await page.locator(at).evaluate((element) => element.scrollIntoView());
    await takePictures(page, `career-${part}`);
  }
  expect(player.errors.filter((text) => !/ERR_CONNECTION|WebSocket/.test(text))).toEqual([]);
});

test("[E2E-CAREER-2] a visitor without an identity is promised nothing on the title", async () => {
  const { page } = await stage.open();
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  expect(await page.getByText(/Challenges today/).count()).toBe(0);
});
