/** Keyboard and mouse as a device. Keys are identified by position, so WASD lies alike on every layout. */
import { type Action, actionOfCode, type Bindings, type Code } from "#client/settings/bindings.ts";
import { type Buttons, bitOf, createButtons } from "./buttons.ts";
import type { Device } from "./device.ts";
import { isForControl, isShortcut, isTyping } from "./keyEvents.ts";
import { onLostReleases } from "./lostReleases.ts";
import { followMouseButtons, isFinger } from "./pointers.ts";
import { directionOf, isDirection, reachOf, toMove } from "./stick.ts";

interface Wiring {
  /** Mouse buttons count on this element only, without it not at all; keys count everywhere. */
  surface?: HTMLElement;
  bindings: () => Bindings;
  /** While true, the browser and the menus get what the keys and buttons do; which ones are down is followed all the same. */
  isAway: () => boolean;
  /** BUTTON bits that a press switches on and off; none by default. */
  toggled?: () => number;
}

/** Listens as long as the page lives. */
export function createKeyboardMouse(wiring: Wiring): Device {
  const held = createHeldCodes(wiring.bindings, wiring.toggled);
  const pointer = { clientX: window.innerWidth / 2 + 1, clientY: window.innerHeight / 2 };
  listenForKeys(wiring, held);
  listenForMouse(wiring, held, pointer);
  onLostReleases(() => held.releaseAll());
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
    letGo: () => held.buttons.letGo(),
  };
}

/** The keys and mouse buttons that are down, and the command buttons that follow from them. */
interface HeldCodes {
  readonly buttons: Buttons;
  actions(): Action[];
  press(code: Code): void;
  /** Returns whether it was down. */
  release(code: Code): boolean;
  releaseAll(): void;
}

function createHeldCodes(bindings: () => Bindings, toggled?: () => number): HeldCodes {
  const codes = new Set<Code>();
  const buttons = createButtons(toggled);
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
      const wasDown = codes.delete(code);
      if (wasDown) refresh();
      return wasDown;
    },
    releaseAll() {
      codes.clear();
      buttons.releaseAll();
    },
  };
}

function listenForKeys({ bindings, isAway }: Wiring, held: HeldCodes): void {
  window.addEventListener("keydown", (event) => {
    const action = actionOfCode(bindings(), "keys", event.code);
    const isGame = action !== undefined && (isDirection(action) || bitOf(action) !== 0);
    if (!isGame || isShortcut(event, bindings()) || isForControl(event) || isTyping(event)) return;
    held.press(event.code);
    if (!isAway()) event.preventDefault();
  });
  window.addEventListener("keyup", (event) => {
    // The release of Alt opens the browser's menu.
    if (held.release(event.code) && !isAway()) event.preventDefault();
  });
}

function listenForMouse(
  { surface, isAway }: Wiring,
  held: HeldCodes,
  pointer: { clientX: number; clientY: number },
): void {
  const point = (event: PointerEvent) => {
    if (isFinger(event)) return;
    pointer.clientX = event.clientX;
    pointer.clientY = event.clientY;
  };
  window.addEventListener("pointerdown", point);
  window.addEventListener("pointermove", point);
  followMouseButtons({
    press(code, { target }) {
      if (target instanceof Node && surface?.contains(target)) held.press(code);
    },
    release: (code) => held.release(code),
  });
  // Browsers scroll by the middle button. A prevented pointerdown would keep input/leaving.ts from hearing the mouse.
  surface?.addEventListener("mousedown", (event) => event.button !== 0 && event.preventDefault());
  // A right button that went down in the arena may come up over the HUD.
  window.addEventListener("contextmenu", (event) => {
    const isInDialog = event.target instanceof Element && event.target.closest("dialog") !== null;
    if (!isAway() && !isInDialog) event.preventDefault();
  });
}
