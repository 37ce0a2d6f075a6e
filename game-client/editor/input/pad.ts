/**
 * A gamepad over the map: the left stick moves the cell cursor, A draws there and X erases; the right stick moves the view,
 * the triggers zoom, the shoulders change the tool and Y the paint. The D-pad walks through the panels (input/padMenu.ts).
 */
import { cellCursor, drawing, runCommand } from "#client/editor/commands.ts";
import { paint, tool } from "#client/editor/editorModel.ts";
import type { EditorCamera } from "#client/editor/picture/editorCamera.ts";
import { PAINTS, TOOL_NAMES } from "#client/editor/toolNames.ts";
import { readPads } from "#client/input/pads.ts";
import { moveCursor, pressAtCursor } from "./keys.ts";

const PAN_PX_PER_SEC = 900;
const ZOOM_PER_SEC = 2.2;
/** Cells a second at the stick's full reach, and the least reach that moves. */
const CELLS_PER_SEC = 14;
const STEP_FROM = 0.3;

const [A, X, Y, LEFT, RIGHT, ZOOM_OUT, ZOOM_IN] = ["Pad0", "Pad2", "Pad3", "Pad4", "Pad5", "Pad6", "Pad7"];

export class PadReader {
  readonly #camera: EditorCamera;
  #before: ReadonlySet<string> = new Set();
  /** Parts of cells that the stick has moved so far. */
  #x = 0;
  #y = 0;

  constructor(camera: EditorCamera) {
    this.#camera = camera;
  }

  /** Call once a frame. */
  update(deltaMs: number): void {
    const { left, right, pressed } = readPads();
    const isMenu = document.querySelector("dialog[open]") !== null;
    const fresh = (button = "") => pressed.has(button) && !this.#before.has(button);
    const freed = (button = "") => !pressed.has(button) && this.#before.has(button);
    if (!isMenu) {
      this.#steer(left, right, deltaMs);
      this.#zoom(pressed, deltaMs);
      // A presses the control that has the focus.
      const isOnMap = document.activeElement === document.body && cellCursor.value !== undefined;
      if (isOnMap && fresh(A)) pressAtCursor();
      if (isOnMap && fresh(X)) pressAtCursor(false, true);
      if (fresh(LEFT)) runCommand(neighbour(TOOL_NAMES, tool.value, -1));
      if (fresh(RIGHT)) runCommand(neighbour(TOOL_NAMES, tool.value, 1));
      if (fresh(Y)) runCommand(neighbour(PAINTS, paint.value, 1));
    }
    if ((freed(A) || freed(X)) && drawing.isBusy) drawing.end();
    this.#before = new Set(pressed);
  }

  #steer(left: { x: number; y: number }, right: { x: number; y: number }, deltaMs: number): void {
    const px = (PAN_PX_PER_SEC * deltaMs) / 1000;
    if (right.x !== 0 || right.y !== 0) this.#camera.panBy(-right.x * px, -right.y * px);
    if (Math.hypot(left.x, left.y) < STEP_FROM) {
      // The first push moves at once.
      this.#x = Math.sign(left.x) * 0.9;
      this.#y = Math.sign(left.y) * 0.9;
      return;
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const cells = (CELLS_PER_SEC * deltaMs) / 1000;
    this.#x += left.x * cells;
    this.#y += left.y * cells;
    const [x, y] = [Math.trunc(this.#x), Math.trunc(this.#y)];
    this.#x -= x;
    this.#y -= y;
    if (x !== 0 || y !== 0) moveCursor(x, y);
  }

  #zoom(pressed: ReadonlySet<string>, deltaMs: number): void {
    const way = Number(pressed.has(ZOOM_IN ?? "")) - Number(pressed.has(ZOOM_OUT ?? ""));
    if (way !== 0) this.#camera.zoomBy(ZOOM_PER_SEC ** ((way * deltaMs) / 1000));
  }
}

function neighbour<Name>(names: readonly Name[], name: Name, step: number): Name {
  return names[(names.indexOf(name) + step + names.length) % names.length] ?? name;
}
