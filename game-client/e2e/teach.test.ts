/** The page teaches its players: by prompts of a first visit, lines at pickups, the page of weapons, and the range. */
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { flowTo, nextOnWay } from "#shared/arena/flowField.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { PICKUPS, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { findings } from "./axe.ts";
import { play, takePicture, waitForFight } from "./harness.ts";
import { placeOf, steer } from "./pilot.ts";
import { PHONE, setStage } from "./stage.ts";

const stage = setStage();
const range = readArena("range");
const RAIL = range.pickups.find(({ kind }) => kind === "rail") ?? { x: 0, y: 0 };
const ACROSS = { width: 844, height: 390 };

/** Looks once and steers once. */
async function flyTo(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const own = await placeOf(page);
  if (!own) return;
  const way = nextOnWay(range, flowTo(range, x, y), own.x, own.y);
  await steer(page, { x: way.x - own.x, y: way.y - own.y });
}

test("[TEACH-12] a page in another language than English loads", async () => {
  const prepare = (context: BrowserContext) =>
    context.addInitScript(() => localStorage.setItem("fracas.settings", JSON.stringify({ language: "de" })));
  const { page } = await stage.open({ prepare, viewport: { width: 1280, height: 720 } });
  await page.getByRole("button", { name: "Spielen", exact: true }).waitFor();
  await takePicture(page, "teach-title-de");
  await page.getByRole("button", { name: "Waffen" }).click();
  await page.getByText("wieder da nach 12 s").waitFor();
  await takePicture(page, "teach-weapons-de");
});

test("[TEACH-10] a fresh visitor is asked to move, then to fire; each prompt goes by doing, and stays away after a reload", async () => {
  const player = await stage.open({ viewport: { width: 1280, height: 720 } });
  const { page } = player;
  const prompt = (name: string) => page.locator(`[data-prompt="${name}"]`);
  await play(player, "Novice");
  await prompt("move").filter({ hasText: "WASDMove" }).waitFor();
  await takePicture(page, "teach-move");
  expect(await findings(page)).toEqual([]);
  await page.keyboard.down("KeyD");
  await prompt("fire").waitFor();
  await page.keyboard.up("KeyD");
  expect(await prompt("move").count()).toBe(0);
  await prompt("fire").filter({ hasText: "Left click" }).waitFor();
  expect(await page.locator(".loadout-dash kbd").textContent()).toBe("Space");
  await page.mouse.down();
  await prompt("dash").waitFor();
  await page.mouse.up();
  await page.reload();
  await waitForFight(page);
  await prompt("dash").waitFor();

  await page.getByRole("button", { name: "Settings" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.getByRole("tab", { name: "Play", exact: true }).click();
  await dialog.getByRole("switch", { name: "Hints" }).click();
  await prompt("dash").waitFor({ state: "detached" });
  await dialog.getByRole("switch", { name: "Hints" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await prompt("move").waitFor();
  expect(player.errors).toEqual([]);
});

test("[TEACH-11] the page of weapons has an address, and lists every weapon and pickup of the tuning with its figures", async () => {
  const { page, errors } = await stage.open();
  await page.getByRole("button", { name: "Weapons" }).click();
  await page.locator(".weapon-card").first().waitFor();
  expect(new URL(page.url()).pathname).toBe("/weapons");
  expect(await page.title()).toBe("Weapons · Fracas");
  await page.reload();
  await page.locator(".weapon-card").first().waitFor();
  for (const weapon of Object.keys(WEAPONS) as WeaponName[]) {
    const { damage, ammo } = WEAPONS[weapon];
    const text = (await page.locator(`[data-weapon="${weapon}"] dl`).textContent()) ?? "";
    expect(text, weapon).toContain(String(damage));
    expect(text, weapon).toContain(Number.isFinite(ammo) ? String(ammo) : "unlimited");
  }
  expect(await page.locator("[data-weapon]").count()).toBe(Object.keys(WEAPONS).length);
  expect(await page.locator("[data-pickup]").count()).toBe(Object.keys(PICKUPS).length);
  expect(await page.locator("canvas").count()).toBe(0);
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  expect(errors).toEqual([]);
});

test("[RANGE-1] a press opens a range of one's own, which starts by itself with a bot, and leads back to the title", async () => {
  const { page, errors } = await stage.open({ viewport: ACROSS, device: PHONE });
  await page.getByRole("button", { name: "Try everything alone" }).tap();
  await waitForFight(page);
  await page.getByText("Try everything: pickups return at once.").waitFor();
  await page.locator('[data-prompt="move"]').filter({ hasText: "Left thumb" }).waitFor();
  await expect
    .poll(() => page.evaluate(() => window.fracas?.match()))
    .toMatchObject({ map: "range", phase: "live" });
  await expect.poll(() => page.getByText("bot", { exact: true }).count()).toBe(1);
  expect(await page.getByRole("button", { name: "Start the match" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Chat" }).count()).toBe(0);
  await takePicture(page, "range-touch");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Back to the title" }).tap();
  await page.getByRole("textbox").waitFor();
  expect(errors).toEqual([]);
});

test("[RANGE-2] near a special weapon that one never had, a line names it, its key and its shots", async () => {
  const { page } = await stage.open({ viewport: { width: 1280, height: 720 } });
  await page.getByRole("button", { name: "Try everything alone" }).click();
  await waitForFight(page);
  const line = page.locator(".pickup-line").filter({ hasText: "Rail gun" });
  // The line goes soon: it is read at once.
  await expect
    .poll(async () => {
      await flyTo(page, RAIL);
      return (await line.allTextContents())[0];
    })
    .toBe("Rail gunRight click5 shots");
  await takePicture(page, "range-pickup");
});
