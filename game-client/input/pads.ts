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
 * at rest since its pad was connected: a throttle or an inverted trigger, which rests far off, is none. `nowMs` is any
 * monotonic clock.
 */
export function createPadReader(nowMs = () => performance.now()): (pads: readonly PadLike[]) => Pads {
  let known = new Map<string, PadAtRest>();
  return (pads) => {
    let left = CENTRE;
    let right = CENTRE;
    const pressed = new Set<Code>();
    const connected = new Map<string, PadAtRest>();
    for (const pad of pads) {
      const name = `${pad.index} ${pad.id}`;
      const rest = known.get(name) ?? createPadAtRest(nowMs);
      connected.set(name, rest);
      left = farther(left, rest.stick(pad, 0, LEFT_INNER));
      // Without a standard mapping, the third of more than four axes may be a trigger.
      const hasRight = isStandard(pad) || pad.axes.length === 4;
      if (hasRight) right = farther(right, rest.stick(pad, 2, RIGHT_INNER));
      for (const index of pad.buttons.keys()) if (rest.isPressed(pad, index)) pressed.add(codeOfPad(index));
    }
    known = connected;
    return { left, right, pressed };
  };
}

/** In the standard mapping, all axes are of sticks. */
const isStandard = ({ mapping }: PadLike): boolean => mapping === "standard";

interface PadAtRest {
  /** The stick on the axes `from` and `from + 1`, with its dead zone removed; centred until it was seen at rest. */
  stick(pad: PadLike, from: number, inner: number): Vector;
  /** False until the button was seen at rest. */
  isPressed(pad: PadLike, index: number): boolean;
}

/** A stick that stays in its dead zone for this long counts: a throttle only passes it. */
const SETTLED_MS = 250;
/** A stick or trigger that keeps exactly the same reading for this long is at rest there: a thumb is never that still. */
const REST_MS = 1_000;
/** A stick farther out, or a button deeper down, is held, or rests so far off that it is of no use. */
const STICK_REST_MAX = 0.5;
const BUTTON_REST_MAX = 0.8;

function createPadAtRest(nowMs: () => number): PadAtRest {
  const moved = new Set<number>();
  const settled = new Set<number>();
  /** The rest nearest to the centre: once a stick has shown it, none that is held in play can replace it. */
  const rests = new Map<number, Vector>();
  const pressedFrom = new Map<number, number>();
  const heldMs = createStillness(nowMs);
  return {
    stick(pad, from, inner) {
      const place = { x: pad.axes[from] ?? 0, y: pad.axes[from + 1] ?? 0 };
      if (lengthOf(place) > 0) moved.add(from);
      // Before its first movement, an axis may report 0 wherever it is.
      if (!isStandard(pad) && !moved.has(from)) return CENTRE;
      const spot = lengthOf(place) <= inner ? CENTRE : place;
      const ms = heldMs(`axis ${from}`, `${spot.x} ${spot.y}`);
      if (spot === CENTRE && ms >= SETTLED_MS) settled.add(from);
      // Elsewhere, an axis without a known mapping may be a throttle's.
      const mayRest = spot === CENTRE || (isStandard(pad) && lengthOf(spot) < STICK_REST_MAX);
      const rest = rests.get(from);
      if (mayRest && ms >= REST_MS && !(rest && lengthOf(rest) <= lengthOf(spot))) rests.set(from, spot);
      const { x, y } = rests.get(from) ?? CENTRE;
      const counts = settled.has(from) || rests.has(from);
      return counts ? withDeadZone({ x: place.x - x, y: place.y - y }, inner, OUTER) : CENTRE;
    },
    isPressed({ buttons }, index) {
      const value = buttons[index]?.value ?? 0;
      const isWorn = value < BUTTON_REST_MAX && heldMs(`button ${index}`, String(value)) >= REST_MS;
      if (value <= PRESSED_FROM) pressedFrom.set(index, PRESSED_FROM);
      else if (isWorn && !pressedFrom.has(index)) pressedFrom.set(index, (value + 1) / 2);
      return value > (pressedFrom.get(index) ?? 1);
    },
  };
}

/** Returns a function that tells for how long (ms) the part `name` has given exactly this reading. */
function createStillness(nowMs: () => number): (name: string, reading: string) => number {
  const last = new Map<string, { reading: string; sinceMs: number }>();
  return (name, reading) => {
    const before = last.get(name);
    if (before?.reading === reading) return nowMs() - before.sinceMs;
    last.set(name, { reading, sinceMs: nowMs() });
    return 0;
  };
}

const farther = (a: Vector, b: Vector): Vector => (lengthOf(b) > lengthOf(a) ? b : a);

/** Calls `look` once a frame, as pad buttons fire no events; returns a function that stops it. */
export function eachFrame(look: () => void): () => void {
  let isOver = false;
  requestAnimationFrame(function frame() {
    if (isOver) return;
    look();
    requestAnimationFrame(frame);
  });
  // A press that `look` finds may be the one that ends it.
  return () => {
    isOver = true;
  };
}
