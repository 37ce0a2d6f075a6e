import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { play, waitForFight } from "./harness.ts";
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
});
