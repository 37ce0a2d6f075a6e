/** `npm run pictures`: writes a picture of every screen in three sizes into screenshots/, for people to look at. */
import type { BrowserContextOptions } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { openPage, takePicture } from "./harness.ts";
import { FRONT, ROOM } from "./screens.ts";
import { startServer } from "./serverProcess.ts";

const PHONE: BrowserContextOptions = { hasTouch: true, isMobile: true };
const SIZES = [
  { name: "desktop", viewport: { width: 1280, height: 720 }, device: {} },
  { name: "phone", viewport: { width: 844, height: 390 }, device: PHONE },
  { name: "upright", viewport: { width: 390, height: 844 }, device: PHONE },
] as const;

const server = await startServer();
const browser = await launchChromium();
try {
  for (const { name: size, viewport, device } of SIZES) {
    const { page, errors } = await openPage(browser, server.url, viewport, device);
    for (const { name, go } of [...FRONT, ...ROOM]) {
      await go(page);
      await takePicture(page, `pictures/${size}-${name}`);
      console.log(`screenshots/pictures/${size}-${name}.png`);
    }
    for (const error of errors) console.error(`${size}: ${error}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.stop();
}
