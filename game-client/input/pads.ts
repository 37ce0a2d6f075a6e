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
/** Value from which a button counts as pressed: above the 0.5 that some triggers report at rest. */
const PRESSED_FROM = 0.55;

const read = createPadReader();

export function readPads(): Pads {
  // getGamepads is missing without a secure context and in browsers that withhold it.
  const all = navigator.getGamepads?.() ?? [];
  return read(all.filter((pad) => pad?.connected).filter((pad) => pad !== null));
}

type PadLike = Pick<Gamepad, "axes" | "buttons" | "id" | "index" | "mapping">;

/**
 * Takes the stick that is pushed farthest, and the buttons of all pads. A stick or button counts once it has been seen
 * at rest since its pad was connected: a throttle or a worn trigger, which rests anywhere, is none.
 */
export function createPadReader(): (pads: readonly PadLike[]) => Pads {
  let known = new Map<string, PadAtRest>();
  return (pads) => {
    let left = CENTRE;
    let right = CENTRE;
    const pressed = new Set<Code>();
    const connected = new Map<string, PadAtRest>();
    for (const pad of pads) {
      const name = `${pad.index} ${pad.id}`;
      const rest = known.get(name) ?? createPadAtRest();
      connected.set(name, rest);
      left = farther(left, rest.stick(pad, 0, LEFT_INNER));
      // Without a standard mapping, the third of more than four axes may be a trigger.
      const hasRight = pad.mapping === "standard" || pad.axes.length === 4;
      if (hasRight) right = farther(right, rest.stick(pad, 2, RIGHT_INNER));
      for (const index of pad.buttons.keys()) if (rest.isPressed(pad, index)) pressed.add(codeOfPad(index));
    }
    known = connected;
    return { left, right, pressed };
  };
}

interface PadAtRest {
  /** The stick on the axes `from` and `from + 1`, with its dead zone removed; centred until it was seen at rest. */
  stick(pad: PadLike, from: number, inner: number): Vector;
  /** False until the button was seen released. */
  isPressed(pad: PadLike, index: number): boolean;
}

function createPadAtRest(): PadAtRest {
  const moved = new Set<number>();
  const sticks = new Set<number>();
  const buttons = new Set<number>();
  return {
    stick({ axes, mapping }, from, inner) {
      const place = { x: axes[from] ?? 0, y: axes[from + 1] ?? 0 };
      if (lengthOf(place) > 0) moved.add(from);
      // Before its first movement, an axis may report 0 wherever it is. In the standard mapping, all axes are of sticks.
      const isReported = mapping === "standard" || moved.has(from);
      if (isReported && lengthOf(place) <= inner) sticks.add(from);
      return sticks.has(from) ? withDeadZone(place, inner, OUTER) : CENTRE;
    },
    isPressed(pad, index) {
      const isDown = (pad.buttons[index]?.value ?? 0) > PRESSED_FROM;
      if (!isDown) buttons.add(index);
      return isDown && buttons.has(index);
    },
  };
}

const farther = (a: Vector, b: Vector): Vector => (lengthOf(b) > lengthOf(a) ? b : a);

/** Calls `look` once a frame, as pad buttons fire no events; returns a function that stops it. */
export function eachFrame(look: () => void): () => void {
  let request = requestAnimationFrame(function frame() {
    look();
    request = requestAnimationFrame(frame);
  });
  return () => cancelAnimationFrame(request);
}
