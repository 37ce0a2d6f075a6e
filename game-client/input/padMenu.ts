/**
 * Menus by gamepad: the D-pad goes from control to control, A presses, B leaves a dialog. What is marked as a menu
 * keeps the pad to itself, as a dialog does: the vote over a fight.
 */
import { isAwaitingPress } from "#client/settings/nextPress.ts";
import { eachFrame, readPads } from "./pads.ts";

/** Fixed, whatever is bound for the fight, so that menus can always be walked through. Standard mapping. */
const A = "Pad0";
const B = "Pad1";
const STEPS: Readonly<Record<string, number>> = { Pad12: -1, Pad13: 1, Pad14: -1, Pad15: 1 };
const SIDEWAYS: readonly string[] = ["Pad14", "Pad15"];

/** `isMenu`: whether the pad steers a menu now, and not a drone. */
export function listenForPadMenu(isMenu: () => boolean): void {
  let before: ReadonlySet<string> = new Set();
  eachFrame(() => {
    const { pressed } = readPads();
    const fresh = [...pressed].filter((code) => !before.has(code));
    before = pressed;
    if (isMenu() && !isAwaitingPress()) fresh.forEach(press);
  });
}

function press(code: string): void {
  const focused = document.activeElement;
  const step = STEPS[code];
  if (code === A && focused instanceof HTMLElement && menu().contains(focused)) focused.click();
  else if (code === B) document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
  else if (step === undefined) return;
  else if (SIDEWAYS.includes(code) && isSlider(focused)) slide(focused, step);
  else moveFocus(step);
}

const isSlider = (element: Element | null): element is HTMLInputElement =>
  element instanceof HTMLInputElement && element.type === "range";

function slide(slider: HTMLInputElement, step: number): void {
  slider.stepUp(step);
  slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** A dialog lies over whatever else there is. */
const menu = () =>
  document.querySelector("dialog[open]") ?? document.querySelector("[data-menu]") ?? document.body;

/** Round and round. */
function moveFocus(step: number): void {
  const all = [...menu().querySelectorAll<HTMLElement>("button, input, select")].filter(
    (element) => element.getClientRects().length > 0,
  );
  const place = all.indexOf(document.activeElement as HTMLElement);
  const next = place < 0 ? 0 : (place + step + all.length) % all.length;
  all[next]?.focus({ focusVisible: true } as FocusOptions);
}
