/** Devices that a test plays on: thumbs on a touch screen, and a simulated gamepad. */
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Thumbs {
  down(id: number, at: Point): Promise<void>;
  /** Moves in three steps, as a thumb does. */
  slide(id: number, to: Point): Promise<void>;
  up(id: number): Promise<void>;
  /** Ids of the thumbs that are down. */
  held(): number[];
}

/** Several thumbs at once: Playwright's touchscreen has one finger, which only taps. */
export async function thumbsOn(page: Page): Promise<Thumbs> {
  const devtools = await page.context().newCDPSession(page);
  const touching = new Map<number, Point>();
  /** Reports the one point that changes. */
  const dispatch = (type: "touchStart" | "touchMove" | "touchEnd", id: number) => {
    const { x, y } = touching.get(id) ?? { x: 0, y: 0 };
    return devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [{ id, x, y }] });
  };
  return {
    async down(id, at) {
      touching.set(id, at);
      await dispatch("touchStart", id);
    },
    async slide(id, to) {
      const from = touching.get(id) ?? to;
      for (const share of [0.3, 0.6, 1]) {
        touching.set(id, { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
        await dispatch("touchMove", id);
      }
    },
    async up(id) {
      await dispatch("touchEnd", id);
      touching.delete(id);
    },
    held: () => [...touching.keys()],
  };
}

/** Zooms as far as the page allows, as a pinch does: Chromium does not zoom by the pinches that DevTools makes up. */
export async function zoomTo(page: Page, scale: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: scale });
}

/** How much the page is zoomed by pinching; 1 is not at all. */
export const zoomOf = (page: Page): Promise<number> => page.evaluate(() => window.visualViewport?.scale ?? 0);

/** Clicks the side button that goes back a page: Playwright's mouse has none. */
export async function clickBack(page: Page, at: Point): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const button = { ...at, button: "back", clickCount: 1 } as const;
  await devtools.send("Input.dispatchMouseEvent", { ...button, type: "mousePressed", buttons: 8 });
  await devtools.send("Input.dispatchMouseEvent", { ...button, type: "mouseReleased", buttons: 0 });
}

/** Indices of the standard mapping. */
export const PAD = {
  A: 0,
  B: 1,
  X: 2,
  Y: 3,
  LB: 4,
  RT: 7,
  MENU: 9,
  R3: 11,
  DOWN: 13,
  LEFT: 14,
  RIGHT: 15,
} as const;

export interface PadState {
  /** Left x, left y, right x, right y; −1…1. */
  axes?: [number, number, number, number];
  /** Button indices of the standard mapping. */
  pressed?: number[];
}

declare global {
  interface Window {
    /** The state that the simulated gamepad reports; at rest while it is undefined. */
    padState?: { axes: number[]; pressed: number[] } | undefined;
  }
}

/** Call before the page loads: its only gamepad is then the one that `holdPad` sets. */
export const plugInPad = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    navigator.getGamepads = () => {
      const state = window.padState ?? { axes: [0, 0, 0, 0], pressed: [] };
      const buttons = Array.from({ length: 17 }, (_, index) => {
        const pressed = state.pressed.includes(index);
        return { pressed, touched: pressed, value: pressed ? 1 : 0 };
      });
      const pad = { connected: true, mapping: "standard", index: 1, id: "test", axes: state.axes, buttons };
      return [null, pad as unknown as Gamepad, null, null];
    };
  });

/** Holds axes and buttons until the next call. */
export const holdPad = (page: Page, { axes = [0, 0, 0, 0], pressed = [] }: PadState): Promise<void> =>
  page.evaluate(
    (state) => {
      window.padState = state;
    },
    { axes: [...axes], pressed },
  );

/** Call before the page loads: commands are then exactly what the hands do. */
export const helpNoHands = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    localStorage.setItem("fracas.settings", JSON.stringify({ autoFire: "never", aimAssist: 0 }));
  });

/** Presses a button for as many frames as the page needs to read it. */
export async function tapPad(page: Page, button: number): Promise<void> {
  await holdPad(page, { pressed: [button] });
  await waitFrames(page);
  await holdPad(page, {});
  await waitFrames(page);
}

/** Walks down by D-pad until the control with this text has the focus. */
export async function walkPadTo(page: Page, text: RegExp): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  for (let step = 0; step < 30 && !text.test(await focused()); step++) await tapPad(page, PAD.DOWN);
  expect(await focused()).toMatch(text);
}

/** Resolves after `count` animation frames: the page reads its devices once a frame. */
export const waitFrames = (page: Page, count = 3): Promise<void> =>
  page.evaluate(async (frames) => {
    for (let i = 0; i < frames; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
