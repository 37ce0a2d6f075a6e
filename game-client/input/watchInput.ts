/** A spectator's input: steps from player to player, and drags or steers a free camera. */
import type { Bindings } from "#client/settings/bindings.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { createGamepad } from "./gamepad.ts";
import { createKeyboardMouse } from "./keyboardMouse.ts";
import { onLostReleases } from "./lostReleases.ts";

export interface WatchInput {
  /** Camera movement, −1 to 1 an axis; right and down are positive. */
  readonly stick: { readonly x: number; readonly y: number };
  /** Step to the next (1) or previous (−1) player since the last call. */
  takeStep(): -1 | 0 | 1;
  /** How far the view was dragged since the last call, CSS px. */
  takeDrag(): { x: number; y: number };
}

interface Wiring {
  /** The element that is dragged, and clicked for the next player. */
  surface: HTMLElement;
  bindings: () => Bindings;
  isAway: () => boolean;
}

/** A press that moves farther than this is a drag; CSS px. */
const DRAG_FROM_PX = 6;
const FULL = 127;
const AT_REST = { x: 0, y: 0 } as const;

/** Fire and dash step forward, alternative fire steps back. */
const stepOf = (buttons: number): -1 | 0 | 1 => {
  if (buttons & (BUTTON.fire | BUTTON.dash)) return 1;
  return buttons & BUTTON.altFire ? -1 : 0;
};

/** Listens as long as the page lives. */
export function createWatchInput({ surface, bindings, isAway }: Wiring): WatchInput {
  // Without a surface, mouse buttons are ignored: the pointer drags.
  const keys = createKeyboardMouse({ bindings, isAway });
  const pad = createGamepad(bindings);
  const pointer = listenForDrags(surface, isAway);
  let heldBefore = 0;

  /** Counts a held button once. */
  const takePresses = () => {
    const held = keys.takeButtons() | pad.takeButtons();
    const fresh = held & ~heldBefore;
    heldBefore = held;
    return fresh;
  };

  return {
    get stick() {
      if (isAway()) return AT_REST;
      const { x, y } = keys.stick;
      const other = pad.stick;
      return { x: clamp((x + other.x) / FULL), y: clamp((y + other.y) / FULL) };
    },
    takeStep() {
      const step = stepOf(takePresses()) || pointer.takeTaps();
      return isAway() ? 0 : step;
    },
    takeDrag: () => pointer.takeDrag(),
  };
}

const clamp = (share: number) => Math.max(-1, Math.min(1, share));

/** Follows one pointer at a time, mouse or finger. */
function listenForDrags(surface: HTMLElement, isAway: () => boolean) {
  let held: { id: number; x: number; y: number; gonePx: number; isBack: boolean } | undefined;
  let drag = { x: 0, y: 0 };
  let taps: -1 | 0 | 1 = 0;

  surface.addEventListener("pointerdown", ({ pointerId: id, clientX: x, clientY: y, button }) => {
    if (!isAway() && !held) held = { id, x, y, gonePx: 0, isBack: button === 2 };
  });
  window.addEventListener("pointermove", ({ pointerId, clientX: x, clientY: y }) => {
    if (held?.id !== pointerId) return;
    const [dx, dy] = [x - held.x, y - held.y];
    const gonePx = held.gonePx + Math.hypot(dx, dy);
    held = { ...held, x, y, gonePx };
    if (gonePx > DRAG_FROM_PX) drag = { x: drag.x + dx, y: drag.y + dy };
  });
  window.addEventListener("pointerup", ({ pointerId }) => {
    if (held?.id !== pointerId) return;
    if (held.gonePx <= DRAG_FROM_PX) taps = held.isBack ? -1 : 1;
    held = undefined;
  });
  const letGo = () => {
    held = undefined;
  };
  window.addEventListener("pointercancel", letGo);
  onLostReleases(letGo);

  return {
    takeDrag() {
      const taken = drag;
      drag = { x: 0, y: 0 };
      return taken;
    },
    takeTaps() {
      const taken = taps;
      taps = 0;
      return taken;
    },
  };
}
