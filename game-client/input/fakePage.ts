/** For tests: a window and a document without a browser, and the events that a browser fires there. */
import { onTestFinished, vi } from "vitest";

class FakeElement extends EventTarget {
  dataset: Record<string, string> = {};
  content = "width=device-width";
  /** The selector that `matches` and `closest` find; empty for an element of the fight. */
  readonly selector: string;
  constructor(selector = "") {
    super();
    this.selector = selector;
  }
  contains(other: unknown): boolean {
    return other === this;
  }
  matches(selectors: string): boolean {
    return this.selector !== "" && selectors.split(", ").includes(this.selector);
  }
  closest(selectors: string): FakeElement | null {
    return this.matches(selectors) ? this : null;
  }
}

export interface FakePage {
  readonly surface: HTMLElement;
  /** Fires at `target` and then at the window; returns whether a listener prevented what the browser would do. */
  fire(type: string, init?: object, target?: EventTarget): boolean;
  key(type: "keydown" | "keyup", code: string, init?: object, target?: EventTarget): boolean;
  mouse(type: string, button: number, init?: object, target?: EventTarget): boolean;
  hide(hidden: boolean): void;
  zoom(scale: number): void;
  element(selector: string): HTMLElement;
  readonly viewport: { readonly content: string };
  readonly root: { readonly dataset: Readonly<Record<string, string>> };
  /** Runs what waits for the next animation frame. */
  frame(): void;
}

/** Stubs the globals until the test ends. */
export function fakePage(navigator: object = {}): FakePage {
  const surface = new FakeElement();
  const viewport = new FakeElement();
  const root = new FakeElement();
  const visualViewport = Object.assign(new EventTarget(), { scale: 1 });
  const window = Object.assign(new EventTarget(), { innerWidth: 1600, innerHeight: 900, visualViewport });
  const querySelector = () => viewport;
  const document = Object.assign(new EventTarget(), { hidden: false, documentElement: root, querySelector });
  const waiting: (() => void)[] = [];
  const requestAnimationFrame = (look: () => void) => waiting.push(look);
  const elements = { Node: FakeElement, Element: FakeElement, HTMLElement: FakeElement };
  const globals = { window, document, navigator, requestAnimationFrame, ...elements };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  onTestFinished(() => void vi.unstubAllGlobals());

  const fire = (type: string, init: object = {}, target: EventTarget = surface) => {
    const event = Object.assign(new Event(type, { cancelable: true }), init);
    Object.defineProperty(event, "target", { value: target });
    for (const at of new Set([target, window])) at.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return {
    surface: surface as unknown as HTMLElement,
    viewport,
    root,
    fire,
    key(type, code, init, target) {
      const modifiers = { ctrlKey: false, altKey: false, metaKey: false, getModifierState: () => false };
      return fire(type, { code, key: code, repeat: false, ...modifiers, ...init }, target ?? window);
    },
    mouse(type, button, init, target) {
      const isDown = type === "pointerdown";
      const buttons = isDown ? ([1, 4, 2, 8, 16][button] ?? 0) : 0;
      const pointer = { pointerType: "mouse", pointerId: 1, clientX: 0, clientY: 0, ctrlKey: false };
      return fire(type, { button, buttons, ...pointer, ...init }, target);
    },
    hide(hidden) {
      document.hidden = hidden;
      document.dispatchEvent(new Event("visibilitychange"));
    },
    zoom(scale) {
      visualViewport.scale = scale;
      visualViewport.dispatchEvent(new Event("resize"));
    },
    element: (selector) => new FakeElement(selector) as unknown as HTMLElement,
    frame() {
      for (const look of waiting.splice(0)) look();
    },
  };
}
