/** The editor's keys: one table, which the help shows and the keyboard is read by. */
import { PAINTS, type Paint, TOOL_NAMES, type ToolName } from "./toolNames.ts";

/** A command of the editor, by key or button. */
export type EditorCommand =
  | ToolName
  | Paint
  | "erase"
  | "symmetry"
  | "smaller"
  | "larger"
  | "grid"
  | "undo"
  | "redo"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "delete"
  | "selectAll"
  | "zoomIn"
  | "zoomOut"
  | "fit";

/** Keys that are held or that depend on what is going on; input/keys.ts handles them. */
export type HeldKey = "move" | "draw" | "cancel" | "panning" | "straight" | "free";

export interface Shortcut {
  readonly does: EditorCommand | HeldKey;
  /** KeyboardEvent.key, letters in lower case; several keys may share a command. */
  readonly keys: readonly string[];
  /** Ctrl, or Cmd. */
  readonly ctrl?: boolean;
  readonly shift?: boolean;
}

const TOOL_KEYS: Readonly<Record<ToolName, string>> = {
  ...{ brush: "b", line: "l", rectangle: "r", fill: "g", pick: "i", select: "v", stamp: "s", pan: "h" },
};

/** The shortcuts, in the order of the help. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...TOOL_NAMES.map((does) => ({ does, keys: [TOOL_KEYS[does]] })),
  ...PAINTS.map((does, index) => ({ does, keys: [String(index + 1)] })),
  { does: "erase", keys: ["e"] },
  { does: "symmetry", keys: ["x"] },
  { does: "smaller", keys: ["["] },
  { does: "larger", keys: ["]"] },
  { does: "grid", keys: ["g"], shift: true },
  { does: "undo", keys: ["z"], ctrl: true },
  { does: "redo", keys: ["y"], ctrl: true },
  { does: "redo", keys: ["z"], ctrl: true, shift: true },
  { does: "copy", keys: ["c"], ctrl: true },
  { does: "cut", keys: ["x"], ctrl: true },
  { does: "paste", keys: ["v"], ctrl: true },
  { does: "duplicate", keys: ["d"], ctrl: true },
  { does: "selectAll", keys: ["a"], ctrl: true },
  { does: "delete", keys: ["Delete", "Backspace"] },
  { does: "zoomIn", keys: ["+", "="] },
  { does: "zoomOut", keys: ["-"] },
  { does: "fit", keys: ["0"] },
  { does: "move", keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] },
  { does: "draw", keys: ["Enter", " "] },
  { does: "cancel", keys: ["Escape"] },
  { does: "panning", keys: [" "] },
  { does: "straight", keys: ["Shift"] },
  { does: "free", keys: ["Alt"] },
];

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** The command of a press; undefined for keys that are none, or that input/keys.ts handles. */
export function commandOf(event: Pressed): EditorCommand | undefined {
  const key = keyOf(event);
  // Many layouts type brackets with AltGr, which Windows reports as Ctrl and Alt.
  const isBracket = key === "[" || key === "]";
  if (event.altKey && !isBracket) return undefined;
  const isCtrl = !isBracket && (event.ctrlKey || event.metaKey);
  const found = SHORTCUTS.find(
    ({ does, keys, ctrl = false, shift }) =>
      !isHeld(does) && keys.includes(key) && ctrl === isCtrl && (shift ?? false) === isShifted(event, key),
  );
  return found?.does as EditorCommand | undefined;
}

const HELD: readonly string[] = ["move", "draw", "cancel", "panning", "straight", "free"];
const isHeld = (does: string): does is HeldKey => HELD.includes(does);

/** Shift only counts with letters: some layouts need it for digits and signs. */
const isShifted = ({ shiftKey }: Pressed, key: string): boolean => shiftKey && /^[a-z]$/.test(key);

/** The letter of the layout; where it types other letters, such as Cyrillic ones, the one on a Latin keyboard. */
function keyOf({ key, code }: Pressed): string {
  if (key === "[" || key === "]") return key;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && !/^[a-z]$/i.test(key)) return letter.toLowerCase();
  const bracket = /^Bracket(Left|Right)$/.exec(code)?.[1];
  if (bracket && /^\p{L}$/u.test(key)) return bracket === "Left" ? "[" : "]";
  return key.length === 1 ? key.toLowerCase() : key;
}
