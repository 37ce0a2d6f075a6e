/** Waits for the key or button that an action is to be bound to, and hides it from all other listeners. */
import { onLostReleases } from "#client/input/lostReleases.ts";
import { eachFrame, readPads } from "#client/input/pads.ts";
import { isFinger } from "#client/input/pointers.ts";
import { type BindingKind, type Code, codeOfMouse, isReserved } from "./bindings.ts";

/** "" empties the slot; undefined leaves it unchanged. */
export type Press = Code | undefined;

let awaited = 0;

/** Whether the next press belongs to the settings; other listeners must ignore it. */
export const isAwaitingPress = (): boolean => awaited > 0;

/** Escape and `giveUp` resolve to undefined. After a key that cannot be bound it calls `onReserved`, and waits on. */
export function nextPress(kind: BindingKind, giveUp: AbortSignal, onReserved: () => void): Promise<Press> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, giveUp]);
    awaited++;
    over.signal.addEventListener("abort", () => awaited--, { once: true });
    const settle = (press: Press) => {
      over.abort();
      resolve(press);
    };
    giveUp.addEventListener("abort", () => settle(undefined), { once: true, signal: over.signal });
    const first = { capture: true, signal } as const;
    window.addEventListener("keydown", (event) => onKey(event, kind, settle, onReserved), first);
    if (kind === "keys") {
      const onPointer = (event: PointerEvent) => {
        if (isFinger(event)) return settle(undefined);
        // Not prevented: no mouseup would follow, whose default action leaves the page by a side button.
        event.stopImmediatePropagation();
        swallowUntil("pointerup", ["mousedown", "mouseup", "click", "auxclick", "contextmenu"]);
        settle(codeOfMouse(event.button));
      };
      window.addEventListener("pointerdown", onPointer, first);
    } else awaitPad(settle, signal);
  });
}

function onKey(
  event: KeyboardEvent,
  kind: BindingKind,
  settle: (press: Press) => void,
  onReserved: () => void,
): void {
  swallow(event);
  // The key that opened the slot may still be held.
  if (event.repeat) return;
  // A focused button acts on the release of the space bar. While Cmd is down, macOS fires no keyup.
  if (!event.metaKey)
    swallowUntil("keyup", [], (release) => "code" in release && release.code === event.code);
  if (event.code === "Escape") settle(undefined);
  else if (event.code === "Backspace" || event.code === "Delete") settle("");
  else if (kind !== "keys" || event.code === "") return;
  else if (isReserved(event.code)) onReserved();
  else settle(event.code);
}

/** Counts only newly pressed buttons: the button that opened the slot may still be down. */
function awaitPad(settle: (press: Press) => void, signal: AbortSignal): void {
  let before = readPads().pressed;
  const stop = eachFrame(() => {
    const { pressed } = readPads();
    const fresh = [...pressed].find((code) => !before.has(code));
    before = pressed;
    if (fresh) settle(fresh);
  });
  signal.addEventListener("abort", stop, { once: true });
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Within this time after a release, browsers fire the events that follow from it. */
const AFTERMATH_MS = 50;

/** Swallows events of `types`, and the release itself, until AFTERMATH_MS after the release. */
function swallowUntil(
  release: "pointerup" | "keyup",
  types: readonly string[],
  isIt: (release: Event) => boolean = () => true,
): void {
  const over = new AbortController();
  const options = { capture: true, signal: over.signal } as const;
  for (const type of types) window.addEventListener(type, swallow, options);
  const end = (event: Event) => {
    if (!isIt(event)) return;
    swallow(event);
    setTimeout(() => over.abort(), AFTERMATH_MS);
  };
  window.addEventListener(release, end, options);
  onLostReleases(() => over.abort(), { signal: over.signal });
}
