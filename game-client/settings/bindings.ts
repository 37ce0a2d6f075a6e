/** Key and button bindings: the table of actions, its defaults, validation of stored bindings, and rebinding. */
import * as z from "zod/mini";

export const ACTIONS = [
  "moveUp",
  "moveLeft",
  "moveDown",
  "moveRight",
  "fire",
  "altFire",
  "dash",
  "scores",
  "emotes",
  "ping",
  "clip",
  "chat",
  "room",
  "mute",
  "netGraph",
  "menu",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Keys and mouse share their slots; a gamepad has its own. */
export const BINDING_KINDS = ["keys", "pad"] as const;
export type BindingKind = (typeof BINDING_KINDS)[number];

/**
 * A key by position ("KeyW", KeyboardEvent.code), a mouse button ("Mouse0", PointerEvent.button), a gamepad button
 * ("Pad7", index in the standard mapping), or "" for an empty slot.
 */
export type Code = string;

type Slots = readonly [Code, Code];
export const SLOTS = [0, 1] as const;
export type Slot = (typeof SLOTS)[number];
export type Bindings = Readonly<Record<Action, Readonly<Record<BindingKind, Slots>>>>;

export const DEFAULT_BINDINGS: Bindings = {
  moveUp: { keys: ["KeyW", "ArrowUp"], pad: ["Pad12", ""] },
  moveLeft: { keys: ["KeyA", "ArrowLeft"], pad: ["Pad14", ""] },
  moveDown: { keys: ["KeyS", "ArrowDown"], pad: ["Pad13", ""] },
  moveRight: { keys: ["KeyD", "ArrowRight"], pad: ["Pad15", ""] },
  fire: { keys: ["Mouse0", ""], pad: ["Pad7", ""] },
  altFire: { keys: ["Mouse2", "KeyE"], pad: ["Pad5", "Pad6"] },
  dash: { keys: ["Space", "ShiftLeft"], pad: ["Pad4", "Pad0"] },
  scores: { keys: ["Tab", ""], pad: ["Pad8", ""] },
  emotes: { keys: ["KeyC", ""], pad: ["Pad10", ""] },
  ping: { keys: ["KeyQ", "Mouse1"], pad: ["Pad11", ""] },
  clip: { keys: ["KeyG", ""], pad: ["Pad1", ""] },
  chat: { keys: ["Enter", "KeyT"], pad: ["Pad2", ""] },
  room: { keys: ["KeyR", ""], pad: ["Pad3", ""] },
  mute: { keys: ["KeyM", ""], pad: ["", ""] },
  netGraph: { keys: ["F3", ""], pad: ["", ""] },
  // Escape always opens the settings, so that no binding can lock a player out.
  menu: { keys: ["", ""], pad: ["Pad9", ""] },
};

export const codeOfMouse = (button: number): Code => `Mouse${button}`;
export const codeOfPad = (index: number): Code => `Pad${index}`;

/**
 * Whether a key cannot be bound. No page can keep a browser from closing on Ctrl+W, and W steers; macOS does the same on
 * Cmd+W, and fires no keyup while Cmd is down.
 */
export const isReserved = (code: Code): boolean => /^(Control|Meta|OS)/.test(code);

const CODES = {
  keys: z.string().check(
    z.regex(/^(?!Escape$|Pad\d)[A-Z][A-Za-z0-9]{0,31}$|^$/),
    z.refine((code) => !isReserved(code)),
  ),
  pad: z.string().check(z.regex(/^Pad\d{1,2}$|^$/)),
} as const;

const slotsOf = (kind: BindingKind, fallback: Slots) =>
  z.catch(z.tuple([CODES[kind], CODES[kind]]), [...fallback]);

const actionOf = ({ keys, pad }: Bindings[Action]) =>
  z.catch(z.object({ keys: slotsOf("keys", keys), pad: slotsOf("pad", pad) }), {
    keys: [...keys],
    pad: [...pad],
  });

const TABLE = z.object(
  Object.fromEntries(ACTIONS.map((action) => [action, actionOf(DEFAULT_BINDINGS[action])])),
);

/**
 * Invalid bindings fall back to the default, action by action; of a code bound twice the first stays. An action that is
 * newer than the stored bindings takes no key from an older one.
 */
export const bindingsSchema = z.catch(
  z.pipe(
    z.record(z.string(), z.unknown()),
    z.transform((stored) => withoutDoubles(TABLE.parse(stored) as unknown as Bindings, stored)),
  ),
  DEFAULT_BINDINGS,
);

function withoutDoubles(read: Bindings, stored: Readonly<Record<string, unknown>>): Bindings {
  const seen = new Set<Code>();
  const once = (code: Code): Code => {
    if (seen.has(code)) return "";
    seen.add(code);
    return code;
  };
  const slots = ([first, second]: Slots): Slots => [once(first), once(second)];
  const rowOf = (action: Action) => {
    const { keys, pad } = read[action];
    return [action, { keys: slots(keys), pad: slots(pad) }] as const;
  };
  const known = ACTIONS.filter((action) => action in stored).map(rowOf);
  const added = ACTIONS.filter((action) => !(action in stored)).map(rowOf);
  const rows = Object.fromEntries([...known, ...added]);
  return Object.fromEntries(ACTIONS.map((action) => [action, rows[action]])) as Bindings;
}

export interface Place {
  readonly action: Action;
  readonly kind: BindingKind;
  readonly slot: Slot;
}

export const codeAt = (bindings: Bindings, { action, kind, slot }: Place): Code =>
  bindings[action][kind][slot];

/** Binds `code` at `place`. An action that had `code` gets the old code in exchange, and is returned as `loser`. */
export function bind(
  bindings: Bindings,
  place: Place,
  code: Code,
): { bindings: Bindings; loser?: { action: Action; now: Code } } {
  const before = codeAt(bindings, place);
  const holder = code === "" ? undefined : placeOf(bindings, place.kind, code);
  const bound = put(holder ? put(bindings, holder, before) : bindings, place, code);
  if (!holder || holder.action === place.action) return { bindings: bound };
  return { bindings: bound, loser: { action: holder.action, now: before } };
}

function put(bindings: Bindings, { action, kind, slot }: Place, code: Code): Bindings {
  const [first, second] = bindings[action][kind];
  const slots: Slots = slot === 0 ? [code, second] : [first, code];
  return { ...bindings, [action]: { ...bindings[action], [kind]: slots } };
}

function placeOf(bindings: Bindings, kind: BindingKind, code: Code): Place | undefined {
  for (const action of ACTIONS)
    for (const slot of SLOTS) if (bindings[action][kind][slot] === code) return { action, kind, slot };
  return undefined;
}

/** The action that a key or button is bound to, if any. */
export function actionOfCode(bindings: Bindings, kind: BindingKind, code: Code): Action | undefined {
  return code === "" ? undefined : placeOf(bindings, kind, code)?.action;
}
