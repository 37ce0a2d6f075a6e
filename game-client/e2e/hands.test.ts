/** A phone's screens: the card that asks to turn it, targets for thumbs, and the settings of hands. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./axe.ts";
import { type PlayerPage, play, playUpright, takePicture, waitForFight } from "./harness.ts";
import { PHONE, setStage } from "./stage.ts";

const stage = setStage();
const UPRIGHT = { width: 390, height: 844 };
const ACROSS = { width: 844, height: 390 };

const openPhone = (viewport = UPRIGHT): Promise<PlayerPage> => stage.open({ viewport, device: PHONE });

/** The least side of each interactive element in sight that is below 44 px, with its name. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const LEAST_PX = 44;
    const all = "button, a[href], select, input, summary, [role=tab], label:has(input)";
    const isShown = (element: Element) => element.checkVisibility({ opacityProperty: true });
    /** A control in a label is as large as the label; a link in a text is as high as its line (WCAG 2.5.8). */
    const isPartOf = (element: Element) =>
      (element.matches("input") && element.closest("label") !== null) ||
      (element.matches("a") && getComputedStyle(element).display === "inline") ||
      element.getAttribute("aria-hidden") === "true";
    return [...document.querySelectorAll(all)]
      .filter((element) => isShown(element) && !isPartOf(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => Math.min(box.width, box.height) < LEAST_PX - 0.5)
      .map(({ element, box }) => {
        const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
        const { tagName, className } = element;
        return `${tagName}.${className} "${name.slice(0, 30)}" ${Math.round(box.width)}×${Math.round(box.height)}`;
      });
  });

const turnCard = (page: Page) => page.getByRole("region", { name: "Turn your phone" });

test("[HANDS-20] an upright phone in an arena is asked to turn; the card goes by turning, and for good by a press", async () => {
  const phone = await openPhone();
  const { page } = phone;
  await page.getByRole("textbox").fill("Thumb");
  await page.getByRole("button", { name: "Play", exact: true }).tap();
  await waitForFight(page);
  await turnCard(page).waitFor();
  await takePicture(page, "turn-card");
  expect(await smallTargets(page)).toEqual([]);
  expect(await findings(page)).toEqual([]);

  await page.setViewportSize(ACROSS);
  await turnCard(page).waitFor({ state: "hidden" });
  await page.locator(".touch-button-dash").waitFor();
  await page.setViewportSize(UPRIGHT);
  await turnCard(page).waitFor();
  await playUpright(page);
  expect(await turnCard(page).count()).toBe(0);
  await page.setViewportSize(ACROSS);
  await page.setViewportSize(UPRIGHT);
  await page.locator(".touch-button-dash").waitFor();
  expect(await turnCard(page).count()).toBe(0);
  await takePicture(page, "upright-fight");
  expect(phone.errors).toEqual([]);
});

test("[HANDS-21] a mouse in an upright window is not asked to turn anything", async () => {
  const player = await stage.open({ viewport: UPRIGHT });
  await play(player, "Mouse");
  expect(await turnCard(player.page).count()).toBe(0);
});

test.each([
  ["upright", UPRIGHT],
  ["across", ACROSS],
])(
  "[HANDS-22] on a phone held %s, every target of every screen is at least 44 px wide and high",
  async (how, viewport) => {
    const { page } = await openPhone(viewport);
    const small: Record<string, string[]> = {};
    const note = async (name: string) => {
      small[name] = await smallTargets(page);
      await takePicture(page, `hands-${name}-${how}`);
    };
    await note("title");
    await noteSettings(page, note);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(new URL(path, stage.url).href);
      await page.locator("main button").first().waitFor();
      await note(name);
    }
    await page.goto(stage.url);
    for (const name of ["Host a room", "Browse rooms"]) {
      await page.getByRole("button", { name }).first().tap();
      await page.locator(".pane, .screen form").first().waitFor();
      await note(name.toLowerCase().replaceAll(" ", "-"));
      await page.goto(stage.url);
      await page.getByRole("textbox").waitFor();
    }
    await page.getByRole("textbox").fill("Thumb");
    await page.getByRole("button", { name: "Play", exact: true }).tap();
    await waitForFight(page);
    if (how === "upright") await playUpright(page);
    await page.locator(".touch-button-dash").waitFor();
    await note("fight");
    await page.getByRole("button", { name: "Room", exact: true }).tap();
    await page.getByRole("dialog").waitFor();
    await note("room");
    expect(small).toEqual(Object.fromEntries(Object.keys(small).map((name) => [name, []])));
  },
);

const PAGES = { leaderboard: "/leaderboard" } as const;

async function noteSettings(page: Page, note: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).first().tap();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.waitFor();
  for (const tab of await dialog.getByRole("tab").all()) {
    await tab.tap();
    await note(`settings-${(await tab.textContent())?.toLowerCase()}`);
  }
  await dialog.getByRole("button", { name: "Close" }).tap();
}

test("[HANDS-23] a phone's settings open on Play; what is chosen there is kept over a reload and mirrors the sticks", async () => {
  const phone = await openPhone(ACROSS);
  const { page } = phone;
  const dialog = page.getByRole("dialog", { name: "Settings" });
  const open = () => page.getByRole("button", { name: "Settings" }).first().tap();
  await open();
  expect(await dialog.getByRole("tab", { selected: true }).textContent()).toBe("Play");
  await dialog.getByRole("switch", { name: "Left-handed" }).tap();
  await dialog.getByRole("radio", { name: "Fixed" }).check({ force: true });
  await dialog.getByRole("radio", { name: "Never" }).check({ force: true });
  await dialog.getByRole("slider", { name: "Aim assist" }).fill("0.2");
  await page.reload();
  await open();
  expect(await dialog.getByRole("switch", { name: "Left-handed" }).isChecked()).toBe(true);
  expect(await dialog.getByRole("radio", { name: "Fixed" }).isChecked()).toBe(true);
  expect(await dialog.getByRole("radio", { name: "Never" }).isChecked()).toBe(true);
  expect(await dialog.getByRole("slider", { name: "Aim assist" }).inputValue()).toBe("0.2");
  await dialog.getByRole("button", { name: "Close" }).tap();

  await play(phone, "Lefty");
  const centreOf = async (part: string) => {
    const box = await page.locator(part).boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0) / 2;
  };
  const middle = ACROSS.width / 2;
  for (const part of [".touch-stick-aim", ".touch-button-dash", ".touch-button-altFire"])
    expect(await centreOf(part)).toBeLessThan(middle);
  expect(await centreOf(".touch-stick-move")).toBeGreaterThan(middle);
  await takePicture(page, "left-handed");
  expect(phone.errors).toEqual([]);
});

const touchAction = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluate((element) => getComputedStyle(element).touchAction);

test("[HANDS-24] axe finds nothing at all on a phone's title, in its settings and in the fight, and no double tap zooms", async () => {
  const phone = await openPhone(ACROSS);
  const { page } = phone;
  expect(await touchAction(page, ":root")).toBe("manipulation");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Settings" }).first().tap();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.waitFor();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).tap();
  await play(phone, "Axe");
  await page.getByRole("img", { name: "The arena" }).waitFor();
  expect(await touchAction(page, ":root")).toBe("pan-x pan-y");
  expect(await touchAction(page, "#game")).toBe("none");
  expect(await findings(page)).toEqual([]);
});
