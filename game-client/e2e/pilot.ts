/** Plays a page by keyboard and mouse: finds the way to a place and shoots at the drone there. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import { flowTo, nextOnWay } from "#shared/arena/flowField.ts";
import { isLineClear } from "#shared/sim/collision.ts";

/** World px. */
interface Place {
  x: number;
  y: number;
}

/** The own drone as drawn; undefined while the player has none. */
export const placeOf = (page: Page): Promise<(Place & { hp: number }) | undefined> =>
  page.evaluate(() => window.fracas?.ownDrone());

/** How many own shots are on screen. */
export const ownShots = (page: Page) => page.evaluate(() => window.fracas?.ownShots() ?? 0);

/** A drone that is farther away at the next look was placed there: a respawn, or another arena. */
const LEAP_PX = 250;
const MOVED_PX = 15;

/** Acts, and resolves when the drone has moved in a direction; `x` and `y` are signs. */
export async function expectMove(
  page: Page,
  x: number,
  y: number,
  act: () => Promise<unknown>,
): Promise<void> {
  let from = await placeOf(page);
  await act();
  const movedPx = async () => {
    const now = await placeOf(page);
    if (!now) return 0;
    if (!from || Math.hypot(now.x - from.x, now.y - from.y) > LEAP_PX) from = now;
    return (now.x - from.x) * x + (now.y - from.y) * y;
  };
  await expect.poll(movedPx).toBeGreaterThan(MOVED_PX);
}

const SHOOT_FROM_PX = 450;
/** Deviations below this are not corrected by a key press. */
const STRAIGHT_PX = 12;

/** Looks once and reacts once; call it until the hunter has destroyed its prey. */
export async function hunt(page: Page, arena: Arena, prey: Place): Promise<void> {
  const self = await placeOf(page);
  if (!self) return;
  const seesPrey = isLineClear(arena, self.x, self.y, prey.x, prey.y);
  const isNear = Math.hypot(prey.x - self.x, prey.y - self.y) < SHOOT_FROM_PX;
  if (seesPrey && isNear) {
    await steer(page, { x: 0, y: 0 });
    await pointAt(page, prey);
    await page.mouse.down();
    return;
  }
  await page.mouse.up();
  const way = nextOnWay(arena, flowTo(arena, prey.x, prey.y), self.x, self.y);
  await steer(page, { x: way.x - self.x, y: way.y - self.y });
}

const heldKeys = new WeakMap<Page, Set<string>>();

export async function steer(page: Page, { x, y }: Place): Promise<void> {
  const wanted = new Set<string>();
  if (x > STRAIGHT_PX) wanted.add("KeyD");
  if (x < -STRAIGHT_PX) wanted.add("KeyA");
  if (y > STRAIGHT_PX) wanted.add("KeyS");
  if (y < -STRAIGHT_PX) wanted.add("KeyW");
  const held = heldKeys.get(page) ?? new Set();
  for (const key of held) if (!wanted.has(key)) await page.keyboard.up(key);
  for (const key of wanted) if (!held.has(key)) await page.keyboard.down(key);
  heldKeys.set(page, wanted);
}

/** Place of the own drone in the window, CSS px. */
export const ownOnScreen = (page: Page): Promise<Place> =>
  page.evaluate(() => {
    const own = window.fracas?.ownDrone();
    return window.fracas?.onScreen(own?.x ?? 0, own?.y ?? 0) ?? { x: 0, y: 0 };
  });

/** Points at a place in the world. The view leans after the pointer, so the place moves on the screen: call it again. */
export async function pointAt(page: Page, at: Place): Promise<void> {
  const place = await page.evaluate(({ x, y }) => window.fracas?.onScreen(x, y), { x: at.x, y: at.y });
  if (place) await page.mouse.move(place.x, place.y);
}
