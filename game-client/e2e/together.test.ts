/** A replay that a hosted room watches together: opened, controlled and ended by its host, in step on every page. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { waitFrames } from "./devices.ts";
import { type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { hosting } from "./hosted.ts";
import { expectMove } from "./pilot.ts";
import { recordMatch, seesReplay } from "./recordedMatch.ts";
import { PHONE, setStage } from "./stage.ts";

const DATA_DIR = temporaryFolder("together");
const stage = setStage({ DATA_DIR });
let info: ReplayInfo;
/** The host's page and a guest's, which each test takes over from the one before. */
let ann: PlayerPage;
let bob: PlayerPage;
let link: string;

beforeAll(async () => {
  info = await recordMatch(stage.url, DATA_DIR);
});

const replayLink = () => stage.url + pathTo(ROUTE.replayPage, { id: info.head.match });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const bar = (page: Page) => page.locator(".replay-bar");
const slider = (page: Page) => page.getByRole("slider", { name: "Timeline" });
const secondsAt = async (page: Page) => Number(await slider(page).getAttribute("aria-valuenow"));
const both = () => [ann.page, bob.page] as const;

/** Drones as they are drawn, to a tenth of a pixel. */
const posesIn = (page: Page) =>
  page.evaluate(() =>
    (window.fracas?.drones() ?? []).map(({ id, x, y }) => `${id} ${x.toFixed(1)} ${y.toFixed(1)}`).sort(),
  );

/** Waits until both pages stand still at the same moment; resolves to what they show there. */
async function sameMoment(...pages: readonly Page[]): Promise<readonly string[]> {
  let shown: readonly string[] = [];
  await expect
    .poll(async () => {
      const before = await Promise.all(pages.map(posesIn));
      for (const page of pages) await waitFrames(page, 3);
      const after = await Promise.all(pages.map(posesIn));
      shown = after[0] ?? [];
      return new Set([...before, ...after].map(String));
    })
    .toSatisfy((pictures: ReadonlySet<string>) => pictures.size === 1 && !pictures.has(""));
  return shown;
}

test("[E2E-TOGETHER-1] the replay's page hosts a room that opens with it, and whoever joins sees the same moment", async () => {
  ann = await stage.openForAll({
    url: `${replayLink()}?t=3`,
    viewport: { width: 1280, height: 720 },
    prepare: hosting({ bots: 0 }),
  });
  await seesReplay(ann.page);
  await press(ann.page, "More");
  await press(ann.page, "Watch together");
  await ann.page.getByText("The room opens with the replay").waitFor();
  await ann.page.getByRole("textbox", { name: "Your name" }).fill("Ann");
  await press(ann.page, "Host");
  await ann.page.waitForURL(/\/r\/\w{5}$/);
  await ann.page.getByText("You have the controls").waitFor();
  await seesReplay(ann.page);
  link = ann.page.url();

  bob = await stage.openForAll({ url: link, viewport: { width: 1280, height: 720 } });
  await bob.page.getByRole("textbox", { name: "Your name" }).fill("Bob");
  await press(bob.page, "Join");
  await bob.page.getByText("Ann has the controls").waitFor();
  await seesReplay(bob.page);
  // Not before the host: the replay began at its third second.
  expect(await secondsAt(bob.page)).toBeGreaterThanOrEqual(3);
  await takePicture(ann.page, "together-host");
  await takePicture(bob.page, "together-guest");

  // It stands still until the host plays it.
  await sameMoment(...both());
  expect([...ann.errors, ...bob.errors]).toEqual([]);
});

test("[E2E-TOGETHER-2] the guest follows the host to any moment, and both stand still and go on together", async () => {
  const before = await sameMoment(...both());
  await ann.page.keyboard.press("Home");
  await expect.poll(() => posesIn(bob.page)).not.toEqual(before);
  const first = await sameMoment(...both());
  expect(first).not.toEqual(before);
  expect(await secondsAt(bob.page)).toBe(0);

  await ann.page.keyboard.press("ArrowRight");
  await expect.poll(() => secondsAt(bob.page)).toBe(5);
  const fighting = await sameMoment(...both());
  expect(fighting).not.toEqual(first);
  await ann.page.keyboard.press(".");
  await expect.poll(() => posesIn(bob.page)).not.toEqual(fighting);
  await sameMoment(...both());

  // The match is short, and must not end meanwhile.
  await ann.page.keyboard.press("Home");
  await expect.poll(() => secondsAt(bob.page)).toBe(0);
  for (let i = 0; i < 2; i++) await ann.page.keyboard.press("<");
  await ann.page.keyboard.press("k");
  await expect.poll(() => secondsAt(bob.page)).toBeGreaterThan(1);
  // A second is the slider's step: pages that are in step differ by one at most.
  await expect
    .poll(async () => {
      const [a = 0, b = 0] = await Promise.all(both().map(secondsAt));
      return a > 1 && Math.abs(a - b) <= 1;
    })
    .toBe(true);
  await ann.page.keyboard.press("k");
  await sameMoment(...both());
});

test("[E2E-TOGETHER-3] the guest has no controls and is told who has; whom to follow is everybody's own", async () => {
  const before = await sameMoment(...both());
  const { page } = bob;
  for (const name of ["Play", "One frame forward", "One frame back"])
    expect(await bar(page).getByRole("button", { name, exact: true }).isDisabled(), name).toBe(true);
  expect(await page.getByRole("combobox", { name: "Speed" }).isDisabled()).toBe(true);
  expect(await slider(page).getAttribute("aria-disabled")).toBe("true");
  await page.keyboard.press("End");
  await page.locator(".replay-notice", { hasText: "Ann has the controls" }).waitFor();
  // Playwright waits for a control that is not disabled, unless it is forced.
  await slider(page).click({ position: { x: 20, y: 10 }, force: true });
  await waitFrames(page, 12);
  expect(await sameMoment(...both())).toEqual(before);

  const seats = info.people.map(({ seat }) => seat);
  await page.getByRole("combobox", { name: "Follow" }).selectOption(seats[0] ?? "");
  await ann.page.getByRole("combobox", { name: "Follow" }).selectOption(seats[1] ?? "");
  expect(await page.getByRole("combobox", { name: "Follow" }).inputValue()).toBe(seats[0]);
});

test("[E2E-TOGETHER-4] chat and panel work over the replay, and axe finds nothing serious", async () => {
  await bob.page.getByRole("combobox", { name: "Follow" }).blur();
  await bob.page.keyboard.press("Enter");
  await bob.page.keyboard.type("look at that");
  await bob.page.keyboard.press("Enter");
  await ann.page.getByRole("log", { name: "Chat" }).getByText("look at that").waitFor();
  await bob.page.keyboard.press("Escape");
  await takePicture(ann.page, "together-chat");
  for (const page of both()) expect(await findings(page)).toEqual([]);
  await press(ann.page, "Room");
  await ann.page.getByRole("dialog").getByText("Bob").first().waitFor();
  await takePicture(ann.page, "together-panel");
  await ann.page.keyboard.press("Escape");
});

test("[E2E-TOGETHER-5] a phone that comes late is at the same moment", async () => {
  const viewport = { width: 844, height: 390 };
  const { page, errors } = await stage.open({ url: link, viewport, device: PHONE });
  await page.getByRole("textbox", { name: "Your name" }).fill("Cat");
  await page.getByRole("button", { name: "Join", exact: true }).tap();
  await seesReplay(page);
  await page.getByText("Ann has the controls").waitFor();
  expect(await sameMoment(page, ann.page)).not.toEqual([]);
  await takePicture(page, "together-phone");
  expect(errors).toEqual([]);
});

test("[E2E-TOGETHER-6] when the host ends it, all are back in the room's arena and play", async () => {
  await ann.page.getByRole("combobox", { name: "Follow" }).blur();
  await press(ann.page, "End the replay");
  for (const page of both()) {
    await waitForFight(page);
    await bar(page).waitFor({ state: "hidden" });
  }
  await bob.page.getByRole("heading", { name: "Waiting for Ann" }).waitFor();
  await bob.page.getByRole("log", { name: "Chat" }).getByText("Ann ended the replay").waitFor();
  await expectMove(bob.page, 1, 0, () => bob.page.keyboard.down("d"));
  await bob.page.keyboard.up("d");
  expect([...ann.errors, ...bob.errors]).toEqual([]);
});

test("[E2E-TOGETHER-7] the host's panel opens a replay by its link, and says so if there is none", async () => {
  const panel = ann.page.getByRole("dialog", { name: /^Room / });
  const open = async (text: string) => {
    await panel.getByRole("textbox", { name: "Watch a replay together" }).fill(text);
    await panel.getByRole("button", { name: "Show to all" }).click();
  };
  await press(ann.page, "Room");
  await panel.getByRole("tab", { name: "Match" }).click();
  await takePicture(ann.page, "together-tools");
  const noReplay = panel.getByText("There is no replay at this link.");
  await open("https://example.org/elsewhere");
  await noReplay.waitFor();
  await open(`${stage.url}/replay/0193a000-0000-7000-8000-000000000001`);
  await noReplay.waitFor();
  await open(`${replayLink()}?t=2`);
  for (const page of both()) await seesReplay(page);
  await panel.waitFor({ state: "hidden" });
  await bob.page.getByRole("log", { name: "Chat" }).getByText("Ann shows a replay").waitFor();
  await sameMoment(...both());
});

test("[E2E-TOGETHER-8] a page that reloads is back at the room's moment, and the host who leaves hands the controls over", async () => {
  await bob.page.reload();
  await seesReplay(bob.page);
  await sameMoment(...both());
  await press(ann.page, "Leave the arena");
  await ann.page.getByRole("button", { name: "Host a room" }).waitFor();
  await bob.page.getByText("You have the controls").waitFor();
  await bob.page.keyboard.press("Home");
  await expect.poll(() => secondsAt(bob.page)).toBe(0);
});
