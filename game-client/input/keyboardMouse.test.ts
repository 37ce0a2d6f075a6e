import { describe, expect, it } from "vitest";
import { type Bindings, DEFAULT_BINDINGS } from "#client/settings/bindings.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import { fakePage } from "./fakePage.ts";
import { createKeyboardMouse } from "./keyboardMouse.ts";

const STILL = { x: 0, y: 0 };
const UP = { x: 0, y: -MOVE_MAX };

function setUp(bindings: Bindings = DEFAULT_BINDINGS) {
  const page = fakePage();
  const menu = { isOpen: false };
  const { surface } = page;
  const device = createKeyboardMouse({ surface, bindings: () => bindings, isAway: () => menu.isOpen });
  return { page, device, menu };
}

const dashOn = (code: string): Bindings => ({
  ...DEFAULT_BINDINGS,
  dash: { keys: [code, ""], pad: ["", ""] },
});

describe("keys", () => {
  it("[KEYS-1] a key steers while it is down, and the browser does nothing with it", () => {
    const { page, device } = setUp();
    expect(page.key("keydown", "KeyW")).toBe(true);
    expect(device.stick).toEqual(UP);
    page.key("keyup", "KeyW");
    expect(device.stick).toEqual(STILL);
  });

  it.each(["MetaLeft", "MetaRight"])(
    "[KEYS-2] %s releases all keys, because macOS fires no keyup for them",
    (code) => {
      const { page, device } = setUp();
      page.key("keydown", "KeyW");
      page.key("keydown", "Space");
      device.takeButtons();
      page.key("keydown", code, { key: "Meta", metaKey: true });
      expect(device.stick).toEqual(STILL);
      expect(device.takeButtons()).toBe(0);
      // A key that is still down repeats after Cmd is released.
      page.key("keyup", code, { key: "Meta" });
      page.key("keydown", "KeyW", { repeat: true });
      expect(device.stick).toEqual(UP);
    },
  );

  it("[KEYS-3] keys that are released over another window or a hidden page count as released", () => {
    const { page, device } = setUp();
    page.key("keydown", "KeyW");
    page.fire("blur");
    expect(device.stick).toEqual(STILL);
    page.key("keydown", "KeyW");
    page.hide(true);
    expect(device.stick).toEqual(STILL);
  });

  it("[KEYS-4] with dash on Alt, steering works while it is held, and no shortcut of the browser fires", () => {
    const { page, device } = setUp(dashOn("AltLeft"));
    expect(page.key("keydown", "AltLeft", { altKey: true })).toBe(true);
    expect(device.takeButtons()).toBe(BUTTON.dash);
    expect(page.key("keydown", "ArrowUp", { altKey: true })).toBe(true);
    expect(device.stick).toEqual(UP);
    expect(page.key("keyup", "AltLeft")).toBe(true);
    expect(device.takeButtons()).toBe(0);
  });

  it("[KEYS-5] without a binding on Alt, and with Ctrl or Cmd, a key is a shortcut of the browser", () => {
    const { page, device } = setUp();
    for (const modifier of ["altKey", "ctrlKey", "metaKey"])
      expect(page.key("keydown", "ArrowUp", { [modifier]: true })).toBe(false);
    expect(device.stick).toEqual(STILL);
  });

  it("[KEYS-6] AltGr, which Windows reports as Ctrl and Alt, is Alt", () => {
    const { page, device } = setUp(dashOn("AltRight"));
    const getModifierState = (name: string) => name === "AltGraph";
    page.key("keydown", "KeyW", { ctrlKey: true, altKey: true, getModifierState });
    expect(device.stick).toEqual(UP);
  });

  it("[KEYS-7] a key that goes down while a menu is open steers after the menu has closed, and the menu has its effect", () => {
    const { page, device, menu } = setUp();
    menu.isOpen = true;
    expect(page.key("keydown", "KeyW")).toBe(false);
    menu.isOpen = false;
    expect(device.stick).toEqual(UP);
  });
});

describe("mouse and pen", () => {
  const RIGHT = { aim: 0, px: 100 };

  it("[MOUSE-1] no pointerdown is prevented: without a mouseup that is prevented instead, a side button leaves the page", () => {
    const { page, device } = setUp(dashOn("Mouse3"));
    expect(page.mouse("pointerdown", 3)).toBe(false);
    expect(device.takeButtons()).toBe(BUTTON.dash);
    expect(page.mouse("mousedown", 1)).toBe(true);
    expect(page.mouse("mousedown", 0)).toBe(false);
  });

  it("[MOUSE-2] a button pressed while another is held counts, also when it is released first", () => {
    const { page, device } = setUp(dashOn("Mouse3"));
    page.mouse("pointerdown", 0);
    page.mouse("pointermove", 3, { buttons: 1 | 8 });
    expect(device.takeButtons()).toBe(BUTTON.fire | BUTTON.dash);
    page.mouse("pointermove", 3, { buttons: 1 });
    expect(device.takeButtons()).toBe(BUTTON.fire);
  });

  it("[MOUSE-3] a button whose release the page did not hear counts as released at the next move", () => {
    const { page, device } = setUp();
    page.mouse("pointerdown", 0);
    device.takeButtons();
    page.mouse("pointermove", -1);
    expect(device.takeButtons()).toBe(0);
  });

  it("[MOUSE-4] a right button that comes up over the HUD opens no menu; in a dialog it does", () => {
    const { page, menu } = setUp();
    expect(page.fire("contextmenu", {}, page.element("aside"))).toBe(true);
    expect(page.fire("contextmenu", {}, page.element("dialog"))).toBe(false);
    menu.isOpen = true;
    expect(page.fire("contextmenu", {}, page.element("aside"))).toBe(false);
  });

  it("[PEN-1] a pen aims while it hovers, and fires on touching the screen", () => {
    const { page, device } = setUp();
    page.mouse("pointermove", -1, { pointerType: "pen", clientX: 7, clientY: 9 });
    const seen: number[] = [];
    device.aim((x, y) => {
      seen.push(x, y);
      return RIGHT;
    });
    expect(seen).toEqual([7, 9]);
    page.mouse("pointerdown", 0, { pointerType: "pen" });
    expect(device.takeButtons()).toBe(BUTTON.fire);
  });

  it("[MOUSE-5] a finger neither releases keys and buttons nor aims", () => {
    const { page, device } = setUp();
    page.key("keydown", "KeyW");
    page.mouse("pointerdown", 0);
    for (const type of ["pointerdown", "pointerup", "pointercancel"])
      page.mouse(type, 0, { pointerType: "touch", pointerId: 2 });
    expect(device.stick).toEqual(UP);
    expect(device.takeButtons()).toBe(BUTTON.fire);
  });
});
