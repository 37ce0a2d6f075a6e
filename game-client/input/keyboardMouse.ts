/** Keyboard and mouse as a device. Keys are identified by position, so WASD lies alike on every layout. */
import {
  type Action,
  actionOfCode,
  type Bindings,
  type Code,
  codeOfMouse,
} from "#client/settings/bindings.ts";
import { type Buttons, bitOf, createButtons } from "./buttons.ts";
import type { Device } from "./device.ts";
import { isTyping } from "./isTyping.ts";
import { directionOf, isDirection, reachOf, toMove } from "./stick.ts";

interface Wiring {
  /** Mouse buttons count on this element only; keys count everywhere. */
  surface: HTMLElement;
  bindings: () => Bindings;
  /** While true, keys and buttons belong to a menu. */
  isAway: () => boolean;
}

export function createKeyboardMouse(wiring: Wiring): Device {
  const held = createHeldCodes(wiring.bindings);
  const pointer = { clientX: window.innerWidth / 2 + 1, clientY: window.innerHeight / 2 };
  const listening = new AbortController();
  listenForKeys(wiring, held, listening.signal);
  listenForMouse(wiring, held, pointer, listening.signal);
  return {
    get stick() {
      return toMove(directionOf(held.actions()));
    },
    aim(aimAt) {
      const { aim, px } = aimAt(pointer.clientX, pointer.clientY);
      return { aim, reach: reachOf(px) };
    },
    get buttons() {
      return held.buttons.seen;
    },
    takeButtons: () => held.buttons.take(),
    dispose: () => listening.abort(),
  };
}

/** The keys and mouse buttons that are down, and the command buttons that follow from them. */
interface HeldCodes {
  readonly buttons: Buttons;
  actions(): Action[];
  press(code: Code): void;
  release(code: Code): void;
  releaseAll(): void;
}

function createHeldCodes(bindings: () => Bindings): HeldCodes {
  const codes = new Set<Code>();
  const buttons = createButtons();
  const actions = () =>
    [...codes].map((code) => actionOfCode(bindings(), "keys", code)).filter((action) => action !== undefined);
  const refresh = () => buttons.hold(actions().reduce((bits, action) => bits | bitOf(action), 0));
  return {
    buttons,
    actions,
    press(code) {
      codes.add(code);
      refresh();
    },
    release(code) {
      codes.delete(code);
      refresh();
    },
    releaseAll() {
      codes.clear();
      buttons.releaseAll();
    },
  };
}

function listenForKeys({ bindings, isAway }: Wiring, held: HeldCodes, signal: AbortSignal): void {
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOfCode(bindings(), "keys", event.code);
    const isGame = action !== undefined && (isDirection(action) || bitOf(action) !== 0);
    if (!isGame || isAway() || isElsewhere(event)) return;
    held.press(event.code);
    event.preventDefault();
  };
  window.addEventListener("keydown", onKeyDown, { signal });
  window.addEventListener("keyup", ({ code }) => held.release(code), { signal });
  // A key released in another window fires no keyup here.
  window.addEventListener("blur", () => held.releaseAll(), { signal });
  document.addEventListener("visibilitychange", () => document.hidden && held.releaseAll(), { signal });
}

function listenForMouse(
  { surface, isAway }: Wiring,
  held: HeldCodes,
  pointer: { clientX: number; clientY: number },
  signal: AbortSignal,
): void {
  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType !== "mouse" || isAway()) return;
    follow(event);
    held.press(codeOfMouse(event.button));
    // By default the middle button scrolls and the side buttons leave the page.
    if (event.button !== 0) event.preventDefault();
  };
  const follow = (event: PointerEvent) => {
    if (event.pointerType !== "mouse") return;
    pointer.clientX = event.clientX;
    pointer.clientY = event.clientY;
    // A second button pressed while another is held fires pointermove instead of pointerdown.
    if (event.type === "pointermove" && event.button >= 0) chord(event);
  };
  const chord = (event: PointerEvent) => {
    const isDown = (event.buttons & (BUTTONS_BIT[event.button] ?? 0)) !== 0;
    if (!isDown) held.release(codeOfMouse(event.button));
    else if (!isAway() && event.target instanceof Node && surface.contains(event.target))
      held.press(codeOfMouse(event.button));
  };
  window.addEventListener("pointermove", follow, { signal });
  surface.addEventListener("pointerdown", onPointerDown, { signal });
  window.addEventListener("pointerup", ({ button }) => held.release(codeOfMouse(button)), { signal });
  window.addEventListener("pointercancel", () => held.releaseAll(), { signal });
  surface.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
}

/** Bit in PointerEvent.buttons by PointerEvent.button: left, middle, right, back, forward. */
const BUTTONS_BIT: readonly number[] = [1, 4, 2, 8, 16];

/**
 * Whether a key belongs to a text field, a focused button or a browser shortcut. Shortcuts matter doubly on macOS,
 * which fires no keyup for a key that is released while Cmd is down.
 */
function isElsewhere(event: KeyboardEvent): boolean {
  const isModifier = /^(Control|Alt|Meta)/.test(event.code);
  const isShortcut = !isModifier && (event.ctrlKey || event.metaKey || event.altKey);
  const isForControl =
    (event.code === "Space" || event.code === "Enter") &&
    event.target instanceof HTMLElement &&
    event.target.matches("button, a");
  return isShortcut || isForControl || isTyping(event);
}
