/** The table of the editor's keys. */
import { describe, expect, it } from "vitest";
import { commandOf, SHORTCUTS } from "./editorKeys.ts";

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const pressed = (key: string, code: string, more = {}) => commandOf({ key, code, ...NONE, ...more });

describe("keys of the editor", () => {
  it("[TOOL-23] no two entries of the table have the same key, except those that one thing decides between", () => {
    const names = SHORTCUTS.flatMap(({ keys, ctrl = false, shift = false, does }) =>
      does === "panning" ? [] : keys.map((key) => `${ctrl} ${shift} ${key}`),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it("[TOOL-24] a letter counts as the layout types it, and as on a Latin keyboard where it types other letters", () => {
    expect(pressed("b", "KeyB")).toBe("brush");
    expect(pressed("a", "KeyQ")).toBeUndefined();
    expect(pressed("и", "KeyB")).toBe("brush");
    expect(pressed("я", "KeyZ", { ctrlKey: true })).toBe("undo");
    expect(pressed("z", "KeyY", { ctrlKey: true })).toBe("undo");
  });

  it("[TOOL-25] digits and signs are found on every layout, with the modifiers that it needs for them", () => {
    expect(pressed("&", "Digit1")).toBe("wall");
    expect(pressed("7", "Numpad7")).toBe("hill");
    expect(pressed("+", "Equal", { shiftKey: true })).toBe("zoomIn");
    expect(pressed("[", "Digit8", { ctrlKey: true, altKey: true })).toBe("smaller");
    expect(pressed("ü", "BracketLeft")).toBe("smaller");
    expect(pressed("+", "BracketRight")).toBe("zoomIn");
  });

  it("[TOOL-26] modifiers make another command of a letter, or none", () => {
    expect(pressed("x", "KeyX")).toBe("symmetry");
    expect(pressed("x", "KeyX", { metaKey: true })).toBe("cut");
    expect(pressed("G", "KeyG", { shiftKey: true })).toBe("grid");
    expect(pressed("Z", "KeyZ", { ctrlKey: true, shiftKey: true })).toBe("redo");
    expect(pressed("b", "KeyB", { altKey: true })).toBeUndefined();
    expect(pressed("b", "KeyB", { ctrlKey: true })).toBeUndefined();
    expect(pressed("Enter", "Enter")).toBeUndefined();
  });
});
