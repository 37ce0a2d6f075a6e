/** Bots prove an arena in a real page: imported as a draft, tried from the editor's panel, and the report read. */
import { expect, test } from "vitest";
import { readMapText } from "#shared/testing/readMap.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

/** The arena's modes, of which the first is tried; a bounded file, as people bring them. */
const MAP = { name: "duel.tmj", mimeType: "application/json", buffer: Buffer.from(readMapText("anvil")) };

test("[TRIAL-20] bots try a draft in workers, and a stopped trial reports what was played", async () => {
  const { page, errors } = await stage.open({
    url: `${stage.url}/arenas`,
    viewport: { width: 1280, height: 720 },
  });
  await page.getByRole("tab", { name: "Mine" }).click();
  await page.locator("input[type=file]").setInputFiles(MAP);
  await page.getByRole("tab", { name: "Publish" }).click();
  await page.getByRole("button", { name: "Bots prove it" }).click();
  const dialog = page.getByRole("dialog", { name: "Bots prove it" });
  await dialog.getByRole("combobox", { name: "Mode" }).selectOption("teamDeathmatch");
  await dialog.getByRole("button", { name: "Let bots play" }).click();
  const bar = dialog.getByRole("progressbar");
  // The page answers while the workers play.
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThanOrEqual(4);
  await dialog.getByRole("button", { name: "Stop" }).click();

  const said = await dialog.getByRole("status").first().textContent();
  const played = Number(said?.match(/\d+/)?.[0]);
  expect(played).toBeGreaterThanOrEqual(4);
  expect(played).toBeLessThan(20);
  await dialog.locator(".trial-light").waitFor();
  const wins = await dialog.locator(".trial-sides strong").allTextContents();
  expect(wins.map(Number).reduce((one, other) => one + other)).toBeLessThanOrEqual(played);
  expect(await dialog.locator(".trial-map canvas").evaluate(hasPaint)).toBe(true);
  await dialog.getByText("As a table").click();
  expect(await dialog.locator(".trial-table tbody tr").count()).toBeGreaterThan(3);
  expect(errors).toEqual([]);
});

/** Runs in the page. */
function hasPaint(element: Element): boolean {
  const canvas = element as HTMLCanvasElement;
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels?.some((value) => value > 0) ?? false;
}
