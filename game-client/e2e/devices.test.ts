import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Company, seatBystanders } from "./company.ts";
import { holdPad, plugInPad, thumbsOn } from "./devices.ts";
import { takePicture, waitForFight } from "./harness.ts";
import { expectMove, ownShots } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
let company: Company;
beforeAll(async () => {
  company = await seatBystanders(stage.url, 3);
});
afterAll(() => company.leave());

/** −π…π, however often the barrel has turned. */
const ownAim = (page: Page) =>
  page.evaluate(() => {
    const aim = window.fracas?.ownAim() ?? Number.NaN;
    return Math.atan2(Math.sin(aim), Math.cos(aim));
  });
describe("a phone", () => {
  test.each([
    ["upright", { width: 360, height: 640 }],
    ["across", { width: 640, height: 360 }],
  ])(
    "[E2E-TOUCH-1] held %s is played with two thumbs: move, aim, fire",
    async (how, size) => {
      const phone = await stage.openPhone(size);
      const { page } = phone;
      await page.getByRole("list", { name: "Controls" }).getByText("Left thumb").waitFor();
      await page.getByRole("textbox").fill("Thumb");
      await page.getByRole("button", { name: "Play", exact: true }).tap();
      await waitForFight(page);
      const thumbs = await thumbsOn(page);
      const y = size.height - 90;
      const [left, right] = [
        { x: 75, y },
        { x: size.width - 75, y },
      ];

      await thumbs.down(1, left);
      await expectMove(page, 1, 0, () => thumbs.slide(1, { x: left.x + 50, y }));
      await thumbs.down(2, right);
      await thumbs.slide(2, { x: right.x, y: y - 24 });
      await expect.poll(() => ownAim(page)).toBeCloseTo(-Math.PI / 2, 1);
      expect(await ownShots(page)).toBe(0);
      await thumbs.slide(2, { x: right.x, y: y - 50 });
      await expect.poll(() => ownShots(page)).toBeGreaterThan(0);
      await page.locator(".touch-stick-aim.touch-out").waitFor();
      await takePicture(page, `touch-fight-${how}`);
      await thumbs.up(2);
      await expect.poll(() => ownShots(page)).toBe(0);
      await expectMove(page, -1, 0, () => thumbs.slide(1, { x: left.x - 50, y }));

      await thumbs.up(1);
      expect(phone.errors).toEqual([]);
    },
    60_000,
  );

  test("[E2E-TOUCH-2] nothing lies under a thumb: buttons are 44 px, in the window, and off the drone", async () => {
    const phone = await stage.openPhone({ width: 360, height: 640 });
    const { page } = phone;
    await page.getByRole("textbox").fill("Thumb");
    await page.getByRole("button", { name: "Play", exact: true }).tap();
    await waitForFight(page);
    for (const size of [
      { width: 360, height: 640 },
      { width: 640, height: 360 },
    ]) {
      await page.setViewportSize(size);
      const drone = { x: size.width / 2, y: size.height / 2 };
      for (const part of await page.locator(".touch-button, .hud-buttons button:visible").all()) {
        const box = await part.boundingBox();
        if (!box) throw new Error("a button is not shown");
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(size.width);
        expect(box.y + box.height).toBeLessThanOrEqual(size.height);
        const away = Math.hypot(box.x + box.width / 2 - drone.x, box.y + box.height / 2 - drone.y);
        expect(away).toBeGreaterThan(100);
      }
    }
  });
});

describe("a gamepad", () => {
  test("[E2E-PAD-1] plugged in during the fight it takes over: moves, aims, fires; then the mouse is back", async () => {
    const player = await stage.open();
    const { page } = player;
    await plugInPad(page);
    await page.reload();
    await page.getByRole("list", { name: "Controls" }).getByText("Space").waitFor();
    await page.getByRole("textbox").fill("Pad");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await waitForFight(page);

    await expectMove(page, 1, 0, () => holdPad(page, { axes: [1, 0, 0, 0] }));
    await expectMove(page, -1, 0, () => holdPad(page, { pressed: [14] }));
    await holdPad(page, { axes: [0, 0, 0, 1] });
    await expect.poll(() => ownAim(page)).toBeCloseTo(Math.PI / 2, 1);
    expect(await ownShots(page)).toBe(0);
    await holdPad(page, { axes: [0, 0, 0, 1], pressed: [7] });
    await expect.poll(() => ownShots(page)).toBeGreaterThan(0);
    await takePicture(page, "pad-fight");
    await holdPad(page, {});
    await expect.poll(() => ownShots(page)).toBe(0);

    await holdPad(page, { pressed: [9] });
    await page.getByRole("dialog", { name: "Settings" }).waitFor();
    await holdPad(page, {});
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Settings" }).waitFor({ state: "hidden" });
    await page.mouse.move(600, 180);
    await expect.poll(async () => Math.abs(await ownAim(page))).toBeLessThan(0.1);
    expect(player.errors).toEqual([]);
  }, 60_000);

  test("[E2E-PAD-3] menus are walked through by D-pad, A and B: from the title into settings and into the fight", async () => {
    const player = await stage.open();
    const { page } = player;
    await plugInPad(page);
    await page.reload();
    await page.getByRole("textbox").waitFor();
    const tap = async (button: number) => {
      await holdPad(page, { pressed: [button] });
      await page.waitForTimeout(150);
      await holdPad(page, {});
      await page.waitForTimeout(150);
    };
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await tap(9);
    await page.getByRole("dialog", { name: "Settings" }).waitFor();
    await tap(15);
    expect(await focused()).toBe("Sound");
    await tap(0);
    await page.getByRole("slider", { name: "Effects" }).waitFor();
    await tap(1);
    await page.getByRole("dialog", { name: "Settings" }).waitFor({ state: "hidden" });
    for (let i = 0; i < 6 && (await focused()) !== "Play"; i++) await tap(13);
    await tap(0);
    await waitForFight(page);
    expect(player.errors).toEqual([]);
  }, 60_000);

  test("[E2E-PAD-2] hints on the title follow the device", async () => {
    const player = await stage.open();
    const { page } = player;
    await plugInPad(page);
    await page.reload();
    const hints = page.getByRole("list", { name: "Controls" });
    await hints.getByText("Space").waitFor();
    await holdPad(page, { axes: [1, 0, 0, 0] });
    await hints.getByText("Left stick").waitFor();
    await hints.getByText("RT", { exact: true }).waitFor();
    await holdPad(page, {});
    await page.mouse.move(100, 100);
    await page.mouse.move(140, 100);
    await hints.getByText("Space").waitFor();
  });
});
