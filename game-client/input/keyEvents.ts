/** Whether a key press is meant for something other than the game: a text field, a focused control, a shortcut. */
import { actionOfCode, type Bindings } from "#client/settings/bindings.ts";

/** Whether a key press goes into a text field and must not steer anything. */
export const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** Enter and space belong to the focused button. */
export const isForControl = ({ code, target }: KeyboardEvent): boolean =>
  (code === "Enter" || code === "NumpadEnter" || code === "Space") &&
  target instanceof HTMLElement &&
  target.matches("button, a, summary");

/** Whether a key is pressed as part of a shortcut. Alt is no part of one while it is bound to an action. */
export function isShortcut(event: KeyboardEvent, bindings: Bindings): boolean {
  // Windows reports Ctrl and Alt for AltGr.
  const isCtrl = event.ctrlKey && !event.getModifierState("AltGraph");
  const isAlt = event.altKey && !ALTS.some((code) => actionOfCode(bindings, "keys", code) !== undefined);
  return isCtrl || isAlt || event.metaKey;
}

const ALTS = ["AltLeft", "AltRight"];
