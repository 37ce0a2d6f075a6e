/** Every arena from the built page: it is painted in its own theme, or in the foundry's where the theme's file is missing. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import { type PlayerPage, takePicture } from "./harness.ts";
import { hosting, hostRoom } from "./hosted.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

const VIEWPORT = { width: 640, height: 360 } as const;
/** The middle of the window, where the HUD is thin. */
const MIDDLE = { x: 170, y: 100, width: 300, height: 160 } as const;
/** An unpainted arena has one colour, with drones and labels on it some hundred pixels of others. */
const PAINTED_SHARE = 0.3;

/** Hosts a room without bots on this map. */
async function enter(map: string, spoil = false): Promise<PlayerPage> {
  const player = await stage.open({
    viewport: VIEWPORT,
    async prepare(context) {
      await hosting({ map, bots: 0, players: 8 })(context);
      if (spoil) await context.route(`**/assets/${readArena(map).theme}-*.js`, (route) => route.abort());
    },
  });
  await hostRoom(player, "Ann");
  expect(await player.page.evaluate(() => window.fracas?.match().map)).toBe(map);
  return player;
}

/** Share of the window's middle that does not have its most frequent colour. */
async function variety(page: Page): Promise<number> {
  const picture = (await page.screenshot({ clip: MIDDLE })).toString("base64");
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const ctx = new OffscreenCanvas(image.width, image.height).getContext("2d");
    ctx?.drawImage(image, 0, 0);
    const { data } = ctx?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
    const counts = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return 1 - Math.max(...counts.values()) / (data.length / 4);
  }, picture);
}

const loadedThemes = (page: Page, theme: string) =>
  page.evaluate(
    (name) =>
      performance.getEntriesByType("resource").filter((entry) => entry.name.includes(`/${name}-`)).length,
    theme,
  );

test.each(["foundry", "orchard", "causeway", "anvil", "sprawl"])(
  "[ARENA-1] %s is painted in a hosted room, and nothing fails",
  async (map) => {
    const { page, errors } = await enter(map);
    await expect.poll(() => variety(page)).toBeGreaterThan(PAINTED_SHARE);
    const { theme } = readArena(map);
    // The foundry's painters come with the game.
    if (theme !== "foundry") expect(await loadedThemes(page, theme)).toBeGreaterThan(0);
    await takePicture(page, `arena-${map}`);
    expect(errors).toEqual([]);
  },
);

test("[ARENA-2] without the file of its theme an arena is painted as the foundry is, and the page says that a part is missing", async () => {
  const { page, errors } = await enter("orchard", true);
  await expect.poll(() => variety(page)).toBeGreaterThan(PAINTED_SHARE);
  await page.getByRole("alert").getByText("A part of the page is missing").waitFor();
  await takePicture(page, "arena-without-theme");
  expect(await page.evaluate(() => window.fracas?.ownDrone()?.name)).toBe("Ann");
  expect(errors.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
});
