/** Combines all devices into one: the device used last steers. */
import { type DeviceKind, deviceInUse } from "#client/deviceInUse.ts";
import { settings } from "#client/settings/settings.ts";
import { stickRadiusPx } from "#client/settings/touchSize.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { Device } from "./device.ts";
import { createGamepad } from "./gamepad.ts";
import { createKeyboardMouse } from "./keyboardMouse.ts";
import { readPads } from "./pads.ts";
import { createTouch, type ShownSticks, type Side } from "./touch.ts";

export interface DevicesWiring {
  /** The element of the fight; mouse buttons and touches count there. */
  surface: HTMLElement;
  /** While true, a menu gets the keys and the drone gets neutral commands. */
  isAway: () => boolean;
  /** Draws the sticks of a touch screen. */
  showSticks: (sticks: ShownSticks) => void;
  /** Where the picture of a stick rests in the window, CSS px; undefined while there is none. */
  restOf: (side: Side) => { x: number; y: number } | undefined;
}

const AT_REST = { x: 0, y: 0 } as const;

/** The BUTTON bits that the player's settings let a press switch on and off. */
const toggled = (): number =>
  (settings.fireHow.value === "toggle" ? BUTTON.fire : 0) |
  (settings.altFireHow.value === "toggle" ? BUTTON.altFire : 0);

export function createDevices({ surface, isAway, showSticks, restOf }: DevicesWiring): Device {
  const bindings = () => settings.bindings.value;
  const fixedAt = (side: Side) => (settings.sticks.value === "fixed" ? restOf(side) : undefined);
  const all: Readonly<Record<DeviceKind, Device>> = {
    keys: createKeyboardMouse({ surface, bindings, isAway, toggled }),
    pad: createGamepad(bindings, readPads, () => performance.now(), toggled),
    touch: createTouch({
      surface,
      radiusPx: () => stickRadiusPx.value,
      isLeftHanded: () => settings.leftHanded.value,
      fixedAt,
      isAway,
      toggled,
      show: showSticks,
    }),
  };
  return combineDevices(all, () => deviceInUse.value, isAway);
}

export function combineDevices(
  all: Readonly<Record<DeviceKind, Device>>,
  inUse: () => DeviceKind,
  isAway: () => boolean,
): Device {
  const active = () => all[inUse()];
  return {
    get stick() {
      return isAway() ? AT_REST : active().stick;
    },
    aim: (aimAt) => active().aim(aimAt),
    get buttons() {
      return isAway() ? 0 : active().buttons;
    },
    takeButtons() {
      const chosen = active();
      let taken = 0;
      // Discard the presses of the other devices, so that they do not act when the player switches.
      for (const device of Object.values(all)) {
        const buttons = device.takeButtons();
        if (device === chosen && !isAway()) taken = buttons;
        else device.letGo();
      }
      return taken;
    },
    letGo() {
      for (const device of Object.values(all)) device.letGo();
    },
  };
}
