/** The view in the browser: it leans toward the pointer, stays at the arena, and shots go where the crosshair is. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flowTo, nextOnWay } from "#shared/arena/flowField.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { LEAN, VIEW_BEYOND_PX } from "#shared/sim/view.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { type Company, seatAllBut } from "./company.ts";
import { type PlayerPage, play, takePicture } from "./harness.ts";
import { placeOf, pointAt, steer } from "./pilot.ts";
import { setStage } from "./stage.ts";

const foundry = readArena("foundry");
const stage = setStage();

const look = (page: Page) => page.evaluate(() => window.fracas?.look() ?? { x: 0, y: 0 });
const ownAim = (page: Page) => page.evaluate(() => window.fracas?.ownAim() ?? 0);
const corrections = (page: Page) => page.evaluate(() => window.fracas?.corrections().count ?? -1);

/** Walks until the own drone is near the place; it may be destroyed and start anew on the way. */
async function walkTo(page: Page, x: number, y: number): Promise<void> {
  const way = flowTo(foundry, x, y);
  await expect
    .poll(async () => {
      const own = await placeOf(page);
      if (!own) return Number.POSITIVE_INFINITY;
      const next = nextOnWay(foundry, way, own.x, own.y);
      await steer(page, { x: next.x - own.x, y: next.y - own.y });
      return Math.hypot(own.x - x, own.y - y);
    })
    .toBeLessThan(foundry.tilePx);
  await steer(page, { x: 0, y: 0 });
}

/** Resolves when the middle of the view no longer moves. */
async function settle(page: Page): Promise<void> {
  let last = await look(page);
  await expect
    .poll(async () => {
      const now = await look(page);
      const movedPx = Math.hypot(now.x - last.x, now.y - last.y);
      last = now;
      return movedPx;
    })
    .toBeLessThan(0.1);
}

/** Angle between the own barrel and the direction from the drone to a place in the world that the pointer is on. */
async function missedBy(page: Page, at: { x: number; y: number }): Promise<number> {
  const own = await placeOf(page);
  const off = Math.atan2(at.y - (own?.y ?? 0), at.x - (own?.x ?? 0)) - (await ownAim(page));
  return Math.abs(Math.atan2(Math.sin(off), Math.cos(off)));
}

describe("a player's view", () => {
  let ann: PlayerPage;
  let page: Page;
  let company: Company;
  beforeAll(async () => {
    company = await seatAllBut(stage.url, 1);
    ann = await stage.openForAll();
    page = ann.page;
    await play(ann, "Ann");
  });
  afterAll(async () => {
    await page.context().close();
    await company.leave();
  });

  test("[CROSS-1] leans toward the pointer in the middle of the arena, rests under a still one, and aims at it", async () => {
    await walkTo(page, foundry.widthPx / 2, foundry.heightPx / 2);
    for (const side of [1, -1]) {
      await page.mouse.move(320 + side * 250, 180);
      const leansBy = async () => side * ((await look(page)).x - ((await placeOf(page))?.x ?? 0));
      await expect.poll(leansBy).toBeGreaterThan(LEAN.maxPx - 10);
      expect(await leansBy()).toBeLessThanOrEqual(LEAN.maxPx + 0.5);
    }
    await settle(page);
    const own = await placeOf(page);
    const target = { x: (own?.x ?? 0) - 200, y: (own?.y ?? 0) - 120 };
    await expect
      .poll(async () => {
        await pointAt(page, target);
        return missedBy(page, target);
      })
      .toBeLessThan(0.03);
    expect(await page.locator("canvas").evaluate((canvas) => getComputedStyle(canvas).cursor)).toBe("none");
    await takePicture(page, "view-middle");
  });

  test("[CROSS-2] stays at the arena in a corner, and still aims at the pointer", async () => {
    await walkTo(page, 1.5 * foundry.tilePx, 1.5 * foundry.tilePx);
    const own = await placeOf(page);
    const target = { x: (own?.x ?? 0) + 300, y: (own?.y ?? 0) + 200 };
    await expect
      .poll(async () => {
        await pointAt(page, target);
        return missedBy(page, target);
      })
      .toBeLessThan(0.03);
    const { x, y } = await look(page);
    expect(x - VIEW_WIDTH_PX / 2).toBeCloseTo(-VIEW_BEYOND_PX, 1);
    expect(y - VIEW_HEIGHT_PX / 2).toBeCloseTo(-VIEW_BEYOND_PX, 1);
    await takePicture(page, "view-corner");
  });

  test("[CROSS-3] is predicted without a correction while it leans", async () => {
    const before = await corrections(page);
    for (let turn = 0; turn < 20; turn++) {
      await page.mouse.move(320 + 200 * Math.cos(turn), 180 + 120 * Math.sin(turn));
    }
    await settle(page);
    expect(await corrections(page)).toBe(before);
    expect(ann.errors).toEqual([]);
  });

  test("[CROSS-4] shows the browser's cursor while a menu has the mouse", async () => {
    const cursor = () => page.locator("canvas").evaluate((canvas) => canvas.style.cursor);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Settings" }).waitFor();
    await expect.poll(cursor).toBe("");
    await page.keyboard.press("Escape");
    await expect.poll(cursor).toBe("none");
  });
});
