import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, seatBystanders } from "./company.ts";
import { holdPad, plugInPad } from "./devices.ts";
import { play, takePicture, waitForFight } from "./harness.ts";
import { placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
let company: Company;
beforeAll(async () => {
  company = await seatBystanders(stage.url, 3);
});
afterAll(() => company.leave());

const dialog = (page: Page) => page.getByRole("dialog", { name: "Settings" });
const slot = (page: Page, name: RegExp) => dialog(page).getByRole("button", { name });

/** Farther than a bystander pushes anybody, and nearer than a key takes them. */
const WALKED_PX = 15;

const goneRight = async (page: Page, key: string) => {
  const before = await placeOf(page);
  await page.keyboard.down(key);
  await page.waitForTimeout(400);
  await page.keyboard.up(key);
  return ((await placeOf(page))?.x ?? 0) - (before?.x ?? 0);
};

describe("rebinding", () => {
  test("[E2E-SET-1] a key bound anew works at once and after a reload, its old owner gets the other one", async () => {
    const player = await stage.open();
    const { page } = player;
    await play(player, "Ann");
    await page.keyboard.press("Escape");
    await slot(page, /^Right, First: D$/).click();
    await page.keyboard.press("KeyE");
    await slot(page, /^Right, First: E$/).waitFor();
    await slot(page, /^Special weapon, Second: D$/).waitFor();
    await dialog(page).getByText("E was Special weapon, which has D now").waitFor();
    await takePicture(page, "settings-rebound");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    await expect.poll(() => goneRight(page, "KeyE")).toBeGreaterThan(WALKED_PX);

    await page.reload();
    await waitForFight(page);
    expect(await goneRight(page, "KeyD")).toBeLessThan(WALKED_PX);
    await page.keyboard.press("Escape");
    await slot(page, /^Right, First: E$/).waitFor();
    await dialog(page).getByRole("button", { name: "Reset controls" }).click();
    await slot(page, /^Right, First: D$/).waitFor();
    await slot(page, /^Special weapon, Second: E$/).waitFor();
    expect(player.errors).toEqual([]);
  }, 60_000);

  test("[E2E-SET-2] mouse and pad buttons are bound by pressing them; Escape keeps, Backspace empties", async () => {
    const player = await stage.open();
    const { page } = player;
    await plugInPad(page);
    await page.reload();
    await page.getByRole("button", { name: "Settings" }).click();
    await slot(page, /^Dash, First: Space$/).click();
    await page.mouse.click(320, 200, { button: "middle" });
    await slot(page, /^Dash, First: Middle click$/).waitFor();
    await slot(page, /^Dash, First: Middle click$/).click();
    await page.keyboard.press("Escape");
    await slot(page, /^Dash, First: Middle click$/).waitFor();
    await slot(page, /^Fire, First: Left click$/).click();
    await page.keyboard.press("Backspace");
    await slot(page, /^Fire, First: none$/).waitFor();
    await slot(page, /^Dash, First: LB$/).click();
    await holdPad(page, { pressed: [2] });
    await slot(page, /^Dash, First: X$/).click();
    // Also the button that closes the settings otherwise.
    await holdPad(page, { pressed: [9] });
    await slot(page, /^Dash, First: Menu$/).waitFor();
    await holdPad(page, {});
    await slot(page, /^Settings, First: X$/).waitFor();
    expect(player.errors).toEqual([]);
  }, 60_000);

  test("[E2E-SET-3] broken settings in storage fall back, and the page plays", async () => {
    const player = await stage.open();
    await player.page.evaluate(() => localStorage.setItem("fracas.settings", '{"bindings":7,"hudScale":"x"'));
    await player.page.reload();
    await play(player, "Ann");
    await expect.poll(() => goneRight(player.page, "KeyD")).toBeGreaterThan(WALKED_PX);
    expect(player.errors).toEqual([]);
  }, 60_000);
});

describe("by keyboard alone", () => {
  test("[E2E-SET-4] settings open, are walked through, set, and close; the focus stays in and comes back", async () => {
    const player = await stage.open();
    const { page } = player;
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
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    expect(await focused()).toBe("Settings");
    expect(player.errors).toEqual([]);
  }, 60_000);

  test("[E2E-SET-5] while they are open the drone stands still, and the fight goes on", async () => {
    const player = await stage.open();
    await play(player, "Ann");
    await player.page.keyboard.press("Escape");
    await dialog(player.page).waitFor();
    expect(Math.abs(await goneRight(player.page, "KeyD"))).toBeLessThan(WALKED_PX);
    expect(await player.page.evaluate(() => window.fracas?.isInStep())).toBe(true);
    await player.page.keyboard.press("Escape");
    await expect.poll(() => goneRight(player.page, "KeyD")).toBeGreaterThan(WALKED_PX);
  });
});

describe("team colours", () => {
  /** Of the own team's key in the score list, "rgb(1, 2, 3)". */
  const ownHue = (page: Page) =>
    page.locator(".score-self .team-mark").evaluate((mark) => getComputedStyle(mark).color);

  /** How many px about the own drone, which is in the middle, are nearly of that hue. */
  const countPx = async (page: Page, hue: string) => {
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    const clip = { x: width / 2 - 16, y: height / 2 - 16, width: 32, height: 32 };
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

  test("[E2E-SET-7] another palette shows on drones at once, in the middle of a fight, and stays in the next one", async () => {
    const player = await stage.open();
    const { page } = player;
    // Large enough to tell the hull's few px of pure hue.
    await page.setViewportSize({ width: 800, height: 450 });
    await play(player, "Ann");
    const before = await ownHue(page);
    await expect.poll(() => countPx(page, before)).toBeGreaterThan(8);
    await takePicture(page, "palette-standard");
    const shown = await countPx(page, before);

    await page.keyboard.press("Escape");
    await dialog(page).getByRole("tab", { name: "Display" }).click();
    await page.getByRole("radio", { name: /^Red and cyan first/ }).check();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    const after = await ownHue(page);
    expect(after).not.toBe(before);
    await expect.poll(() => countPx(page, after)).toBeGreaterThan(8);
    // A pickup beneath it may be of the old hue as well, and stays.
    await expect.poll(() => countPx(page, before)).toBeLessThan(shown - 8);
    await takePicture(page, "palette-warm");

    await page.getByRole("button", { name: "Leave the arena" }).click();
    await play(player, "Ann");
    const next = await ownHue(page);
    await expect.poll(() => countPx(page, next)).toBeGreaterThan(8);
    expect(player.errors).toEqual([]);
  }, 90_000);
});

describe("languages", () => {
  test("[E2E-SET-6] the browser's language is taken, and another one is a choice away and kept", async () => {
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
