/**
 * Menus by gamepad: the D-pad moves the focus, A presses, B closes a dialog or goes back a screen. An element with
 * data-menu, such as the vote over a fight, confines the focus as a dialog does.
 */
import { isAwaitingPress } from "#client/settings/nextPress.ts";
import { eachFrame, readPads } from "./pads.ts";

/** Fixed buttons of the standard mapping, independent of the bindings, so that menus can always be operated. */
const A = "Pad0";
const B = "Pad1";
const STEPS: Readonly<Record<string, number>> = { Pad12: -1, Pad13: 1, Pad14: -1, Pad15: 1 };
const SIDEWAYS: readonly string[] = ["Pad14", "Pad15"];

/** `isMenu` says whether the pad now operates a menu instead of a drone. */
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
  else if (code === B) goBack();
  else if (step === undefined) return;
  else if (SIDEWAYS.includes(code) && isAmount(focused)) slide(focused, step);
  else if (SIDEWAYS.includes(code) && focused instanceof HTMLSelectElement) choose(focused, step);
  else moveFocus(step);
}

/** The one on top: the gallery opens over the room's panel, and within it. */
const openDialog = () => [...document.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1);

function goBack(): void {
  const dialog = openDialog();
  if (dialog) dialog.close();
  else document.querySelector<HTMLElement>("[data-back] button")?.click();
}

const isAmount = (element: Element | null): element is HTMLInputElement =>
  element instanceof HTMLInputElement && (element.type === "range" || element.type === "number");

function slide(amount: HTMLInputElement, step: number): void {
  amount.stepUp(step);
  amount.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Selects directly: script cannot open the list of a select. */
function choose(select: HTMLSelectElement, step: number): void {
  const { length } = select.options;
  select.selectedIndex = (select.selectedIndex + step + length) % length;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Excludes the hidden sliders that duplicate a number field for pointers, and links that open another tab. */
const CONTROLS = "button:enabled, input:not([aria-hidden]), select, summary, a[href]:not([target])";

/** The topmost menu: an open dialog, else an element with data-menu, else the page. */
const menu = () => openDialog() ?? document.querySelector("[data-menu]") ?? document.body;

/** Wraps around at both ends. */
function moveFocus(step: number): void {
  // Collapsed elements are in the document too.
  const all = [...menu().querySelectorAll<HTMLElement>(CONTROLS)].filter((element) =>
    element.checkVisibility(),
  );
  const place = all.indexOf(document.activeElement as HTMLElement);
  const next = place < 0 ? 0 : (place + step + all.length) % all.length;
  all[next]?.focus({ focusVisible: true } as FocusOptions);
}
