/** The settings in the browser: controls, keyboard access, storage, team colours and languages. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { type Company, seatAllBut } from "./company.ts";
import { clickBack, holdPad, PAD, plugInPad, waitFrames } from "./devices.ts";
import { leave, type PlayerPage, play, takePicture, waitForFight } from "./harness.ts";
import { expectMove, ownOnScreen, placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
let company: Company;
beforeAll(async () => {
  company = await seatAllBut(stage.url, 1);
});
afterAll(() => company.leave());

const dialog = (page: Page) => page.getByRole("dialog", { name: "Settings" });
const slot = (page: Page, name: RegExp) => dialog(page).getByRole("button", { name });

/** Clicks the slot until it waits for a press: right after a mouse button was bound, the page still ignores clicks. */
async function openSlot(page: Page, name: RegExp): Promise<void> {
  const waits = () =>
    dialog(page)
      .getByText("Press…")
      .waitFor({ timeout: 1_000 })
      .then(
        () => true,
        () => false,
      );
  do await slot(page, name).click();
  while (!(await waits()));
}

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await dialog(page).waitFor();
}

async function closeSettings(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
}

/** A bystander may push a drone less far; a key that steers takes it farther. */
const WALKED_PX = 15;

/** The key moves the drone to the right; then it goes back, so that later tests do not meet a wall. */
async function expectKeySteers(page: Page, key: string): Promise<void> {
  await expectMove(page, 1, 0, () => page.keyboard.down(key));
  await page.keyboard.up(key);
  await expectMove(page, -1, 0, () => page.keyboard.down("ArrowLeft"));
  await page.keyboard.up("ArrowLeft");
}

/** Holds the key for 15 frames, in which a key that steers moves the drone much farther. */
async function expectKeyDoesNothing(page: Page, key: string): Promise<void> {
  const before = await placeOf(page);
  await page.keyboard.down(key);
  await waitFrames(page, 15);
  await page.keyboard.up(key);
  expect(Math.abs(((await placeOf(page))?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(WALKED_PX);
}

/** One page, which each test takes over from the one before: first on the title, then in the fight. */
describe("a page's settings", () => {
  let player: PlayerPage;
  let page: Page;
  beforeAll(async () => {
    player = await stage.openForAll({ prepare: plugInPad });
    page = player.page;
  });
  afterAll(() => page.context().close());

  test("[AXE-1] axe finds nothing serious on the title and in each tab of the settings", async () => {
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Settings" }).click();
    for (const tab of ["Sound", "Display", "Language", "Controls"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await findings(page), tab).toEqual([]);
    }
    await closeSettings(page);
  });

  test("[E2E-SET-4] the keyboard alone opens, walks through, sets and closes them; the focus stays inside and comes back", async () => {
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
      );
    await page.keyboard.press("Tab");
    while ((await focused()) !== "Settings") await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await dialog(page).waitFor();
    expect(await focused()).toBe("Controls");
    for (const [key, to] of [
      ["Shift+Tab", "Close"],
      ["Shift+Tab", "Reset controls"],
      ["Tab", "Close"],
      ["Tab", "Controls"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await focused()).toBe(to);
    }
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("Display");
    await page.keyboard.press("Tab");
    await page.keyboard.press("End");
    await expect
      .poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue("--text-scale")))
      .toBe("1.5");
    await takePicture(page, "settings-large");
    await closeSettings(page);
    expect(await focused()).toBe("Settings");
    expect(player.errors).toEqual([]);
  });

  test("[E2E-SET-2] mouse and gamepad buttons are bound by pressing them; Escape keeps a binding, Backspace clears it", async () => {
    await page.getByRole("button", { name: "Settings" }).click();
    await dialog(page).getByRole("tab", { name: "Controls" }).click();
    await slot(page, /^Dash, First: Space$/).click();
    await page.mouse.click(320, 200, { button: "middle" });
    await slot(page, /^Dash, First: Middle click$/).waitFor();
    await openSlot(page, /^Dash, First: Middle click$/);
    await page.keyboard.press("Escape");
    await slot(page, /^Dash, First: Middle click$/).waitFor();
    await slot(page, /^Fire, First: Left click$/).click();
    await page.keyboard.press("Backspace");
    await slot(page, /^Fire, First: none$/).waitFor();
    await slot(page, /^Chat, First: Enter$/).click();
    await clickBack(page, { x: 320, y: 200 });
    await slot(page, /^Chat, First: Mouse back$/).waitFor();
    await openSlot(page, /^Dash, First: LB$/);
    await holdPad(page, { pressed: [PAD.X] });
    await slot(page, /^Dash, First: X$/).click();
    // The button that otherwise closes the settings can be bound as well.
    await holdPad(page, { pressed: [PAD.MENU] });
    await slot(page, /^Dash, First: Menu$/).waitFor();
    await holdPad(page, {});
    await slot(page, /^Settings, First: X$/).waitFor();
    expect(player.errors).toEqual([]);
  });

  test("[E2E-SET-3] broken settings in storage fall back to the defaults, and the page plays", async () => {
    await page.evaluate(() => localStorage.setItem("fracas.settings", '{"bindings":7,"hudScale":"x"'));
    await page.reload();
    await play(player, "Ann");
    await expectKeySteers(page, "KeyD");
    expect(player.errors).toEqual([]);
  });

  test("[E2E-SET-8] a mouse's side button does not leave the fight", async () => {
    await clickBack(page, { x: 320, y: 200 });
    await clickBack(page, { x: 320, y: 200 });
    await expectKeySteers(page, "KeyD");
    expect(player.errors).toEqual([]);
  });

  test("[AXE-2] axe finds nothing serious in the fight, and with the settings over it", async () => {
    await page.getByRole("table", { name: "Scores" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await openSettings(page);
    expect(await findings(page)).toEqual([]);
    await closeSettings(page);
  });

  test("[E2E-SET-5] while they are open the drone stands still, and the fight goes on", async () => {
    await openSettings(page);
    await expectKeyDoesNothing(page, "KeyD");
    await expect.poll(() => page.evaluate(() => window.fracas?.isInStep())).toBe(true);
    await closeSettings(page);
    await expectKeySteers(page, "KeyD");
  });

  test("[E2E-SET-1] a new key works at once and after a reload, and the action that had it gets the old one", async () => {
    await openSettings(page);
    await slot(page, /^Right, First: D$/).click();
    await page.keyboard.press("KeyE");
    await slot(page, /^Right, First: E$/).waitFor();
    await slot(page, /^Special weapon, Second: D$/).waitFor();
    await dialog(page).getByText("E was used for “Special weapon”, which now has D").waitFor();
    await takePicture(page, "settings-rebound");
    await closeSettings(page);
    await expectKeySteers(page, "KeyE");

    await page.reload();
    await waitForFight(page);
    await expectKeyDoesNothing(page, "KeyD");
    await openSettings(page);
    await slot(page, /^Right, First: E$/).waitFor();
    await dialog(page).getByRole("button", { name: "Reset controls" }).click();
    await slot(page, /^Right, First: D$/).waitFor();
    await slot(page, /^Special weapon, Second: E$/).waitFor();
    expect(player.errors).toEqual([]);
  });
});

describe("team colours", () => {
  /** Colour of the own team's mark in the score list, as "rgb(1, 2, 3)". */
  const ownHue = (page: Page) =>
    page.locator(".score-self .team-mark").evaluate((mark) => getComputedStyle(mark).color);

  /** How many of the px around the own drone have nearly that colour. */
  const countPx = async (page: Page, hue: string) => {
    const own = await ownOnScreen(page);
    const clip = { x: own.x - 16, y: own.y - 16, width: 32, height: 32 };
    const picture = (await page.screenshot({ clip })).toString("base64");
    const wanted = hue.match(/\d+/g)?.map(Number) ?? [];
    return page.evaluate(
      async ([base64, rgb]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          const offs = rgb.map((channel, index) => Math.abs(channel - (data[at + index] ?? 0)));
          if (Math.max(...offs) < 45) count++;
        }
        return count;
      },
      [picture, wanted] as const,
    );
  };

  test("[E2E-SET-7] another palette colours the drones at once, in the middle of a fight, and also in the next one", async () => {
    // Large and sharp: only a few px of the hull have the pure colour.
    const player = await stage.open({ viewport: { width: 800, height: 450 }, isSharp: true });
    const { page } = player;
    await play(player, "Ann");
    const before = await ownHue(page);
    let shown = 0;
    await expect
      .poll(async () => {
        shown = await countPx(page, before);
        return shown;
      })
      .toBeGreaterThan(8);
    await takePicture(page, "palette-standard");

    await openSettings(page);
    await dialog(page).getByRole("tab", { name: "Display" }).click();
    await page.getByRole("radio", { name: /^Red and cyan first/ }).check();
    await closeSettings(page);
    const after = await ownHue(page);
    expect(after).not.toBe(before);
    await expect.poll(() => countPx(page, after)).toBeGreaterThan(8);
    // Not to 0: a pickup beneath the drone may have the old colour.
    await expect.poll(() => countPx(page, before)).toBeLessThan(shown - 8);
    await takePicture(page, "palette-warm");

    await leave(player);
    await play(player, "Ann");
    const next = await ownHue(page);
    await expect.poll(() => countPx(page, next)).toBeGreaterThan(8);
    expect(player.errors).toEqual([]);
  });
});

describe("languages", () => {
  test("[E2E-SET-6] the page starts in the browser's language, and keeps another one that is chosen", async () => {
    const { page } = await stage.open({ device: { locale: "de-AT" } });
    await page.getByRole("button", { name: "Spielen", exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
    await page.getByRole("button", { name: "Einstellungen" }).click();
    await page.getByRole("tab", { name: "Sprache" }).click();
    await takePicture(page, "settings-german");
    await page.getByRole("radio", { name: "Français" }).click();
    await page.getByRole("heading", { name: "Réglages" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Jouer", exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("fr");
  });
});
