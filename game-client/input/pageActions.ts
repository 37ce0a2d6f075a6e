/** Keys and pad buttons of the page's own actions, and number keys that pick from a list. */
import { type Action, actionOfCode, type BindingKind, type Code } from "#client/settings/bindings.ts";
import { isAwaitingPress } from "#client/settings/nextPress.ts";
import { settings } from "#client/settings/settings.ts";
import { isForControl, isShortcut, isTyping } from "./keyEvents.ts";
import { onLostReleases } from "./lostReleases.ts";
import { eachFrame, readPads } from "./pads.ts";
import { followMouseButtons } from "./pointers.ts";

const PAGE_ACTIONS = [
  "scores",
  "emotes",
  "ping",
  "clip",
  "chat",
  "room",
  "mute",
  "netGraph",
  "menu",
] as const satisfies Action[];
export type PageAction = (typeof PAGE_ACTIONS)[number];

export interface PageActions {
  /** Returns whether the action applies to the current screen; if so, the key press is consumed. */
  press(action: PageAction): boolean;
  release(action: PageAction): void;
}

const isPageAction = (action: Action | undefined): action is PageAction =>
  PAGE_ACTIONS.some((each) => each === action);

const bindings = () => settings.bindings.value;
const isOfPad = (code: Code): boolean => code.startsWith("Pad");

const actionOf = (kind: BindingKind, code: Code): PageAction | undefined => {
  const action = actionOfCode(bindings(), kind, code);
  return isPageAction(action) ? action : undefined;
};

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
    const isText = isTyping(event) && (event.code !== "Escape" || event.isComposing);
    if (event.defaultPrevented || isText || isForControl(event) || isShortcut(event, bindings())) return;
    // Escape always opens the settings; an open dialog handles Escape itself.
    const action = event.code === "Escape" ? "menu" : actionOf("keys", event.code);
    if (down(event.code, action)) event.preventDefault();
  });
  window.addEventListener("keyup", ({ code }) => up(code));
  followMouseButtons({ press: (code) => void down(code, actionOf("keys", code)), release: up });
  onLostReleases(() => {
    // A pad's buttons are read, whichever window has the focus.
    for (const code of [...held.keys()]) if (!isOfPad(code)) up(code);
  });
  eachFrame(() => {
    const { pressed } = readPads();
    for (const code of pressed) {
      if (isAwaitingPress()) held.set(code, undefined);
      else down(code, actionOf("pad", code));
    }
    for (const code of [...held.keys()]) if (isOfPad(code) && !pressed.has(code)) up(code);
  });
}

/**
 * Number keys of the upper row, whatever they type, and of the numeric pad. `choose` gets the index in the list, from 0,
 * and returns whether the list has such an entry.
 */
export function listenForNumbers(choose: (index: number) => boolean): void {
  window.addEventListener("keydown", (event) => {
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (number === undefined || event.repeat || isShortcut(event, bindings()) || isTyping(event)) return;
    if (choose(Number(number) - 1)) event.preventDefault();
  });
}
