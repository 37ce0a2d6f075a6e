/** Names of keys and buttons for players: from the keyboard layout if the browser reports it, else from KeyboardEvent.code. */
import { signal } from "@preact/signals";
import type { Code } from "#client/settings/bindings.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

/** The Gamepad API's standard mapping, by the names that most pads have printed on them. */
const PAD_NAMES = [
  "A",
  "B",
  "X",
  "Y",
  "LB",
  "RB",
  "LT",
  "RT",
  "View",
  "Menu",
  "L3",
  "R3",
  "D-pad ↑",
  "D-pad ↓",
  "D-pad ←",
  "D-pad →",
  "Home",
] as const;

/** The Keyboard API, which only Chromium has. */
interface KeyboardLayout {
  getLayoutMap(): Promise<ReadonlyMap<string, string>>;
}

const layout = signal<ReadonlyMap<string, string>>(new Map());

/** Without the Keyboard API, KeyW is called "W" on every layout. */
export function learnLayout(): void {
  const { keyboard } = navigator as Navigator & { keyboard?: KeyboardLayout };
  keyboard?.getLayoutMap().then(
    (map) => {
      layout.value = map;
    },
    () => {},
  );
}

/** "" for an empty slot. */
export function nameOfCode(code: Code): string {
  const pad = /^Pad(\d+)$/.exec(code)?.[1];
  if (pad !== undefined) return PAD_NAMES[Number(pad)] ?? `#${pad}`;
  const words: Readonly<Record<string, string>> = STRINGS.keyNames;
  return words[code] ?? layout.value.get(code)?.toUpperCase() ?? code.replace(/^(Key|Digit)/, "");
}
