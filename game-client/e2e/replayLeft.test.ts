/** Replays that are left, fail or end while a part of them is still on its way, and keys that a fight uses otherwise. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { holdPad, PAD, plugInPad, tapPad, waitFrames } from "./devices.ts";
import { waitForFight } from "./harness.ts";
import { hosting } from "./hosted.ts";
import { recordMatch, seesReplay } from "./recordedMatch.ts";
import { setStage } from "./stage.ts";

const DATA_DIR = temporaryFolder("replay-left");
const stage = setStage({ DATA_DIR });
let info: ReplayInfo;
beforeAll(async () => {
  info = await recordMatch(stage.url, DATA_DIR);
});

const address = (query = "") =>
  stage.url + pathTo(ROUTE.replayPage, { id: info.head.match }) + (query && `?${query}`);

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const followed = (page: Page) => page.getByRole("combobox", { name: "Follow" }).inputValue();

/** Holds back what `isHeld` says of a request's range. The returned function lets it go. */
async function holdParts(context: BrowserContext, isHeld: (range: string) => boolean): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await context.route("**/api/replays/*/file", async (route) => {
    if (isHeld(route.request().headers().range ?? "")) await promise;
    await route.continue().catch(() => {});
  });
  return resolve;
}

const arenaRole = (page: Page) => page.locator("#game").getAttribute("role");

test("[E2E-REPLAY-14] a replay that is left while a jump loads stays left when the jump has loaded", async () => {
  let letGo = () => {};
  const last = `bytes=${info.segments.at(-1)?.at}-`;
  const { page } = await stage.open({
    url: address(),
    prepare: async (context) => {
      letGo = await holdParts(context, (range) => range.startsWith(last));
    },
  });
  await seesReplay(page);
  await page.keyboard.press("k");
  expect(await arenaRole(page)).toBe("img");
  await page.keyboard.press("End");
  await page.locator(".replay-wait").waitFor();
  await press(page, "Back");
  await page.locator(".title").waitFor();
  const arrived = page.waitForEvent("requestfinished", (request) => request.url().endsWith("/file"));
  letGo();
  await arrived;
  await waitFrames(page, 12);
  expect(await arenaRole(page)).toBe("presentation");
});

test("[E2E-REPLAY-15] a replay that cannot be fetched after another one is tried again from its own moment", async () => {
  const { page } = await stage.open({ url: address("t=5") });
  await seesReplay(page);
  await page.route("**/api/replays/*", (route) => route.abort());
  await page.evaluate(
    (path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    },
    `${new URL(address()).pathname}?t=2`,
  );
  await page.getByRole("heading", { name: "The replay has stopped" }).waitFor();
  await page.unroute("**/api/replays/*");
  await page.keyboard.press("Enter");
  await seesReplay(page);
  expect(new URL(page.url()).searchParams.get("t")).toBe("2");
});

test("[E2E-REPLAY-16] keys of the fight do nothing else in a replay: Shift types, and follows nobody", async () => {
  const { page } = await stage.open({ url: address() });
  await seesReplay(page);
  const before = await followed(page);
  await page.keyboard.down("ShiftLeft");
  await waitFrames(page);
  await page.keyboard.press(">");
  await page.keyboard.up("ShiftLeft");
  await expect.poll(() => page.getByRole("combobox", { name: "Speed" }).inputValue()).toBe("2");
  await waitFrames(page);
  expect(await followed(page)).toBe(before);
});

test("[E2E-REPLAY-17] a gamepad steps frame by frame, seeks on while it is held, and leaves once", async () => {
  const { page } = await stage.open({ url: address(), prepare: plugInPad });
  await seesReplay(page);
  await tapPad(page, PAD.A);
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  const share = () =>
    page.locator(".replay-gone").evaluate((gone: HTMLElement) => Number.parseFloat(gone.style.width));
  const before = await share();
  await tapPad(page, PAD.R3);
  await expect.poll(share).toBeGreaterThan(before);
  await holdPad(page, { pressed: [PAD.RIGHT] });
  await expect.poll(share).toBe(100);
  await holdPad(page, { pressed: [PAD.LEFT] });
  await expect.poll(share).toBe(0);
  await holdPad(page, {});
  await tapPad(page, PAD.B);
  await expect.poll(() => followed(page)).toBe("");
  await tapPad(page, PAD.B);
  await page.locator(".title").waitFor();
});

test("[E2E-TOGETHER-9] a guest whose replay ends before it has loaded is in the room's arena", async () => {
  const ann = await stage.open({ url: address(), prepare: hosting({ bots: 0 }) });
  await seesReplay(ann.page);
  await press(ann.page, "More");
  await press(ann.page, "Watch together");
  await ann.page.getByRole("textbox", { name: "Your name" }).fill("Ann");
  await press(ann.page, "Host");
  await ann.page.getByText("You have the controls").waitFor();
  await ann.page.waitForURL(/\/r\/\w{5}$/);

  const bob = await stage.open({
    url: ann.page.url(),
    prepare: async (context) => {
      await holdParts(context, () => true);
    },
  });
  await bob.page.getByRole("textbox", { name: "Your name" }).fill("Bob");
  const asked = bob.page.waitForRequest("**/api/replays/*/file");
  await press(bob.page, "Join");
  await asked;
  await press(ann.page, "End the replay");
  await waitForFight(bob.page);
});
