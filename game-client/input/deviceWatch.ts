/** Detects which device the player uses, on every screen, and writes it to deviceInUse. */
import { deviceInUse } from "#client/deviceInUse.ts";
import { isTyping } from "./keyEvents.ts";
import { eachFrame, type Pads, readPads } from "./pads.ts";
import { isFinger } from "./pointers.ts";
import { lengthOf } from "./stick.ts";

/** Push from which a stick counts: a worn pad at rest must not take over from the mouse. */
const IN_USE_FROM = 0.2;

export function watchDevices(): void {
  // An on-screen keyboard types text and does not steer.
  window.addEventListener("keydown", (event) => {
    if (!isTyping(event)) deviceInUse.value = "keys";
  });
  window.addEventListener("pointerdown", (event) => {
    deviceInUse.value = isFinger(event) ? "touch" : "keys";
  });
  window.addEventListener("pointermove", (event) => {
    // Browsers also fire moves when the element under a resting mouse changes.
    const hasMoved = event.movementX !== 0 || event.movementY !== 0;
    if (!isFinger(event) && hasMoved) deviceInUse.value = "keys";
  });
  let before = "";
  eachFrame(() => {
    const now = describePads(readPads());
    if (now !== before && now !== "") deviceInUse.value = "pad";
    before = now;
  });
}

/** Fingerprint of the pads' state: empty at rest, different for each different input. */
export function describePads({ left, right, pressed }: Pads): string {
  const sticks = [left, right].filter((stick) => lengthOf(stick) > IN_USE_FROM);
  if (sticks.length === 0 && pressed.size === 0) return "";
  const places = sticks.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  return [...places, ...pressed].join(" ");
}
