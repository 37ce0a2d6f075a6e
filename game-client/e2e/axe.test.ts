import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { play, waitForFight } from "./harness.ts";
import { hostRoom, joinByLink, watchByLink } from "./hosted.ts";
import { setStage } from "./stage.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What of axe is used here; the source is put into the page as it is. */
interface Axe {
  run(): Promise<{
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  }>;
}

const stage = setStage();

/** Serious and critical findings, as lines to read. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

describe("axe finds nothing serious", () => {
  test("[AXE-1] on the title, and in each tab of the settings", async () => {
    const { page } = await stage.open();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Settings" }).click();
    for (const tab of ["Controls", "Sound", "Display", "Language"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.waitForTimeout(200);
      expect(await findings(page), tab).toEqual([]);
    }
  });

  test("[AXE-2] in the fight, and with the settings over it", async () => {
    const player = await stage.open();
    await play(player, "Ann");
    await player.page.getByRole("table", { name: "Scores" }).waitFor();
    expect(await findings(player.page)).toEqual([]);
    await player.page.keyboard.press("Escape");
    await player.page.waitForTimeout(200);
    expect(await findings(player.page)).toEqual([]);
  });

  test("[AXE-3] in the fight on a phone", async () => {
    const phone = await stage.openPhone({ width: 360, height: 640 });
    await phone.page.getByRole("textbox").fill("Thumb");
    await phone.page.getByRole("button", { name: "Play", exact: true }).tap();
    await waitForFight(phone.page);
    expect(await findings(phone.page)).toEqual([]);
  });

  test("[AXE-4] when the server is away, and when it cannot be reached", async () => {
    const other = await stage.start();
    const [away, late] = [await stage.open({ url: other.url }), await stage.open({ url: other.url })];
    await play(away, "Ann");
    await other.stop();
    await away.page.getByText("The server is away").first().waitFor();
    expect(await findings(away.page)).toEqual([]);
    await late.page.getByRole("textbox").fill("Bob");
    await late.page.getByRole("button", { name: "Play", exact: true }).click();
    await late.page.getByRole("button", { name: "Try again" }).waitFor();
    expect(await findings(late.page)).toEqual([]);
  }, 60_000);

  test("[AXE-5] when the server is newer than the page", async () => {
    const { page } = await stage.open();
    await page.route("**/matchmake/**", (route) => {
      const asked = route.request().postDataJSON() as object;
      return route.continue({ postData: JSON.stringify({ ...asked, protocol: 0 }) });
    });
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByRole("button", { name: "Reload" }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test("[AXE-6] on the screens that lead into rooms: hosting unfolded, the list, a code, doors open and shut", async () => {
    const { page } = await stage.open();
    await page.getByRole("button", { name: "Host a room" }).click();
    for (const part of ["Match", "Players", "Room"]) await page.getByText(part, { exact: true }).click();
    await page.getByRole("spinbutton", { name: "Bots" }).fill("99");
    expect(await findings(page), "host").toEqual([]);
    await page.getByRole("spinbutton", { name: "Bots" }).fill("2");
    await page.getByRole("textbox", { name: "Password" }).fill("sesame");
    await page.getByRole("switch", { name: "Show in the list of rooms" }).check();
    await page.getByRole("button", { name: "Host", exact: true }).click();
    await waitForFight(page);

    await expect.poll(() => page.url()).toContain("/r/");
    const guest = await stage.open({ url: page.url() });
    await guest.page.getByRole("button", { name: "Join", exact: true }).waitFor();
    expect(await findings(guest.page), "door").toEqual([]);
    await guest.page.getByRole("button", { name: "Join", exact: true }).click();
    await guest.page.getByText("That is not the password").first().waitFor();
    expect(await findings(guest.page), "door, refused").toEqual([]);
    await guest.page.getByRole("button", { name: "Back to the title" }).click();
    await guest.page.getByRole("button", { name: "Browse rooms" }).click();
    await guest.page.getByRole("listitem").first().waitFor();
    expect(await findings(guest.page), "list").toEqual([]);
    await guest.page.getByRole("button", { name: "Back to the title" }).click();
    await guest.page.getByRole("button", { name: "Join by code" }).click();
    await guest.page.getByRole("button", { name: "Find the room" }).click();
    expect(await findings(guest.page), "code").toEqual([]);
    await guest.page.goto(`${stage.url}/r/ZZZZZ`);
    await guest.page.getByRole("button", { name: "Another code" }).waitFor();
    expect(await findings(guest.page), "no room").toEqual([]);
  }, 120_000);

  test("[AXE-7] in a hosted room: its banners, its panel, its chat, and for who watches", async () => {
    const ann = await stage.open();
    const link = await hostRoom(ann, "Ann");
    const { page } = ann;
    expect(await findings(page), "held").toEqual([]);
    await page.keyboard.press("r");
    for (const tab of ["People", "Match", "Settings"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.waitForTimeout(200);
      expect(await findings(page), tab).toEqual([]);
    }
    await page.keyboard.press("Escape");
    const bob = await stage.open({ url: link });
    await joinByLink(bob, "Bob");
    await bob.page.keyboard.press("Enter");
    await bob.page.keyboard.type("hello");
    expect(await findings(bob.page), "chat").toEqual([]);
    const cat = await stage.open({ url: link });
    await watchByLink(cat, "Cat");
    expect(await findings(cat.page), "watching").toEqual([]);
  }, 120_000);
});
