import { openPhone, thumbsOn } from "/work/wt/input/game-client/e2e/devices.ts";
import {
  launchChromium,
  openPage,
  play,
  startServer,
  takePicture,
} from "/work/wt/input/game-client/e2e/harness.ts";

const [browser, server] = await Promise.all([launchChromium(), startServer()]);
try {
  for (const [name, vp] of [
    ["upright", { width: 360, height: 640 }],
    ["wide", { width: 640, height: 360 }],
  ] as const) {
    const p = await openPhone(browser, server.url, vp);
    await p.page.getByRole("textbox").waitFor();
    await p.page.waitForTimeout(1500);
    await takePicture(p.page, `touch-title-${name}`);
    await p.page.getByRole("textbox").fill("Thumb");
    await p.page.getByRole("button", { name: "Play", exact: true }).tap();
    await p.page.waitForFunction(() => window.fracas?.ownDrone() !== undefined);
    await p.page.waitForTimeout(1000);
    await takePicture(p.page, `touch-fight-${name}-rest`);
    const t = await thumbsOn(p.page);
    const y = vp.height - 80;
    await t.down(1, { x: 70, y });
    await t.slide(1, { x: 110, y: y - 30 });
    await t.down(2, { x: vp.width - 70, y });
    await t.slide(2, { x: vp.width - 130, y: y - 20 });
    await p.page.waitForTimeout(400);
    await takePicture(p.page, `touch-fight-${name}`);
    await t.up(1);
    await t.up(2);
    await p.page.getByRole("button", { name: "Settings" }).tap();
    await p.page.waitForTimeout(300);
    await takePicture(p.page, `settings-${name}`);
    console.log(name, p.errors);
    await p.page.context().close();
  }
  const d = await openPage(browser, server.url, { width: 1280, height: 720 });
  await d.page.getByRole("textbox").waitFor();
  await d.page.waitForTimeout(1500);
  await takePicture(d.page, "title-keys");
  await play(d, "Ann");
  await d.page.keyboard.press("Escape");
  await d.page.waitForTimeout(300);
  await takePicture(d.page, "settings-controls");
  for (const tab of ["Sound", "Display", "Language"]) {
    await d.page.getByRole("tab", { name: tab }).click();
    await d.page.waitForTimeout(200);
    await takePicture(d.page, `settings-${tab}`);
  }
  console.log(d.errors);
} finally {
  await browser.close();
  await server.stop();
}
