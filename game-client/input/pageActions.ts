/** Keys and pad buttons of the page's own actions, and number keys that pick from a list. */

import {
  type Action,
  actionOfCode,
  type BindingKind,
  type Code,
  codeOfMouse,
} from "#client/settings/bindings.ts";
import { isAwaitingPress } from "#client/settings/nextPress.ts";
import { settings } from "#client/settings/settings.ts";
import { isTyping } from "./isTyping.ts";
import { eachFrame, readPads } from "./pads.ts";

const PAGE_ACTIONS = ["scores", "chat", "room", "mute", "netGraph", "menu"] as const satisfies Action[];
export type PageAction = (typeof PAGE_ACTIONS)[number];

export interface PageActions {
  /** Returns whether the action applies to the current screen; if so, the key press is consumed. */
  press(action: PageAction): boolean;
  release(action: PageAction): void;
}

const isPageAction = (action: Action | undefined): action is PageAction =>
  PAGE_ACTIONS.some((each) => each === action);

const actionOf = (kind: BindingKind, code: Code): PageAction | undefined => {
  const action = actionOfCode(settings.bindings.value, kind, code);
  return isPageAction(action) ? action : undefined;
};

/** Enter and space belong to the focused button. */
const isForControl = ({ code, target }: KeyboardEvent): boolean =>
  (code === "Enter" || code === "NumpadEnter" || code === "Space") &&
  target instanceof HTMLElement &&
  target.matches("button, a, summary");

export function listenForPageActions({ press, release }: PageActions): void {
  /** Held keys and buttons; without an action, the press was for a key binding in the settings. */
  const held = new Map<Code, PageAction | undefined>();
  const down = (code: Code, action: PageAction | undefined): boolean => {
    if (!action || held.has(code)) return action !== undefined && held.has(code);
    if (!press(action)) return false;
    held.set(code, action);
    return true;
  };
  const up = (code: Code) => {
    const action = held.get(code);
    held.delete(code);
    if (action) release(action);
  };

  window.addEventListener("keydown", (event) => {
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    const isText = isTyping(event) && (event.code !== "Escape" || event.isComposing);
    if (event.defaultPrevented || isShortcut || isText || isForControl(event)) return;
    // Escape always opens the settings; an open dialog handles Escape itself.
    const action = event.code === "Escape" ? "menu" : actionOf("keys", event.code);
    if (down(event.code, action)) event.preventDefault();
  });
  window.addEventListener("keyup", ({ code }) => up(code));
  window.addEventListener("pointerdown", ({ button, pointerType }) => {
    if (pointerType === "mouse") down(codeOfMouse(button), actionOf("keys", codeOfMouse(button)));
  });
  window.addEventListener("pointerup", ({ button }) => up(codeOfMouse(button)));
  window.addEventListener("blur", () => [...held.keys()].forEach(up));
  eachFrame(() => {
    const { pressed } = readPads();
    for (const code of pressed) {
      if (isAwaitingPress()) held.set(code, undefined);
      else down(code, actionOf("pad", code));
    }
    for (const code of [...held.keys()]) if (code.startsWith("Pad") && !pressed.has(code)) up(code);
  });
}

/**
 * Number keys of the upper row, whatever they type, and of the numeric pad. `choose` gets the index in the list, from 0,
 * and returns whether the list has such an entry.
 */
export function listenForNumbers(choose: (index: number) => boolean): void {
  window.addEventListener("keydown", (event) => {
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    if (number === undefined || event.repeat || isShortcut || isTyping(event)) return;
    if (choose(Number(number) - 1)) event.preventDefault();
  });
}
