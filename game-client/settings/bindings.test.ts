import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ACTIONS,
  actionOfCode,
  BINDING_KINDS,
  type Bindings,
  bind,
  bindingsSchema,
  codeAt,
  DEFAULT_BINDINGS,
  SLOTS,
} from "./bindings.ts";

const codesOf = (bindings: Bindings) =>
  ACTIONS.flatMap((action) => BINDING_KINDS.flatMap((kind) => bindings[action][kind])).filter(Boolean);

describe("bindings", () => {
  it("[BIND-1] binding a free key takes it from no action", () => {
    const { bindings, loser } = bind(DEFAULT_BINDINGS, { action: "dash", kind: "keys", slot: 0 }, "KeyX");
    expect(bindings.dash.keys).toEqual(["KeyX", "ShiftLeft"]);
    expect(loser).toBeUndefined();
    expect(actionOfCode(bindings, "keys", "Space")).toBeUndefined();
  });

  it("[BIND-2] binding a key of another action swaps the two keys and names that action", () => {
    const { bindings, loser } = bind(DEFAULT_BINDINGS, { action: "dash", kind: "keys", slot: 0 }, "KeyE");
    expect(bindings.dash.keys[0]).toBe("KeyE");
    expect(bindings.altFire.keys).toEqual(["Mouse2", "Space"]);
    expect(loser).toEqual({ action: "altFire", now: "Space" });
  });

  it("[BIND-3] binding a key of the same action swaps its slots and names no action", () => {
    const { bindings, loser } = bind(
      DEFAULT_BINDINGS,
      { action: "moveUp", kind: "keys", slot: 0 },
      "ArrowUp",
    );
    expect(bindings.moveUp.keys).toEqual(["ArrowUp", "KeyW"]);
    expect(loser).toBeUndefined();
  });

  it("[BIND-4] after any sequence of bindings no key has two actions, seed 7", () => {
    const change = fc.record({
      action: fc.constantFrom(...ACTIONS),
      slot: fc.constantFrom(...SLOTS),
      code: fc.constantFrom("", "KeyW", "KeyX", "Space", "Mouse0", "Mouse4", "Tab"),
    });
    const holds = (changes: { action: (typeof ACTIONS)[number]; slot: 0 | 1; code: string }[]) => {
      let bindings = DEFAULT_BINDINGS;
      for (const { action, slot, code } of changes) {
        const place = { action, kind: "keys", slot } as const;
        bindings = bind(bindings, place, code).bindings;
        expect(codeAt(bindings, place)).toBe(code);
        expect(new Set(codesOf(bindings)).size).toBe(codesOf(bindings).length);
      }
    };
    fc.assert(fc.property(fc.array(change, { maxLength: 30 }), holds), { seed: 7 });
  });

  it("[BIND-5] invalid stored bindings fall back to the default, action by action", () => {
    const stored = {
      ...DEFAULT_BINDINGS,
      dash: { keys: ["KeyX", ""], pad: ["Pad99999", ""] },
      fire: "nonsense",
      mute: { keys: ["Escape", ""], pad: ["", ""] },
    };
    const read = bindingsSchema.parse(stored);
    expect(read.dash).toEqual({ keys: ["KeyX", ""], pad: DEFAULT_BINDINGS.dash.pad });
    expect(read.fire).toEqual(DEFAULT_BINDINGS.fire);
    expect(read.mute).toEqual(DEFAULT_BINDINGS.mute);
    expect(bindingsSchema.parse(null)).toEqual(DEFAULT_BINDINGS);
  });

  it("[BIND-6] of a key that is stored twice, the first binding stays", () => {
    const stored = { ...DEFAULT_BINDINGS, dash: { keys: ["KeyW", "KeyX"], pad: ["", ""] } };
    const read = bindingsSchema.parse(stored);
    expect(read.moveUp.keys).toEqual(["KeyW", "ArrowUp"]);
    expect(read.dash.keys).toEqual(["", "KeyX"]);
  });

  it("[BIND-15] an action that is newer than the stored bindings takes no key from an older one", () => {
    const { emotes: _, ...older } = DEFAULT_BINDINGS;
    const read = bindingsSchema.parse({ ...older, chat: { keys: ["Enter", "KeyC"], pad: ["Pad10", ""] } });
    expect(read.chat).toEqual({ keys: ["Enter", "KeyC"], pad: ["Pad10", ""] });
    expect(read.emotes).toEqual({ keys: ["", ""], pad: ["", ""] });
    expect(Object.keys(read)).toEqual([...ACTIONS]);
  });

  it("[BIND-10] a stored binding on Ctrl or Cmd falls back to the default", () => {
    const stored = { ...DEFAULT_BINDINGS, dash: { keys: ["ControlLeft", "KeyX"], pad: ["Pad4", ""] } };
    expect(bindingsSchema.parse(stored).dash).toEqual({
      keys: DEFAULT_BINDINGS.dash.keys,
      pad: ["Pad4", ""],
    });
  });
});
