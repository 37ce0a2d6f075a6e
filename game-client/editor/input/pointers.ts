/** Mouse, pen and fingers over the map: they draw, move the view and zoom it. */
import { cellCursor, drawing, hovered } from "#client/editor/commands.ts";
import { desk } from "#client/editor/drawing.ts";
import { tool } from "#client/editor/editorModel.ts";
import type { EditorCamera } from "#client/editor/picture/editorCamera.ts";
import { TOOLS } from "#client/editor/tools/tools.ts";
import { isFinger } from "#client/input/pointers.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A finger reaches farther than a mouse; CSS px. */
const REACH_PX = { mouse: 12, finger: 26 };
/** A finger that rests for this long picks what is under it; what it draws is kept back meanwhile. */
const LONG_PRESS_MS = 550;
const STILL_PX = 10;
/** Zoom by a wheel: the share for each px that it reports, and its most for one event. */
const WHEEL_RATE = 0.0016;
const WHEEL_MAX_PX = 240;
const LINE_PX = 32;

const placeOf = ({ clientX: x, clientY: y }: MouseEvent): Place => ({ x, y });

/** `surface` is the element of the map. Listens until `until` is aborted; `isPanning`: whether the key is held that pans. */
export function listenForPointers(
  surface: HTMLElement,
  camera: EditorCamera,
  isPanning: () => boolean,
  until: AbortSignal,
): { update(): void } {
  const reader = new PointerReader(camera, isPanning);
  const options = { signal: until };
  surface.addEventListener("pointerdown", (event) => reader.down(event, surface), options);
  window.addEventListener("pointermove", (event) => reader.move(event, surface), options);
  window.addEventListener("pointerup", (event) => reader.up(event), options);
  window.addEventListener("pointercancel", (event) => reader.lose(event), options);
  document.documentElement.addEventListener("pointerleave", () => reader.leave(), options);
  surface.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  // The middle button would scroll the page.
  surface.addEventListener("mousedown", (event) => event.button === 1 && event.preventDefault(), options);
  surface.addEventListener("wheel", (event) => reader.wheel(event), { ...options, passive: false });
  return reader;
}

type Held = "drawing" | "panning";

class PointerReader {
  readonly #camera: EditorCamera;
  readonly #isPanning: () => boolean;
  /** Pointers that are down on the map, and where they were last. */
  readonly #down = new Map<number, Place>();
  #held: Held | undefined;
  #longPress: ReturnType<typeof setTimeout> | undefined;
  #pressedAt: Place = { x: 0, y: 0 };
  /** Place in the window of a pointer that hovers. */
  #hover: Place | undefined;

  constructor(camera: EditorCamera, isPanning: () => boolean) {
    this.#camera = camera;
    this.#isPanning = isPanning;
  }

  /** Call once a frame, too: the view moves under a pointer that rests. */
  update(): void {
    const at = this.#hover && this.#camera.toWorld(this.#hover);
    if (at?.x !== hovered.peek()?.x || at?.y !== hovered.peek()?.y) hovered.value = at;
  }

  down(event: PointerEvent, surface: HTMLElement): void {
    if (event.target !== surface && !(event.target instanceof HTMLCanvasElement)) return;
    // The keys belong to the map again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const place = placeOf(event);
    this.#down.set(event.pointerId, place);
    cellCursor.value = undefined;
    this.#hover = isFinger(event) ? undefined : place;
    // A key may follow before the next frame.
    this.update();
    if (this.#down.size === 1) this.#begin(event, place);
    else if (this.#down.size === 2) this.#beginPinch();
  }

  move(event: PointerEvent, surface: HTMLElement): void {
    const place = placeOf(event);
    const isOverMap = event.target === surface || event.target instanceof HTMLCanvasElement;
    if (!isFinger(event)) this.#hover = isOverMap || this.#down.size > 0 ? place : undefined;
    const before = this.#down.get(event.pointerId);
    if (!before) return;
    this.#down.set(event.pointerId, place);
    if (Math.hypot(place.x - this.#pressedAt.x, place.y - this.#pressedAt.y) > STILL_PX)
      this.#dropLongPress();
    if (this.#down.size === 2) this.#pinch(event.pointerId, before, place);
    else if (this.#held === "panning") this.#camera.panBy(place.x - before.x, place.y - before.y);
    else if (this.#held === "drawing")
      drawing.move({ ...this.#camera.toWorld(place), ...modifiersOf(event) });
  }

  up(event: PointerEvent): void {
    if (!this.#down.delete(event.pointerId)) return;
    this.#dropLongPress();
    if (this.#held === "drawing") drawing.end();
    // The finger that stays after a pinch neither draws nor pans.
    this.#held = undefined;
  }

  lose(event: PointerEvent): void {
    if (!this.#down.delete(event.pointerId)) return;
    this.#dropLongPress();
    if (this.#held === "drawing") drawing.cancel();
    this.#held = undefined;
  }

  leave(): void {
    if (this.#down.size === 0) this.#hover = undefined;
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
    const down = Math.max(-WHEEL_MAX_PX, Math.min(WHEEL_MAX_PX, event.deltaY * unit));
    // A trackpad reports a pinch as a slow wheel with Ctrl.
    const rate = event.ctrlKey ? WHEEL_RATE * 6 : WHEEL_RATE;
    if (event.shiftKey) this.#camera.panBy(-down, 0);
    else if (event.deltaX !== 0 && Math.abs(event.deltaX) > Math.abs(event.deltaY))
      this.#camera.panBy(-event.deltaX * unit, 0);
    else this.#camera.zoomBy(Math.exp(-down * rate), placeOf(event));
  }

  #begin(event: PointerEvent, place: Place): void {
    this.#pressedAt = place;
    const isPan = event.button === 1 || this.#isPanning() || (tool.value === "pan" && event.button === 0);
    this.#held = isPan ? "panning" : "drawing";
    if (isPan || event.button > 2) return;
    const reach = isFinger(event) ? REACH_PX.finger : REACH_PX.mouse;
    const press = {
      ...this.#camera.toWorld(place),
      ...modifiersOf(event),
      isErasing: event.button === 2,
      reachPx: reach / this.#camera.zoom,
    };
    drawing.press(press);
    if (!isFinger(event)) return;
    drawing.isHeldBack = true;
    this.#longPress = setTimeout(() => {
      drawing.cancel();
      this.#held = undefined;
      TOOLS.pick(desk, press);
    }, LONG_PRESS_MS);
  }

  #beginPinch(): void {
    this.#dropLongPress();
    if (this.#held === "drawing") drawing.cancel();
    this.#held = undefined;
  }

  #pinch(moved: number, before: Place, place: Place): void {
    const other = [...this.#down].find(([id]) => id !== moved)?.[1];
    if (!other) return;
    const middle = { x: (place.x + other.x) / 2, y: (place.y + other.y) / 2 };
    this.#camera.panBy((place.x - before.x) / 2, (place.y - before.y) / 2);
    const far = Math.hypot(place.x - other.x, place.y - other.y);
    const farBefore = Math.hypot(before.x - other.x, before.y - other.y);
    if (farBefore > 0 && far > 0) this.#camera.zoomBy(far / farBefore, middle);
  }

  #dropLongPress(): void {
    clearTimeout(this.#longPress);
    this.#longPress = undefined;
    drawing.isHeldBack = false;
  }
}

const modifiersOf = ({ shiftKey: shift, altKey: alt }: PointerEvent) => ({ shift, alt });
