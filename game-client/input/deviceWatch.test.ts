import { expect, it } from "vitest";
import { deviceInUse } from "#client/deviceInUse.ts";
import { watchDevices } from "./deviceWatch.ts";
import { fakePage } from "./fakePage.ts";

it("[PEN-2] a pen counts as a mouse, a finger as a thumb", () => {
  const page = fakePage({ getGamepads: () => [] });
  watchDevices();
  const uses = (type: string, pointerType: string) => {
    page.mouse(type, 0, { pointerType, movementX: 3, movementY: 0 });
    return deviceInUse.value;
  };
  expect(uses("pointerdown", "touch")).toBe("touch");
  expect(uses("pointermove", "pen")).toBe("keys");
  uses("pointerdown", "touch");
  expect(uses("pointerdown", "pen")).toBe("keys");
});
