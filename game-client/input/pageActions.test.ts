import { describe, expect, it, onTestFinished } from "vitest";
import { type Bindings, DEFAULT_BINDINGS } from "#client/settings/bindings.ts";
import { nextPress } from "#client/settings/nextPress.ts";
import { settings } from "#client/settings/settings.ts";
import { fakePage } from "./fakePage.ts";
import { listenForPageActions } from "./pageActions.ts";

const scoresOn = (keys: [string, string], pad: [string, string] = ["Pad8", ""]): Bindings => ({
  ...DEFAULT_BINDINGS,
  scores: { keys, pad },
});

function setUp(bindings: Bindings = DEFAULT_BINDINGS) {
  const pads = { pressed: [] as number[] };
  const getGamepads = () => [
    {
      connected: true,
      id: "pad",
      index: 0,
      mapping: "standard",
      axes: [0, 0, 0, 0],
      buttons: Array.from({ length: 17 }, (_, index) => ({ value: pads.pressed.includes(index) ? 1 : 0 })),
    },
  ];
  const page = fakePage({ getGamepads });
  settings.bindings.value = bindings;
  onTestFinished(() => {
    settings.bindings.value = DEFAULT_BINDINGS;
  });
  const log: string[] = [];
  listenForPageActions({
    press: (action) => log.push(action) > 0,
    release: (action) => log.push(`-${action}`),
  });
  page.frame();
  return { page, log, pads };
}

describe("the page's keys", () => {
  it.each<[string, (page: ReturnType<typeof fakePage>) => unknown]>([
    ["Cmd goes down", (page) => page.key("keydown", "MetaLeft", { key: "Meta", metaKey: true })],
    ["another window gets the keys", (page) => page.fire("blur")],
    ["the page is hidden", (page) => page.hide(true)],
  ])("[PAGEKEYS-1] the scoreboard closes when %s", (_, happen) => {
    const { page, log } = setUp();
    page.key("keydown", "Tab");
    happen(page);
    expect(log).toEqual(["scores", "-scores"]);
  });

  it("[PAGEKEYS-2] a pad's button that is held while another window gets the keys is not pressed again", () => {
    const { page, log, pads } = setUp();
    pads.pressed = [2];
    page.frame();
    page.fire("blur");
    page.frame();
    expect(log).toEqual(["chat"]);
  });

  it("[PAGEKEYS-3] a side button works while the left one is held, and is released alone", () => {
    const { page, log } = setUp(scoresOn(["Mouse3", ""]));
    page.mouse("pointerdown", 0);
    page.mouse("pointermove", 3, { buttons: 1 | 8 });
    page.mouse("pointermove", 3, { buttons: 1 });
    expect(log).toEqual(["scores", "-scores"]);
  });

  it("[PAGEKEYS-4] with an action on Alt, the others work while it is held", () => {
    const { page, log } = setUp(scoresOn(["AltLeft", ""]));
    page.key("keydown", "AltLeft", { altKey: true });
    page.key("keydown", "KeyM", { altKey: true });
    expect(log).toEqual(["scores", "mute"]);
  });
});

describe("a press that is to be bound", () => {
  const wait = () => {
    const { page } = setUp();
    const refused: string[] = [];
    const pressed = nextPress("keys", new AbortController().signal, () => refused.push("refused"));
    return { page, pressed, refused };
  };

  it("[BIND-7] Ctrl, Cmd and the Windows key are refused, and the slot waits on", async () => {
    const { page, pressed, refused } = wait();
    for (const code of ["ControlLeft", "MetaRight", "OSLeft"]) page.key("keydown", code);
    expect(refused).toHaveLength(3);
    page.key("keydown", "AltRight");
    expect(await pressed).toBe("AltRight");
  });

  it("[BIND-8] it hides the release of its own key alone", async () => {
    const { page, pressed } = wait();
    const released: string[] = [];
    page.key("keydown", "KeyQ");
    await pressed;
    window.addEventListener("keyup", ({ code }) => released.push(code));
    page.key("keyup", "KeyW");
    page.key("keyup", "KeyQ");
    expect(released).toEqual(["KeyW"]);
  });

  it("[BIND-9] a side button is bound and does not leave the page: its mouseup is prevented", async () => {
    const { page, pressed } = wait();
    expect(page.mouse("pointerdown", 3)).toBe(false);
    expect(await pressed).toBe("Mouse3");
    for (const type of ["mousedown", "mouseup", "auxclick"]) expect(page.mouse(type, 3)).toBe(true);
  });

  it("[BIND-11] after a key beside Cmd, whose release macOS keeps to itself, it hides no later release", async () => {
    const { page, pressed } = wait();
    const released: string[] = [];
    page.key("keydown", "KeyK", { metaKey: true });
    await pressed;
    window.addEventListener("keyup", ({ code }) => released.push(code));
    page.key("keyup", "KeyK");
    expect(released).toEqual(["KeyK"]);
  });
});
