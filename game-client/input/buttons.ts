/** Buttons as a command wants them: what is down, and what was pressed since the last command. */
import type { Action } from "#client/settings/bindings.ts";
import { BUTTON } from "#shared/schema/input.ts";

/** 0 for an action that no command carries. */
export const bitOf = (action: Action | undefined): number =>
  action === "fire" || action === "altFire" || action === "dash" ? BUTTON[action] : 0;

export interface Buttons {
  /** What is down now, as bits; what was not down before is a press. */
  hold(bits: number): void;
  readonly seen: number;
  take(): number;
  release(): void;
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
    release() {
      held = 0;
      tapped = 0;
    },
  };
}
