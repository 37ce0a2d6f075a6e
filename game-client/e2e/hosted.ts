/** Leads pages into a hosted room: as its host, by its link, and as a spectator. */
import { type PlayerPage, waitForFight } from "./harness.ts";

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
