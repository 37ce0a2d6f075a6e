/** Reads all gamepads as one, so that the player may pick up any of them. */
import { type Code, codeOfPad } from "#client/settings/bindings.ts";
import { CENTRE, lengthOf, type Vector, withDeadZone } from "./stick.ts";

export interface Pads {
  readonly left: Vector;
  readonly right: Vector;
  /** Codes of the buttons that are down. */
  readonly pressed: ReadonlySet<Code>;
}

/** Dead zones. Aiming has a larger one: a released stick springs back through all small values. */
const LEFT_INNER = 0.16;
const RIGHT_INNER = 0.3;
const OUTER = 0.94;
/** Value from which an analog trigger counts as pressed. */
const PRESSED_FROM = 0.35;

export function readPads(): Pads {
  // getGamepads is missing without a secure context and in browsers that withhold it.
  const all = navigator.getGamepads?.() ?? [];
  return mergePads(all.filter((pad) => pad?.connected).filter((pad) => pad !== null));
}

type PadLike = Pick<Gamepad, "axes" | "buttons" | "mapping">;

/** Takes the stick that is pushed farthest, and the buttons of all pads. */
export function mergePads(pads: readonly PadLike[]): Pads {
  let left = CENTRE;
  let right = CENTRE;
  const pressed = new Set<Code>();
  for (const { axes, buttons, mapping } of pads) {
    left = farther(left, withDeadZone(stickAt(axes, 0), LEFT_INNER, OUTER));
    // Without a standard mapping, the third of more than four axes may be a trigger, which rests at −1.
    const hasRight = mapping === "standard" || axes.length === 4;
    if (hasRight) right = farther(right, withDeadZone(stickAt(axes, 2), RIGHT_INNER, OUTER));
    for (const [index, button] of buttons.entries())
      if (button.pressed || button.value > PRESSED_FROM) pressed.add(codeOfPad(index));
  }
  return { left, right, pressed };
}

const stickAt = (axes: readonly number[], from: number): Vector => ({
  x: axes[from] ?? 0,
  y: axes[from + 1] ?? 0,
});

const farther = (a: Vector, b: Vector): Vector => (lengthOf(b) > lengthOf(a) ? b : a);

/** Calls `look` once a frame, as pad buttons fire no events; returns a function that stops it. */
export function eachFrame(look: () => void): () => void {
  let request = requestAnimationFrame(function frame() {
    look();
    request = requestAnimationFrame(frame);
  });
  return () => cancelAnimationFrame(request);
}
