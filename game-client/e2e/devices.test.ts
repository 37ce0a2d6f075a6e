/** Playing by touch and by gamepad. The tests of a device share a page, each goes on where the one before it ended. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { type Company, seatAllBut } from "./company.ts";
import {
  helpNoHands,
  holdPad,
  PAD,
  plugInPad,
  tapPad,
  thumbsOn,
  walkPadTo,
  zoomOf,
  zoomTo,
} from "./devices.ts";
import { type PlayerPage, playUpright, takePicture, waitForFight } from "./harness.ts";
import { expectMove, ownShots, placeOf, pointAt } from "./pilot.ts";
import { PHONE, setStage } from "./stage.ts";

const stage = setStage();
let company: Company;
beforeAll(async () => {
  company = await seatAllBut(stage.url, 1);
});
afterAll(() => company.leave());

/** −π…π, however often the barrel has turned. */
const ownAim = (page: Page) =>
  page.evaluate(() => {
    const aim = window.fracas?.ownAim() ?? Number.NaN;
    return Math.atan2(Math.sin(aim), Math.cos(aim));
  });

describe("a phone", () => {
  const UPRIGHT = { width: 360, height: 640 };
  const ACROSS = { width: 640, height: 360 };
  let phone: PlayerPage;

  beforeAll(async () => {
    phone = await stage.openForAll({ viewport: UPRIGHT, device: PHONE, prepare: helpNoHands });
    const { page } = phone;
    await page.getByRole("list", { name: "Controls" }).getByText("Left thumb").waitFor();
    await zoomTo(page, 2.8);
    await page.waitForFunction(() => (window.visualViewport?.scale ?? 0) > 2);
    await page.getByRole("textbox").fill("Thumb");
    // A tap would miss the button: Playwright does not reckon with the zoom.
    await page.getByRole("textbox").press("Enter");
    await waitForFight(page);
    await page.waitForFunction(() => window.visualViewport?.scale === 1);
    await playUpright(page);
  });
  afterAll(() => phone.page.context().close());

  test("[E2E-TOUCH-3] a zoom from the title ends with it, the fight cannot be zoomed, and the settings over it can", async () => {
    const { page } = phone;
    await expect.poll(() => zoomOf(page)).toBe(1);
    await zoomTo(page, 2.8);
    expect(await zoomOf(page)).toBe(1);
    const settings = page.getByRole("dialog", { name: "Settings" });
    await page.getByRole("button", { name: "Settings" }).tap();
    await settings.waitFor();
    await zoomTo(page, 2.8);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(2);
    await settings.evaluate((dialog: HTMLDialogElement) => dialog.close());
    await settings.waitFor({ state: "hidden" });
    await expect.poll(() => zoomOf(page)).toBe(1);
  });

  test("[AXE-3] axe finds nothing serious in the fight on a phone", async () => {
    expect(await findings(phone.page)).toEqual([]);
  });

  test.each([
    ["upright", UPRIGHT],
    ["across", ACROSS],
  ])("[E2E-TOUCH-1] two thumbs on a phone held %s move, aim and fire", async (how, size) => {
    const { page } = phone;
    await page.setViewportSize(size);
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
  });

  test("[E2E-TOUCH-2] each button is at least 44 px wide and high, inside the window, and 100 px off the middle of the view", async () => {
    const { page } = phone;
    for (const size of [UPRIGHT, ACROSS]) {
      await page.setViewportSize(size);
      // Far from the arena's border the own drone is near it.
      const middle = { x: size.width / 2, y: size.height / 2 };
      for (const part of await page.locator(".touch-button, .hud-buttons button:visible").all()) {
        const box = await part.boundingBox();
        if (!box) throw new Error("a button is not shown");
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(size.width);
        expect(box.y + box.height).toBeLessThanOrEqual(size.height);
        const awayPx = Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y);
        expect(awayPx).toBeGreaterThan(100);
      }
    }
  });
});

describe("a gamepad", () => {
  let player: PlayerPage;
  let page: Page;
  beforeAll(async () => {
    player = await stage.openForAll({
      async prepare(context) {
        await plugInPad(context);
        await helpNoHands(context);
      },
    });
    page = player.page;
  });
  afterAll(() => page.context().close());

  const dialog = () => page.getByRole("dialog", { name: "Settings" });
  const moveMouse = async () => {
    await page.mouse.move(100, 100);
    await page.mouse.move(140, 100);
  };

  test("[E2E-PAD-2] the hints on the title follow the device in use", async () => {
    const hints = page.getByRole("list", { name: "Controls" });
    await hints.getByText("Space").waitFor();
    await holdPad(page, { axes: [1, 0, 0, 0] });
    await hints.getByText("Left stick").waitFor();
    await hints.getByText("RT", { exact: true }).waitFor();
    await holdPad(page, {});
    await moveMouse();
    await hints.getByText("Space").waitFor();
  });

  test("[E2E-PAD-3] D-pad, A and B lead from the title through the settings into the fight", async () => {
    await tapPad(page, PAD.MENU);
    await dialog().waitFor();
    await tapPad(page, PAD.RIGHT);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Sound");
    await tapPad(page, PAD.A);
    await page.getByRole("slider", { name: "Effects" }).waitFor();
    await tapPad(page, PAD.B);
    await dialog().waitFor({ state: "hidden" });
    await walkPadTo(page, /^Play$/);
    await tapPad(page, PAD.A);
    await waitForFight(page);
    expect(player.errors).toEqual([]);
  });

  test("[E2E-PAD-1] in the fight a gamepad takes over from the mouse, moves, aims and fires; then the mouse takes over", async () => {
    await moveMouse();
    await expectMove(page, 1, 0, () => holdPad(page, { axes: [1, 0, 0, 0] }));
    await expectMove(page, -1, 0, () => holdPad(page, { pressed: [PAD.LEFT] }));
    await holdPad(page, { axes: [0, 0, 0, 1] });
    await expect.poll(() => ownAim(page)).toBeCloseTo(Math.PI / 2, 1);
    expect(await ownShots(page)).toBe(0);
    await holdPad(page, { axes: [0, 0, 0, 1], pressed: [PAD.RT] });
    await expect.poll(() => ownShots(page)).toBeGreaterThan(0);
    await takePicture(page, "pad-fight");
    await holdPad(page, {});
    await expect.poll(() => ownShots(page)).toBe(0);

    await holdPad(page, { pressed: [PAD.MENU] });
    await dialog().waitFor();
    await holdPad(page, {});
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    await expect
      .poll(async () => {
        const own = await placeOf(page);
        await pointAt(page, { x: (own?.x ?? 0) + 200, y: own?.y ?? 0 });
        return Math.abs(await ownAim(page));
      })
      .toBeLessThan(0.1);
    expect(player.errors).toEqual([]);
  });
});
