/** Leads pages into a hosted room: as its host, by its link, and as a spectator. */
import type { BrowserContext } from "playwright-core";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { type PlayerPage, waitForFight } from "./harness.ts";

/**
 * Prepares a page whose host form holds these settings, as after an earlier room. Bots shoot while a room waits for its
 * host, too: whoever must stay alive hosts without them.
 */
export const hosting =
  (settings: Partial<RoomSettings>) =>
  (context: BrowserContext): Promise<unknown> =>
    context.addInitScript((text) => localStorage.setItem("fracas.hosting", text), JSON.stringify(settings));

/** Hosts a room from the title; resolves to its link once the host is inside. */
export async function hostRoom({ page }: PlayerPage, name: string): Promise<string> {
  await page.getByRole("button", { name: "Host a room" }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Host", exact: true }).click();
  await waitForFight(page);
  await page.waitForURL(/\/r\/\w{5}$/);
  await page.getByRole("button", { name: "Room", exact: true }).waitFor();
  return page.url();
}

/** On a page that shows the room's link. */
export async function joinByLink({ page }: PlayerPage, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await waitForFight(page);
}

/** On a page that shows the room's link; resolves when the spectator sees drones. */
export async function watchByLink({ page }: PlayerPage, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Watch", exact: true }).click();
  await page.waitForFunction(
    () => window.fracas && window.fracas.drones().length > 0 && document.querySelector(".hud"),
  );
}
