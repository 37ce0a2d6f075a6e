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
  /** Switches off what a press has switched on. */
  letGo(): void;
  releaseAll(): void;
}

/** `toggled` are the BUTTON bits that a press switches on and the next press off, instead of holding them down. */
export function createButtons(toggled: () => number = () => 0): Buttons {
  let held = 0;
  let tapped = 0;
  let on = 0;
  const down = () => {
    const toggles = toggled();
    return (held & ~toggles) | (on & toggles);
  };
  return {
    hold(bits) {
      const pressed = bits & ~held;
      on = (on ^ pressed) & toggled();
      // The press that switches off fires no shot.
      tapped |= pressed & (~toggled() | on);
      held = bits;
    },
    get seen() {
      return down() | tapped;
    },
    take() {
      const taken = down() | tapped;
      tapped = 0;
      return taken;
    },
    letGo() {
      on = 0;
    },
    releaseAll() {
      held = 0;
      tapped = 0;
      on = 0;
    },
  };
}
