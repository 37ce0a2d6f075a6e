import { describe, expect, it } from "vitest";
import { BUTTON } from "#shared/schema/input.ts";
import { createButtons } from "./buttons.ts";

const { fire, dash } = BUTTON;

describe("buttons that a press switches on and off", () => {
  it("[HANDS-6] the first press fires on after the release, the second ends it without a shot; others are held", () => {
    const buttons = createButtons(() => fire);
    buttons.hold(fire | dash);
    expect(buttons.take()).toBe(fire | dash);
    buttons.hold(0);
    expect(buttons.take()).toBe(fire);
    buttons.hold(fire);
    expect(buttons.take()).toBe(0);
    buttons.hold(0);
    expect(buttons.take()).toBe(0);
  });

  it("[HANDS-7] a tap within one tick switches on, and a death, a menu or another window switches off", () => {
    const buttons = createButtons(() => fire);
    for (const end of [buttons.letGo, buttons.releaseAll]) {
      buttons.hold(fire);
      buttons.hold(0);
      expect(buttons.take()).toBe(fire);
      expect(buttons.seen).toBe(fire);
      end();
      expect(buttons.take()).toBe(0);
    }
  });

  it("[HANDS-8] a press from before the setting changed leaves nothing switched on", () => {
    let toggled = 0;
    const buttons = createButtons(() => toggled);
    buttons.hold(fire);
    buttons.hold(0);
    buttons.take();
    toggled = fire;
    expect(buttons.take()).toBe(0);
  });
});
