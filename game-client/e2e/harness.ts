/** Opens pages of Fracas in a browser, leads them into a fight, and takes pictures of them. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Ignored by git. */
const SCREENSHOTS = fileURLToPath(new URL("../../screenshots", import.meta.url));

/** Small, because without a GPU the cost of a frame grows with its pixels. */
export const SMALL_VIEWPORT = { width: 640, height: 360 };

/** Ends only waits that would never end; a busy machine needs more than Playwright's 30 s. */
const WAIT_AT_MOST_MS = 90_000;

export interface PlayerPage {
  readonly page: Page;
  /** What the page logged as an error or threw, until now. */
  readonly errors: string[];
}

/** Opens `url` in a context of its own. `prepare` runs before the page loads: scripts and routes that it needs. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport = SMALL_VIEWPORT,
  device: BrowserContextOptions = {},
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<PlayerPage> {
  const context = await browser.newContext({ ...device, viewport });
  context.setDefaultTimeout(WAIT_AT_MOST_MS);
  await prepare(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(url);
  return { page, errors };
}

/** On the title: types the name, presses Play, and resolves when the player is in the fight. */
export async function play({ page }: PlayerPage, name: string): Promise<void> {
  await page.getByRole("textbox").fill(name);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await waitForFight(page);
}

/** Resolves when the player steers a drone and the HUD has replaced the card that says "joining", which takes touches. */
export const waitForFight = (page: Page, timeout = WAIT_AT_MOST_MS) =>
  page.waitForFunction(
    () => window.fracas?.ownDrone() !== undefined && document.querySelector(".hud") !== null,
    undefined,
    { timeout },
  );

/** On a phone held upright: sends the card away that asks to turn it; resolves when the sticks are there. */
export async function playUpright(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Play upright all the same" }).tap();
  await page.locator(".touch-rim").first().waitFor();
}

/** The results have one as well. */
export const leaveButton = (page: Page) => page.getByRole("button", { name: "Leave the arena" }).first();

/** Leaves the fight; resolves on the title. */
export async function leave({ page }: PlayerPage): Promise<void> {
  await leaveButton(page).click();
  await page.getByRole("textbox").waitFor();
}

/** Writes `screenshots/NAME.png`, for people to look at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}
