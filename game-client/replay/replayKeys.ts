/** Keys and gamepad buttons of a replay. ui/replay/replayHelp.ts lists them. */
import { isForControl, isShortcut, isTyping } from "#client/input/keyEvents.ts";
import { eachFrame, readPads } from "#client/input/pads.ts";
import { actionOfCode, type Code } from "#client/settings/bindings.ts";
import { settings } from "#client/settings/settings.ts";
import { acts } from "#client/ui/replay/replayActs.ts";
import { isScreened } from "#client/ui/replay/screeningModel.ts";
import { settingsOpen } from "#client/ui/state/model.ts";

type Act = () => unknown;
const back =
  (ms: number): Act =>
  () =>
    acts.seekBy(-ms);
const on =
  (ms: number): Act =>
  () =>
    acts.seekBy(ms);

/** The acts of the keys, by what these type in lower case. An act that returns false leaves the key to the page. */
const KEYS: Readonly<Record<string, Act>> = {
  " ": acts.toggle,
  k: acts.toggle,
  arrowleft: back(5000),
  arrowright: on(5000),
  j: back(10_000),
  l: on(10_000),
  ",": () => acts.step(-1),
  ".": () => acts.step(1),
  "<": () => acts.changeRate(-1),
  ">": () => acts.changeRate(1),
  p: () => acts.jump(-1),
  n: () => acts.jump(1),
  f: () => acts.followNext(1),
  escape: acts.close,
  "0": acts.fly,
  home: () => acts.seekToShare(0),
  end: () => acts.seekToShare(1),
  b: acts.toggleBoard,
  h: acts.toggleBare,
  u: acts.toggleFullScreen,
  c: acts.copyLink,
};

/** Held down, these act again and again. */
const REPEATING = ["arrowleft", "arrowright", "j", "l", ",", "."];

/** The keys count by their places where a layout types other letters than these. */
const PLACES: Readonly<Record<string, string>> = { Comma: ",", Period: "." };
const byPlace = (code: string): string | undefined =>
  /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? PLACES[code];

function actOf({ key, code }: Pick<KeyboardEvent, "key" | "code">): { name: string; act: Act } | undefined {
  const tenth = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (tenth !== undefined && tenth !== "0")
    return { name: tenth, act: () => acts.seekToShare(Number(tenth) / 10) };
  if (tenth === "0") return { name: tenth, act: acts.fly };
  const typed = key.toLowerCase();
  // A letter of this alphabet is what the player means, wherever it lies.
  const name = KEYS[typed] || /^[a-z]$/.test(typed) ? typed : (byPlace(code) ?? typed);
  const act = KEYS[name];
  return act && { name, act };
}

/** The browser's own controls of a video take keys as well. */
const isForVideo = ({ target }: Event): boolean => target instanceof HTMLVideoElement;

const isAway = () => settingsOpen.value || document.querySelector("dialog[open]") !== null;

/** Returns what ends it. */
export function listenForReplayKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    const isForPage = isTyping(event) || isForControl(event) || isForVideo(event);
    if (isAway() || isForPage || isShortcut(event, settings.bindings.value)) return;
    const found = actOf(event);
    if (!found) return;
    if ((event.repeat && !REPEATING.includes(found.name)) || found.act() !== false) {
      event.preventDefault();
      // The keys that steer a drone or the page mean something else here.
      event.stopImmediatePropagation();
    }
  };
  const over = new AbortController();
  const always = { capture: true, signal: over.signal };
  window.addEventListener("keydown", press, always);
  giveKeysBack(always);
  const stopPad = listenForPad();
  return () => {
    over.abort();
    stopPad();
  };
}

/** A list from which a pointer has chosen does not keep the keys. */
function giveKeysBack(options: AddEventListenerOptions): void {
  let isPointed = false;
  window.addEventListener("pointerdown", () => (isPointed = true), options);
  window.addEventListener("keydown", () => (isPointed = false), options);
  window.addEventListener(
    "change",
    ({ target }) => {
      if (isPointed && target instanceof HTMLSelectElement) target.blur();
    },
    options,
  );
}

/** The acts of the buttons in the standard mapping. The sticks fly, and the triggers step from player to player (scenes/arenaInput.ts). */
const PAD: Readonly<Record<Code, Act>> = {
  Pad0: acts.toggle,
  Pad2: () => acts.followNext(1),
  Pad3: acts.toggleBare,
  Pad4: () => acts.jump(-1),
  Pad5: () => acts.jump(1),
  Pad8: acts.toggleBoard,
  Pad10: () => acts.step(-1),
  Pad11: () => acts.step(1),
  Pad12: () => acts.changeRate(1),
  Pad13: () => acts.changeRate(-1),
  Pad14: back(5000),
  Pad15: on(5000),
};
const PAD_BACK: Code = "Pad1";

/** Held down, these act again and again, as the keys do. */
const PAD_REPEATING: readonly Code[] = ["Pad10", "Pad11", "Pad14", "Pad15"];
const REPEAT_AFTER_MS = 400;
const REPEAT_EVERY_MS = 100;

/** In a room that watches the replay, its chat and its panel keep their buttons. */
function isOfRoom(code: Code): boolean {
  const action = actionOfCode(settings.bindings.value, "pad", code);
  return isScreened.value && (action === "chat" || action === "room");
}

function listenForPad(): () => void {
  // A button that is held while the replay opens was pressed for something else.
  let before: ReadonlySet<Code> = readPads().pressed;
  let repeatAtMs = Number.POSITIVE_INFINITY;
  return eachFrame(() => {
    const { pressed } = readPads();
    const fresh = [...pressed].filter((code) => !before.has(code));
    const held = PAD_REPEATING.filter((code) => pressed.has(code) && before.has(code));
    before = pressed;
    const nowMs = performance.now();
    const isDue = nowMs >= repeatAtMs;
    if (fresh.length > 0) repeatAtMs = nowMs + REPEAT_AFTER_MS;
    else if (isDue) repeatAtMs = nowMs + REPEAT_EVERY_MS;
    if (isAway()) return;
    for (const code of isDue ? [...fresh, ...held] : fresh) {
      if (isOfRoom(code)) continue;
      if (code !== PAD_BACK) PAD[code]?.();
      else if (!acts.close()) document.querySelector<HTMLElement>("[data-back] button")?.click();
    }
  });
}
