/** Fingers and everything else: a finger is a thumb on a stick; a pen points as a mouse does, it hovers and has buttons. */
import { type Code, codeOfMouse } from "#client/settings/bindings.ts";

export const isFinger = ({ pointerType }: PointerEvent): boolean => pointerType === "touch";

/** Bit in PointerEvent.buttons by PointerEvent.button: left, middle, right, back, forward. */
const BUTTON_BITS: readonly number[] = [1, 4, 2, 8, 16];

interface MouseButtons {
  press(code: Code, event: PointerEvent): void;
  /** Also called for buttons that are not down. */
  release(code: Code): void;
}

/**
 * Follows the buttons of mouse and pen. While one is held, others fire pointermove instead of pointerdown and pointerup;
 * a release over a context menu fires nothing, and shows in the next move.
 */
export function followMouseButtons({ press, release }: MouseButtons): void {
  const follow = (event: PointerEvent) => {
    if (isFinger(event)) return;
    for (const [button, bit] of BUTTON_BITS.entries()) {
      if ((event.buttons & bit) === 0) release(codeOfMouse(button));
      else if (event.button === button) press(codeOfMouse(button), event);
    }
  };
  for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"] as const)
    window.addEventListener(type, follow);
}
