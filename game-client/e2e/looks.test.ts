/** Tests that what a player wears and shows is drawn on the pages of others. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { leave, play, takePicture } from "./harness.ts";
import { hosting, hostRoom, watchByLink } from "./hosted.ts";
import { identityOf } from "./identity.ts";
import { leaveResult } from "./leftResult.ts";
import { setStage } from "./stage.ts";

const SETTINGS = { DATA_DIR: temporaryFolder("looks") };
const stage = setStage();

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** Returns what the page draws of the drone with this name. */
const drawn = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const { fracas } = window;
    const id = fracas?.drones().find((drone) => drone.name === wanted)?.id;
    return id === undefined ? undefined : fracas?.drawn(id);
  }, name);

test("[E2E-WEAR-1] another page draws the pattern that a player wears and the emote that they show, unless it hides the looks of others", async () => {
  let server = await stage.start({ settings: SETTINGS });
  const ann = await stage.open({
    url: server.url,
    viewport: { width: 1280, height: 720 },
    prepare: hosting({ bots: 0 }),
  });
  await play(ann, "Ann");
  const identity = await identityOf(ann.page);
  await leave(ann);
  for (const match of [1, 2, 3]) {
    leaveResult(SETTINGS.DATA_DIR, match, [
      { name: "Ann", identity },
      { name: "Ford", identity: "ford" },
    ]);
  }
  await server.stop();
  server = await stage.start({ like: server, settings: SETTINGS });
  await ann.page.goto(`${server.url}/career`);
  await press(ann.page, "Stripe");
  await ann.page.getByRole("button", { name: "Stripe", exact: true, pressed: true }).waitFor();
  await ann.page.goto(server.url);
  const link = await hostRoom(ann, "Ann");
  expect((await drawn(ann.page, "Ann"))?.pattern).toBe("stripe");

  const eve = await stage.open({ url: link });
  await watchByLink(eve, "Eve");
  await expect.poll(() => drawn(eve.page, "Ann")).toMatchObject({ pattern: "stripe", emote: "" });
  await ann.page.keyboard.press("KeyC");
  const choice = ann.page.getByRole("region", { name: "Emotes" });
  await choice.waitFor();
  expect(await findings(ann.page), "the choice of emotes").toEqual([]);
  await takePicture(ann.page, "emote-choice");
  await ann.page.keyboard.press("Digit3");
  await choice.waitFor({ state: "hidden" });
  await expect.poll(async () => (await drawn(eve.page, "Ann"))?.emote).toBe("emote-thanks");

  await press(eve.page, "Settings");
  const dialog = eve.page.getByRole("dialog", { name: "Settings" });
  await dialog.getByRole("tab", { name: "Display" }).click();
  await dialog.getByRole("switch", { name: "Looks and emotes of others" }).click();
  await expect.poll(async () => (await drawn(eve.page, "Ann"))?.pattern).toBe("plain");
  expect([...ann.errors, ...eve.errors].filter((text) => !/ERR_CONNECTION|WebSocket/.test(text))).toEqual([]);
});
