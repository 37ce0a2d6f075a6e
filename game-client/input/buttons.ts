/** Collects buttons for the next command: those that are down, and those pressed and released in between. */
import type { Action } from "#client/settings/bindings.ts";
import { BUTTON } from "#shared/schema/input.ts";

/** The BUTTON bit of an action; 0 for an action that no command carries. */
export const bitOf = (action: Action | undefined): number =>
  action === "fire" || action === "altFire" || action === "dash" ? BUTTON[action] : 0;

export interface Buttons {
  /** Sets the buttons that are down, as BUTTON bits; a bit that was not set before counts as a press. */
  hold(bits: number): void;
  /** Bits that are down or were pressed since the last `take`. */
  readonly seen: number;
  /** Returns `seen` and forgets the presses. */
  take(): number;
  releaseAll(): void;
}

export function createButtons(): Buttons {
  let held = 0;
  let tapped = 0;
  return {
    hold(bits) {
      tapped |= bits & ~held;
      held = bits;
    },
    get seen() {
      return held | tapped;
    },
    take() {
      const taken = held | tapped;
      tapped = 0;
      return taken;
    },
    releaseAll() {
      held = 0;
      tapped = 0;
    },
  };
}
