/** The guards that keep the browser from ending or hiding a fight: input/leaving.ts, pinchZoom.ts, wakeLock.ts. */
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { fakePage } from "./fakePage.ts";
import { guardLeaving } from "./leaving.ts";
import { forbidZoom } from "./pinchZoom.ts";
import { keepScreenOn } from "./wakeLock.ts";

describe("leaving", () => {
  const setUp = (isFight: boolean) => {
    const page = fakePage();
    guardLeaving(() => isFight);
    return page;
  };

  it("[LEAVING-1] a mouse's side buttons do nothing in a fight, and go back and forth elsewhere", () => {
    for (const isFight of [true, false]) {
      const page = setUp(isFight);
      for (const type of ["mousedown", "mouseup", "auxclick"]) {
        expect(page.mouse(type, 3)).toBe(isFight);
        expect(page.mouse(type, 4)).toBe(isFight);
        expect(page.mouse(type, 0)).toBe(false);
        expect(page.mouse(type, 1)).toBe(false);
      }
    }
  });

  it("[LEAVING-2] the browser asks before it closes a fight while Ctrl or Cmd is down, as on Ctrl+W, and not otherwise", () => {
    const page = setUp(true);
    expect(page.fire("beforeunload")).toBe(false);
    page.key("keydown", "ControlLeft", { ctrlKey: true });
    expect(page.fire("beforeunload")).toBe(true);
    page.key("keyup", "ControlLeft");
    expect(page.fire("beforeunload")).toBe(false);
    page.key("keydown", "MetaLeft", { metaKey: true });
    expect(page.fire("beforeunload")).toBe(true);
  });

  it("[LEAVING-3] outside of a fight the browser does not ask", () => {
    const page = setUp(false);
    page.key("keydown", "ControlLeft", { ctrlKey: true });
    expect(page.fire("beforeunload")).toBe(false);
  });
});

it("[ZOOM-1] a fight ends a zoom and forbids another, a menu over it allows one", () => {
  const page = fakePage();
  const isSteering = signal(false);
  forbidZoom(() => isSteering.value);
  expect(page.viewport.content).toBe("width=device-width");
  isSteering.value = true;
  expect(page.viewport.content).toBe("width=device-width, maximum-scale=1");
  expect(page.root.dataset.zoom).toBe("off");
  isSteering.value = false;
  expect(page.viewport.content).toBe("width=device-width");
  expect(page.root.dataset.zoom).toBe("on");
});

it("[ZOOM-2] where the browser keeps a zoom in the fight, a pinch can end it, and then none starts another", () => {
  const page = fakePage();
  const isSteering = signal(false);
  forbidZoom(() => isSteering.value);
  page.zoom(2.8);
  isSteering.value = true;
  expect(page.root.dataset.zoom).toBe("on");
  page.zoom(1);
  expect(page.root.dataset.zoom).toBe("off");
});

describe("wake lock", () => {
  /** Counts the locks that are held. */
  const setUp = () => {
    const locks = { held: 0, asked: 0 };
    const request = async () => {
      locks.asked++;
      locks.held++;
      return { release: async () => void locks.held-- };
    };
    const isFight = signal(false);
    const page = fakePage({ wakeLock: { request } });
    keepScreenOn(() => isFight.value);
    return { page, locks, isFight };
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it("[WAKE-1] the screen stays on in a fight, and may sleep after it", async () => {
    const { locks, isFight } = setUp();
    expect(locks.held).toBe(0);
    isFight.value = true;
    await settle();
    expect(locks.held).toBe(1);
    isFight.value = false;
    await settle();
    expect(locks.held).toBe(0);
  });

  it("[WAKE-2] a page that is shown again asks again, because the browser has ended the lock", async () => {
    const { page, locks, isFight } = setUp();
    isFight.value = true;
    page.hide(true);
    expect(locks.asked).toBe(1);
    page.hide(false);
    expect(locks.asked).toBe(2);
    isFight.value = false;
    page.hide(true);
    page.hide(false);
    expect(locks.asked).toBe(2);
  });

  it("[WAKE-3] a lock that arrives after the fight is released", async () => {
    const { locks, isFight } = setUp();
    isFight.value = true;
    isFight.value = false;
    await settle();
    expect(locks).toEqual({ asked: 1, held: 0 });
  });

  it("[WAKE-4] a browser without wake locks, or one that refuses, causes no error", async () => {
    for (const wakeLock of [undefined, { request: () => Promise.reject(new Error("low battery")) }]) {
      fakePage({ wakeLock });
      keepScreenOn(() => true);
      await settle();
    }
  });
});
