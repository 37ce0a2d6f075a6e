/** The keyboard: commands, and a cell cursor that draws where it is. */
import { cellCursor, drawing, giveUp, hovered, nudge, runCommand, view } from "#client/editor/commands.ts";
import { commandOf } from "#client/editor/editorKeys.ts";
import { draft, tilePx, tool } from "#client/editor/editorModel.ts";
import { isForControl, isTyping } from "#client/input/keyEvents.ts";
import { sizeOf } from "#shared/editor/draft.ts";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Cells that an arrow key moves with Shift. */
const FAR = 4;

/** Listens until `until` is aborted. */
export function listenForKeys(until: AbortSignal): { readonly isPanning: boolean } {
  let isSpaceHeld = false;
  let drawsBy: string | undefined;
  const held = {
    get isPanning() {
      return isSpaceHeld;
    },
  };

  const onDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event) || isForControl(event) || isMenuOpen()) return;
    if (handle(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const handle = (event: KeyboardEvent): boolean => {
    const step = STEPS[event.key];
    if (event.key === "Escape") return giveUp();
    if (step && !event.ctrlKey && !event.metaKey && !isOnControl(event)) return moveBy(step, event);
    if (event.key === "Enter" || event.key === " ") return hold(event);
    const command = commandOf(event);
    if (command) runCommand(command);
    return command !== undefined;
  };
  const hold = (event: KeyboardEvent): boolean => {
    if (event.key === " " && !cellCursor.value) {
      isSpaceHeld = true;
      return true;
    }
    if (event.repeat || drawsBy !== undefined) return true;
    drawsBy = event.code;
    pressAtCursor(event.shiftKey);
    return true;
  };
  const onUp = ({ code }: KeyboardEvent) => {
    if (code === "Space") isSpaceHeld = false;
    if (code !== drawsBy) return;
    drawsBy = undefined;
    drawing.end();
  };
  const letGo = () => {
    isSpaceHeld = false;
    if (drawsBy !== undefined) drawing.end();
    drawsBy = undefined;
  };
  // Before the page's own keys: Esc would open its menu.
  window.addEventListener("keydown", onDown, { signal: until, capture: true });
  window.addEventListener("keyup", onUp, { signal: until });
  window.addEventListener("blur", letGo, { signal: until });
  return held;
}

const isMenuOpen = () => document.querySelector("dialog[open]") !== null;

/** Arrow keys move within lists, tabs and sliders. */
const isOnControl = ({ target }: Event): boolean =>
  target instanceof HTMLElement &&
  target.closest("[role=tablist], [role=listbox], [role=menu], [role=radiogroup], [role=toolbar]") !== null;

function moveBy([x, y]: readonly [number, number], { shiftKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  if (tool.value === "select" && !drawing.isBusy && !cellCursor.value && nudge(x, y, !shiftKey)) return true;
  // Or Space would press the button that was used last.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  moveCursor(x * (shiftKey ? FAR : 1), y * (shiftKey ? FAR : 1));
  return true;
}

/** Moves the cell cursor, and with it a stroke that has begun. It begins under the pointer, or in the middle. */
export function moveCursor(x: number, y: number): void {
  const { columns, rows } = sizeOf(draft.value);
  const { value: px } = tilePx;
  const from = cellCursor.value ?? beginning();
  cellCursor.value = {
    column: Math.max(0, Math.min(columns - 1, from.column + x)),
    row: Math.max(0, Math.min(rows - 1, from.row + y)),
  };
  const middle = middleOfCursor();
  view.value?.reveal(middle);
  if (drawing.isBusy) drawing.move({ ...middle, shift: false, alt: false });

  function beginning() {
    const { x: pointerX, y: pointerY } = hovered.value ?? { x: (columns * px) / 2, y: (rows * px) / 2 };
    return { column: Math.floor(pointerX / px), row: Math.floor(pointerY / px) };
  }
}

const middleOfCursor = () => {
  const { column, row } = cellCursor.value ?? { column: 0, row: 0 };
  return { x: (column + 0.5) * tilePx.value, y: (row + 0.5) * tilePx.value };
};

export function pressAtCursor(shift = false, isErasing = false): void {
  if (!cellCursor.value) moveCursor(0, 0);
  const press = { ...middleOfCursor(), shift, alt: false, isErasing, reachPx: tilePx.value / 2 };
  drawing.press(press);
}
