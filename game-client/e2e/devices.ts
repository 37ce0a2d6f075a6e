/** Devices that a test plays on: thumbs on glass, and a gamepad that is not there. */
import type { Page } from "playwright-core";

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Thumbs {
  down(id: number, at: Point): Promise<void>;
  /** In a few steps, as thumbs do. */
  slide(id: number, to: Point): Promise<void>;
  up(id: number): Promise<void>;
  held(): number[];
}

/** Several at once: playwright's own touchscreen has one finger that only taps. */
export async function thumbsOn(page: Page): Promise<Thumbs> {
  const devtools = await page.context().newCDPSession(page);
  const touching = new Map<number, Point>();
  /** The browser is told of the one point that changes. */
  const tell = (type: "touchStart" | "touchMove" | "touchEnd", id: number) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: [{ id, ...(touching.get(id) ?? { x: 0, y: 0 }) }],
    });
  return {
    async down(id, at) {
      touching.set(id, at);
      await tell("touchStart", id);
    },
    async slide(id, to) {
      const from = touching.get(id) ?? to;
      for (const share of [0.3, 0.6, 1]) {
        touching.set(id, { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
        await tell("touchMove", id);
      }
    },
    async up(id) {
      await tell("touchEnd", id);
      touching.delete(id);
    },
    held: () => [...touching.keys()],
  };
}

export interface HeldPad {
  /** Left x, left y, right x, right y; −1…1. */
  axes?: [number, number, number, number];
  /** Indices in the standard mapping. */
  pressed?: number[];
}

declare global {
  interface Window {
    /** What the pad that is not there says. */
    heldPad?: { axes: number[]; pressed: number[] } | undefined;
  }
}

/** Before the page loads: the browser's gamepads are what holdPad says. */
export const plugInPad = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    navigator.getGamepads = () => {
      const held = window.heldPad;
      if (!held) return [null, null, null, null];
      const buttons = Array.from({ length: 17 }, (_, index) => {
        const pressed = held.pressed.includes(index);
        return { pressed, touched: pressed, value: pressed ? 1 : 0 };
      });
      const pad = { connected: true, mapping: "standard", index: 1, id: "test", axes: held.axes, buttons };
      return [null, pad as unknown as Gamepad, null, null];
    };
  });

export const holdPad = (page: Page, { axes = [0, 0, 0, 0], pressed = [] }: HeldPad): Promise<void> =>
  page.evaluate(
    (held) => {
      window.heldPad = held;
    },
    { axes: [...axes], pressed },
  );

/** Long enough for the page to have looked at its pads. */
export const framesOf = (page: Page, count = 3): Promise<void> =>
  page.evaluate(async (frames) => {
    for (let i = 0; i < frames; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
