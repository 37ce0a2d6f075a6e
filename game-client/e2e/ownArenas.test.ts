/** Arenas of players: a host brings a file and plays on it, and the gallery is searched, rated and hosted from. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./axe.ts";
import { startFurnished } from "./furnished.ts";
import { takePicture, waitForFight } from "./harness.ts";
import { hosting, joinByLink } from "./hosted.ts";
import { setStage } from "./stage.ts";
import { asFile, broken, untitled } from "./tiledFiles.ts";

const WIDE = { width: 1280, height: 720 };

const stage = setStage();

const chosenMap = (page: Page) => page.locator(".map-option").filter({ has: page.locator(":checked") });
const give = (page: Page, name: string, text: string) =>
  page.locator("input[type=file]").first().setInputFiles(asFile(name, text));

async function openMatchFold(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Host a room" }).click();
  await page.locator("summary").filter({ hasText: "Match" }).click();
  await page.locator(".map-option").first().waitFor();
}

test("[E2E-OWNARENA-1] a host brings a map, and a guest who comes by the link plays on it, too", async () => {
  const ann = await stage.open({
    viewport: WIDE,
    prepare: hosting({ bots: 0, mode: "captureTheFlag", map: "causeway" }),
  });
  await openMatchFold(ann.page);
  // Its file is called after no title of its own; a duel has no flags.
  await give(ann.page, "old-mill.tmj", untitled("anvil"));
  await chosenMap(ann.page).getByText("Old mill", { exact: true }).waitFor();
  await chosenMap(ann.page).locator("img").waitFor();
  expect(await ann.page.getByRole("radio", { name: "Capture the flag" }).isChecked()).toBe(false);
  expect(await findings(ann.page), "with a brought arena").toEqual([]);
  await takePicture(ann.page, "own-arena-brought");
  await ann.page.getByRole("textbox", { name: "Your name" }).fill("Ann");
  await ann.page.getByRole("button", { name: "Host", exact: true }).click();
  await waitForFight(ann.page);
  await ann.page.waitForURL(/\/r\/\w{5}$/);

  const bob = await stage.open({ url: ann.page.url() });
  await bob.page.getByText("Old mill", { exact: true }).waitFor();
  await joinByLink(bob, "Bob");
  const maps = await Promise.all(
    [ann, bob].map(({ page }) => page.evaluate(() => window.fracas?.match().map)),
  );
  expect(maps).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), maps[0]]);
  expect([...ann.errors, ...bob.errors]).toEqual([]);
});

test("[E2E-OWNARENA-2] a map with a fault shows it on its picture, and a mended one takes its place", async () => {
  const { page, errors } = await stage.open({ viewport: WIDE });
  await openMatchFold(page);
  await give(page, "quarry.tmj", broken("anvil"));
  const refused = page.getByRole("region", { name: "The file was refused" });
  await refused.getByRole("img", { name: /^The map, with a number/ }).waitFor();
  await refused.getByText(/quarry\.tmj cannot be played yet: \d+ fault/).waitFor();
  await refused.locator(".faulty-picture-plan .fault-mark").first().waitFor();
  await expect
    .poll(() => refused.evaluate((part) => part.getBoundingClientRect().top < innerHeight))
    .toBe(true);
  expect(await findings(page), "with faults").toEqual([]);
  await takePicture(page, "own-arena-faulty");
  await give(page, "quarry.tmj", untitled("anvil"));
  await refused.waitFor({ state: "hidden" });
  await chosenMap(page).getByText("Quarry", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Remove it" }).click();
  await page
    .getByRole("group", { name: /^Remove Quarry/ })
    .getByRole("button", { name: "Remove it" })
    .click();
  await page.locator(".map-option").filter({ hasText: "Quarry" }).waitFor({ state: "hidden" });
  await chosenMap(page).waitFor();
  expect(errors.filter((text) => !text.includes("422"))).toEqual([]);
});

test("[E2E-ARENAS-1] an arena is found in the gallery, rated, and a room is hosted on it", async () => {
  const { server, token, stop } = await startFurnished();
  stage.undo(stop);
  const { page, errors } = await stage.open({
    url: server.url,
    viewport: WIDE,
    prepare: async (context) => {
      await context.addInitScript((identity) => localStorage.setItem("fracas.identity", identity), token);
      await hosting({ bots: 0 })(context);
    },
  });
  await page.getByRole("button", { name: "Arenas", exact: true }).click();
  await expect.poll(() => page.locator(".arena-card").count()).toBe(2);
  expect(await findings(page), "gallery").toEqual([]);
  await page.getByRole("searchbox").fill("mill");
  await expect.poll(() => page.locator(".arena-card").count()).toBe(1);
  await page.getByRole("link", { name: "The old mill" }).click();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/arenas\/\w{12}$/);

  await page.getByRole("radio", { name: "4 stars" }).check();
  await page.getByText("4 of 5 stars, 1 rating").waitFor({ state: "attached" });
  await page.locator(".arena-page img").waitFor();
  expect(await findings(page), "arena").toEqual([]);
  await takePicture(page, "gallery-arena");
  await page.reload();
  await expect.poll(() => page.getByRole("radio", { name: "4 stars" }).isChecked()).toBe(true);

  await page.getByRole("button", { name: "Host here" }).click();
  await chosenMap(page).getByText("The old mill", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Host", exact: true }).click();
  await waitForFight(page);
  await page.keyboard.down("Tab");
  await page.locator(".board").getByText("The old mill").waitFor();
  expect(errors).toEqual([]);
});
