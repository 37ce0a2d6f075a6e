/**
 * `npm run pictures`: writes a picture of every screen in three sizes into screenshots/pictures, for people to look at.
 * `-- --only phone`: in one size; `--part room`: of rooms, or `front`; `--language de`; `--scale 1.5`: with larger text; `--quick`: draws the arena coarsely.
 */
import { parseArgs } from "node:util";
import { launchChromium } from "./chromium.ts";
import { drawCoarsely } from "./drawCoarsely.ts";
import { startFurnished } from "./furnished.ts";
import { openPage, takePicture } from "./harness.ts";
import { FRONT, prepareTour, ROOM, SIZES, type Stop, walk } from "./screens.ts";
import { speak } from "./texts.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    language: { type: "string", default: "en" },
    scale: { type: "string", default: "1" },
    part: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const sizes = Object.values(SIZES).filter(({ name }) => values.only === undefined || values.only === name);
/** Sharp pictures; few frames, because nobody watches them. */
const UNHURRIED = { ratio: values.quick ? 0.3 : 1, frameMs: values.quick ? 400 : 200 };

const parts: Readonly<Record<string, readonly Stop[]>> = { front: FRONT, room: ROOM };
const stops = parts[values.part ?? ""] ?? [...FRONT, ...ROOM];
const world = await startFurnished();
const browser = await launchChromium();
try {
  for (const size of sizes) {
    const { page, errors } = await openPage(
      browser,
      world.server.url,
      size.viewport,
      size.device,
      async (context) => {
        await context.addInitScript(drawCoarsely, UNHURRIED);
        await prepareTour(world)(context);
      },
    );
    const suffix = [values.language, values.scale].filter((value) => value !== "en" && value !== "1");
    await walk({ page, size, world }, stops, async ({ name }) => {
      await speak(page, values.language);
      await page.evaluate((scale) => {
        for (const name of ["--hud-scale", "--text-scale"])
          document.documentElement.style.setProperty(name, scale);
      }, values.scale);
      const file = ["pictures/", size.name, "-", name, ...suffix.map((part) => `-${part}`)].join("");
      await takePicture(page, file);
      await speak(page, "en");
      console.log(`screenshots/${file}.png`);
    });
    for (const error of errors) console.error(`${size.name}: ${error}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await world.stop();
}
