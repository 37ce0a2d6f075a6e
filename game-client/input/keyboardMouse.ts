/** Keyboard and mouse as they are right now. Keys are named by place, so WASD is where it is on any layout. */
import { isTyping } from "#client/isTyping.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";

const DIRECTIONS: Readonly<Record<string, { x: number; y: number }>> = {
  KeyW: { x: 0, y: -1 },
  KeyA: { x: -1, y: 0 },
  KeyS: { x: 0, y: 1 },
  KeyD: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowRight: { x: 1, y: 0 },
};

/** By PointerEvent.button: left, middle, right. */
const MOUSE_BUTTONS: readonly number[] = [BUTTON.fire, 0, BUTTON.altFire];

export interface KeyboardMouse {
  readonly stick: { x: number; y: number };
  readonly pointer: { clientX: number; clientY: number };
  /** Buttons that are down, or were since the last takeButtons(): a click shorter than a tick counts. */
  readonly buttons: number;
  takeButtons(): number;
  dispose(): void;
}

/** Listens on the window for keys, on `surface` for the mouse; dispose() takes the listeners away. */
export function createKeyboardMouse(surface: HTMLElement): KeyboardMouse {
  const held = new Set<string>();
  const pointer = { clientX: window.innerWidth / 2 + 1, clientY: window.innerHeight / 2 };
  let buttons = 0;
  let tapped = 0;
  const listening = new AbortController();
  const { signal } = listening;

  const releaseAll = () => {
    held.clear();
    buttons = 0;
    tapped = 0;
  };
  const follow = (event: PointerEvent) => {
    pointer.clientX = event.clientX;
    pointer.clientY = event.clientY;
  };

  window.addEventListener(
    "keydown",
    (event) => {
      // With a modifier it is the browser's; and macOS never tells when a key under Cmd is let go.
      const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
      if (!(event.code in DIRECTIONS) || isShortcut || isTyping(event)) return;
      held.add(event.code);
      event.preventDefault();
    },
    { signal },
  );
  window.addEventListener("keyup", (event) => held.delete(event.code), { signal });
  // A key let go in another window would be held for ever.
  window.addEventListener("blur", releaseAll, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && releaseAll(), { signal });
  window.addEventListener("pointermove", follow, { signal });
  surface.addEventListener(
    "pointerdown",
    (event) => {
      follow(event);
      const pressed = MOUSE_BUTTONS[event.button] ?? 0;
      buttons |= pressed;
      tapped |= pressed;
    },
    { signal },
  );
  window.addEventListener(
    "pointerup",
    (event) => {
      buttons &= ~(MOUSE_BUTTONS[event.button] ?? 0);
    },
    { signal },
  );
  window.addEventListener("pointercancel", releaseAll, { signal });
  surface.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });

  return {
    get stick() {
      return stickOf(held);
    },
    pointer,
    get buttons() {
      return buttons | tapped;
    },
    takeButtons() {
      const taken = buttons | tapped;
      tapped = 0;
      return taken;
    },
    dispose: () => listening.abort(),
  };
}

/** Two keys at once go as far as one: the stick stays in its circle. */
function stickOf(held: ReadonlySet<string>): { x: number; y: number } {
  let x = 0;
  let y = 0;
  for (const code of held) {
    x += DIRECTIONS[code]?.x ?? 0;
    y += DIRECTIONS[code]?.y ?? 0;
  }
  x = Math.max(-1, Math.min(1, x));
  y = Math.max(-1, Math.min(1, y));
  const reach = x !== 0 && y !== 0 ? Math.SQRT1_2 : 1;
  return { x: Math.round(x * reach * MOVE_MAX), y: Math.round(y * reach * MOVE_MAX) };
}
