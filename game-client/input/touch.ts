/**
 * The touch screen as a device. A stick appears where a thumb lands, or stays in its place: on the left it moves, on the
 * right it aims and, pushed out, fires; for left-handed players the other way round. Elements with data-touch="dash" or "altFire" are buttons. The interface draws the sticks.
 */
import { BUTTON } from "#shared/schema/input.ts";
import { bitOf, createButtons } from "./buttons.ts";
import type { Device } from "./device.ts";
import { onLostReleases } from "./lostReleases.ts";
import { isFinger } from "./pointers.ts";
import { CENTRE, createStickAim, lengthOf, toMove, type Vector, withDeadZone } from "./stick.ts";

/** A stick under a thumb: its centre in the window (CSS px) and its push (length 1 is the rim). */
export interface ShownStick {
  readonly x: number;
  readonly y: number;
  readonly push: Vector;
}

export interface ShownSticks {
  readonly move?: ShownStick;
  readonly aim?: ShownStick;
}

export interface TouchWiring {
  surface: HTMLElement;
  radiusPx: () => number;
  isAway: () => boolean;
  /** Mirrors the sides: the right thumb moves, the left one aims. */
  isLeftHanded?: () => boolean;
  /** The centre of a stick that stays in its place, CSS px; undefined for one that appears under the thumb. */
  fixedAt?: (side: Side) => { readonly x: number; readonly y: number } | undefined;
  /** BUTTON bits that a press switches on and off; none by default. */
  toggled?: () => number;
  /** Called whenever a stick changes. */
  show: (sticks: ShownSticks) => void;
}

/** Share of the window's width on either side that takes sticks; no thumb should cover the drone in the middle. */
const SIDE_SHARE = 0.42;
const INNER = 0.14;
/** The aiming stick fires from this push on. */
const FIRE_FROM = 0.7;

interface Thumb extends ShownStick {
  readonly pointerId: number;
  /** The stick stays where it is while the thumb moves. */
  readonly isFixed: boolean;
}

const SIDES = ["move", "aim"] as const;
export type Side = (typeof SIDES)[number];

/** The stick for a thumb that lands at `clientX`, if any. */
export function sideOf(clientX: number, width: number, isLeftHanded = false): Side | undefined {
  if (clientX < width * SIDE_SHARE) return isLeftHanded ? "aim" : "move";
  if (clientX > width * (1 - SIDE_SHARE)) return isLeftHanded ? "move" : "aim";
  return undefined;
}

/** The push of a stick that stays in its place: a thumb past the rim pushes it fully. */
export function pushFrom(
  centre: { readonly x: number; readonly y: number },
  at: { readonly x: number; readonly y: number },
  radiusPx: number,
): Vector {
  return dragStick(centre, at, radiusPx).push;
}

/** A thumb past the rim drags the stick along, so that a change of direction takes effect at once. */
export function dragStick(
  centre: { readonly x: number; readonly y: number },
  at: { readonly x: number; readonly y: number },
  radiusPx: number,
): { x: number; y: number; push: Vector } {
  const dx = at.x - centre.x;
  const dy = at.y - centre.y;
  const over = Math.max(1, Math.hypot(dx, dy) / radiusPx);
  const push = { x: dx / over / radiusPx, y: dy / over / radiusPx };
  return { x: at.x - push.x * radiusPx, y: at.y - push.y * radiusPx, push };
}

const NOWHERE = () => undefined;

/** Listens as long as the page lives. */
export function createTouch(wiring: TouchWiring): Device {
  const { surface, radiusPx, isAway, show, toggled, fixedAt = NOWHERE } = wiring;
  const thumbs: Partial<Record<Side, Thumb>> = {};
  /** BUTTON bits by the id of the pointer that presses them. */
  const pressing = new Map<number, number>();
  const buttons = createButtons(toggled);
  const barrel = createStickAim();

  const pushOf = (side: Side) => withDeadZone(thumbs[side]?.push ?? CENTRE, INNER, 1);
  const refresh = () => {
    const fires = lengthOf(thumbs.aim?.push ?? CENTRE) >= FIRE_FROM ? BUTTON.fire : 0;
    buttons.hold([...pressing.values()].reduce((bits, bit) => bits | bit, fires));
    show({ ...thumbs });
  };
  const land = (event: PointerEvent) => {
    const { target, pointerId, clientX: x, clientY: y } = event;
    if (!isFinger(event) || isAway() || !(target instanceof Element)) return;
    const bit = bitOf(target.closest<HTMLElement>("[data-touch]")?.dataset.touch as "dash" | undefined);
    const side = sideOf(x, window.innerWidth, wiring.isLeftHanded?.());
    if (bit !== 0) pressing.set(pointerId, bit);
    else if (surface.contains(target) && side && !thumbs[side]) {
      const centre = fixedAt(side);
      thumbs[side] = centre
        ? { pointerId, ...centre, isFixed: true, push: pushFrom(centre, { x, y }, radiusPx()) }
        : { pointerId, x, y, isFixed: false, push: CENTRE };
    }
    refresh();
  };
  const move = ({ pointerId, clientX: x, clientY: y }: PointerEvent) => {
    const side = SIDES.find((each) => thumbs[each]?.pointerId === pointerId);
    const thumb = side && thumbs[side];
    if (!thumb) return;
    // A new object each time, because the interface compares by identity.
    thumbs[side] = thumb.isFixed
      ? { ...thumb, push: pushFrom(thumb, { x, y }, radiusPx()) }
      : { ...thumb, ...dragStick(thumb, { x, y }, radiusPx()) };
    refresh();
  };
  const lift = ({ pointerId }: PointerEvent) => {
    pressing.delete(pointerId);
    for (const side of SIDES) if (thumbs[side]?.pointerId === pointerId) delete thumbs[side];
    refresh();
  };
  const liftAll = () => {
    pressing.clear();
    delete thumbs.move;
    delete thumbs.aim;
    buttons.releaseAll();
    refresh();
  };
  window.addEventListener("pointerdown", land);
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", lift);
  window.addEventListener("pointercancel", lift);
  onLostReleases(liftAll);

  return {
    get stick() {
      return toMove(pushOf("move"));
    },
    aim: () => barrel.follow(pushOf("aim"), pushOf("move"), performance.now()),
    get buttons() {
      return buttons.seen;
    },
    takeButtons: () => buttons.take(),
    letGo: () => buttons.letGo(),
  };
}
