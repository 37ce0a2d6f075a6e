/** Inside a room: who hosts runs it, people talk, and who watches sees with somebody's eyes. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { holdPad, plugInPad } from "./devices.ts";
import { type PlayerPage, takePicture } from "./harness.ts";
import { hostRoom, joinByLink, watchByLink } from "./hosted.ts";
import { placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
const open = (url = stage.url) => stage.open({ url });

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const panel = (page: Page) => page.getByRole("dialog", { name: /^Room / });
const chat = (page: Page) => page.getByRole("dialog", { name: "Chat" });
const log = (page: Page) => page.getByRole("log", { name: "Chat" });

async function openPanel(page: Page, tab: string): Promise<void> {
  await page.keyboard.press("r");
  await panel(page).getByRole("tab", { name: tab }).click();
}

async function tools(page: Page, name: string): Promise<void> {
  await openPanel(page, "People");
  await panel(page)
    .getByRole("button", { name: `What to do with ${name}` })
    .click();
}

/** Types a line and sends it. */
async function speak(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** A host and a guest, in a room without bots, so that nobody shoots. */
async function hostAndGuest() {
  const ann = await open();
  const link = await hostRoom(ann, "Ann");
  await openPanel(ann.page, "Settings");
  await panel(ann.page).getByRole("spinbutton", { name: "Bots" }).fill("0");
  await press(ann.page, "Change");
  await panel(ann.page).getByText("Done.").waitFor();
  await ann.page.keyboard.press("Escape");
  const bob = await open(link);
  await joinByLink(bob, "Bob");
  return { ann, bob, link };
}

describe("the match", () => {
  test("[E2E-ROOM-1] waits for the host, starts, stands still while it is paused, and goes on without a jump", async () => {
    const { ann, bob } = await hostAndGuest();
    await bob.page.getByRole("heading", { name: "Waiting for Ann" }).waitFor();
    await takePicture(bob.page, "room-waiting");
    await takePicture(ann.page, "room-hosting");
    await press(ann.page, "Start the match");
    await bob.page.getByRole("heading", { name: "Waiting for Ann" }).waitFor({ state: "hidden" });
    await bob.page.getByText(/^4:5\d$/).waitFor();

    await openPanel(ann.page, "Match");
    await press(ann.page, "Pause");
    await bob.page.getByRole("heading", { name: "Paused by Ann" }).waitFor();
    const before = await placeOf(bob.page);
    const stood = await bob.page.evaluate(() => window.fracas?.corrections().count);
    await bob.page.keyboard.down("d");
    await bob.page.waitForTimeout(500);
    await bob.page.keyboard.up("d");
    expect(await placeOf(bob.page)).toEqual(before);
    await takePicture(bob.page, "room-paused");

    await press(ann.page, "Go on");
    await bob.page.getByRole("heading", { name: "Paused by Ann" }).waitFor({ state: "hidden" });
    await bob.page.keyboard.down("d");
    await expect.poll(async () => (await placeOf(bob.page))?.x ?? 0).not.toBeCloseTo(before?.x ?? 0, 0);
    await bob.page.keyboard.up("d");
    expect(await bob.page.evaluate(() => window.fracas?.corrections().count)).toBe(stood);
    expect([...ann.errors, ...bob.errors]).toEqual([]);
  }, 90_000);

  test("[E2E-ROOM-2] settings changed by the host are told to everybody, at once or for the next match", async () => {
    const { ann, bob } = await hostAndGuest();
    await press(ann.page, "Start the match");
    await bob.page.getByText(/^4:5\d$/).waitFor();
    await openPanel(ann.page, "Settings");
    await panel(ann.page).getByRole("radio", { name: "Team deathmatch" }).check({ force: true });
    await panel(ann.page).getByRole("spinbutton", { name: "Time limit" }).fill("7");
    await takePicture(ann.page, "room-settings");
    await press(ann.page, "Change");
    await log(bob.page).getByText("Ann changed: Time limit").waitFor();
    await log(bob.page)
      .getByText(/Ann changed for the next match: Mode/)
      .waitFor();
    await openPanel(bob.page, "Settings");
    await panel(bob.page).getByText("7 min").waitFor();
    await panel(bob.page).getByText("Only the host changes these.").waitFor();
    expect(await panel(bob.page).getByRole("button", { name: "Change", exact: true }).count()).toBe(0);
  }, 90_000);
});

describe("people", () => {
  test("[E2E-ROOM-3] who is kicked is asked about once, is told so, and is gone from everybody's list", async () => {
    const { ann, bob } = await hostAndGuest();
    await tools(ann.page, "Bob");
    await press(ann.page, "Kick");
    await panel(ann.page).getByText("Kick Bob? They may come back.").waitFor();
    await takePicture(ann.page, "room-kick");
    await press(ann.page, "No");
    await press(ann.page, "Kick");
    await panel(ann.page)
      .getByRole("group", { name: /^Kick Bob/ })
      .getByRole("button", { name: "Kick" })
      .click();
    await bob.page
      .getByText(/shown you out/)
      .first()
      .waitFor();
    await panel(ann.page).getByText("Bob").waitFor({ state: "hidden" });
    await log(ann.page).getByText("Bob was kicked").waitFor();
  }, 90_000);

  test("[E2E-ROOM-4] a room that is handed over has another host, who may then what the old one may not", async () => {
    const { ann, bob } = await hostAndGuest();
    await tools(ann.page, "Bob");
    await press(ann.page, "Hand over the room");
    await panel(ann.page)
      .getByRole("group", { name: /^Make Bob the host/ })
      .getByRole("button", { name: "Hand over the room" })
      .click();
    await log(bob.page).getByText("Bob is the host now").waitFor();
    await bob.page.getByRole("button", { name: "Start the match" }).waitFor();
    await panel(ann.page).getByText("co-host").waitFor();
    await press(ann.page, "What to do with Bob");
    expect(await panel(ann.page).getByRole("button", { name: "Kick" }).count()).toBe(0);
  }, 90_000);

  test("[E2E-ROOM-5] the panel is walked through with a gamepad: Y opens it, the D-pad goes on, B leaves", async () => {
    const ann = await open();
    await plugInPad(ann.page);
    await ann.page.reload();
    await hostRoom(ann, "Ann");
    const tap = async (button: number) => {
      await holdPad(ann.page, { pressed: [button] });
      await ann.page.waitForTimeout(150);
      await holdPad(ann.page, {});
      await ann.page.waitForTimeout(150);
    };
    await tap(3);
    await panel(ann.page).waitFor();
    for (let i = 0; i < 6; i++) await tap(13);
    expect(await ann.page.evaluate(() => document.activeElement?.closest("dialog")?.id)).toBe("room");
    await tap(1);
    await panel(ann.page).waitFor({ state: "hidden" });
    await tap(2);
    await chat(ann.page).waitFor();
    await tap(0);
    await chat(ann.page).waitFor({ state: "hidden" });
    await log(ann.page).getByText("Hello!").waitFor();
  }, 90_000);
});

describe("the chat", () => {
  test("[E2E-ROOM-6] shows markup as the text that it is, and keys that are typed steer nothing", async () => {
    const { ann, bob } = await hostAndGuest();
    const before = await placeOf(ann.page);
    await ann.page.keyboard.press("Enter");
    await ann.page.keyboard.type("<img src=x onerror=alert(1)> wwww aaaa <b>bold</b> https://example.com");
    await takePicture(ann.page, "room-chat");
    await ann.page.keyboard.press("Enter");
    const line = log(bob.page).getByText(
      "<img src=x onerror=alert(1)> wwww aaaa <b>bold</b> https://example.com",
    );
    await line.waitFor();
    expect(await line.locator("*").count()).toBe(0);
    expect(await bob.page.locator(".chat-fading :is(img, b, a)").count()).toBe(0);
    expect(await placeOf(ann.page)).toEqual(before);
    await ann.page.keyboard.press("m");
    await ann.page.getByRole("button", { name: "Turn sound on" }).waitFor();
    expect([...ann.errors, ...bob.errors]).toEqual([]);
  }, 90_000);

  test("[E2E-ROOM-7] who speaks too fast is told how long to wait, and may then go on", async () => {
    const { ann } = await hostAndGuest();
    const told = chat(ann.page)
      .getByText(/^Wait \d s$/)
      .waitFor();
    await press(ann.page, "Chat");
    // In the page: from out here it would be slow enough.
    await chat(ann.page)
      .getByRole("button", { name: "Hello!" })
      .evaluate((phrase: HTMLElement) => {
        for (let i = 0; i < 6; i++) phrase.click();
        const reopen = () => {
          if (document.getElementById("chat")) requestAnimationFrame(reopen);
          else document.querySelector<HTMLElement>('.hud-buttons [aria-label="Chat"]')?.click();
        };
        reopen();
      });
    await told;
    const line = chat(ann.page).getByRole("textbox", { name: "Say something" });
    await line.fill("slowly");
    await chat(ann.page).getByRole("button", { name: "Send" }).click();
    await log(ann.page).getByText("slowly").waitFor();
    expect(await ann.page.locator(".chat-fading").getByText("Hello!").count()).toBeLessThanOrEqual(4);
  }, 90_000);

  test("[E2E-ROOM-8] who is muted for oneself is not heard by oneself, and by the others is", async () => {
    const { ann, bob, link } = await hostAndGuest();
    const cat = await open(link);
    await joinByLink(cat, "Cat");
    await tools(ann.page, "Bob");
    await press(ann.page, "Mute for me");
    await ann.page.keyboard.press("Escape");
    await speak(bob.page, "can you hear me");
    await log(cat.page).getByText("can you hear me").waitFor();
    await speak(cat.page, "I can");
    await log(ann.page).getByText("I can").waitFor();
    expect(await ann.page.getByText("can you hear me").count()).toBe(0);
  }, 90_000);

  test.each([
    { width: 360, height: 640 },
    { width: 640, height: 360 },
  ])(
    "[E2E-ROOM-9] on a phone of $width × $height it opens above the sticks, and says a phrase with a tap",
    async (size) => {
      const ann = await open();
      const link = await hostRoom(ann, "Ann");
      const phone = await stage.openPhone(size, link);
      await joinByLink(phone, "Thumb");
      await phone.page.getByRole("button", { name: "Chat", exact: true }).tap();
      await chat(phone.page).waitFor();
      await takePicture(phone.page, `room-chat-${size.width}`);
      const box = await chat(phone.page).boundingBox();
      const sticks = await phone.page.locator(".touch-rim").all();
      const tops = await Promise.all(sticks.map(async (stick) => (await stick.boundingBox())?.y ?? 0));
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(Math.min(...tops));
      await phone.page.getByRole("button", { name: "Hello!" }).tap();
      await log(ann.page).getByText("Hello!").waitFor();
    },
    90_000,
  );
});

describe("who watches", () => {
  test("[E2E-ROOM-10] sees with a player's eyes, goes on to the next, and takes a free seat", async () => {
    const { ann, bob, link } = await hostAndGuest();
    const cat = await open(link);
    await watchByLink(cat, "Cat");
    const look = () => cat.page.evaluate(() => window.fracas?.look());
    const isAt = async (player: PlayerPage) => {
      const [eye, place] = [await look(), await placeOf(player.page)];
      return Math.hypot((eye?.x ?? 0) - (place?.x ?? 0), (eye?.y ?? 0) - (place?.y ?? 0)) < 40;
    };
    await cat.page.getByText("Watching Ann").waitFor();
    await expect.poll(() => isAt(ann)).toBe(true);
    expect(await cat.page.locator(".health").count()).toBe(0);
    await takePicture(cat.page, "room-watching");
    await cat.page.keyboard.press("Space");
    await cat.page.getByText("Watching Bob").waitFor();
    await expect.poll(() => isAt(bob)).toBe(true);
    await bob.page.keyboard.down("a");
    await bob.page.waitForTimeout(600);
    await bob.page.keyboard.up("a");
    await expect.poll(() => isAt(bob)).toBe(true);

    await press(cat.page, "Play");
    await cat.page.waitForFunction(() => window.fracas?.ownDrone() !== undefined);
    await expect.poll(() => cat.page.evaluate(() => window.fracas?.isInStep())).toBe(true);
    await openPanel(cat.page, "People");
    await press(cat.page, "Watch");
    await cat.page.waitForFunction(() => window.fracas && window.fracas.ownDrone() === undefined);
    await panel(cat.page).getByRole("heading", { name: "Spectators 1" }).waitFor();
    expect([...ann.errors, ...bob.errors, ...cat.errors]).toEqual([]);
  }, 120_000);

  test("[E2E-ROOM-11] where everything is shown late, is told so, and flies wherever it likes", async () => {
    const ann = await open();
    const link = await hostRoom(ann, "Ann");
    await openPanel(ann.page, "Settings");
    await panel(ann.page).getByRole("radio", { name: "See everything, 10 s late" }).check({ force: true });
    await press(ann.page, "Change");
    await panel(ann.page).getByText("Done.").waitFor();
    const cat = await open(link);
    await watchByLink(cat, "Cat");
    await cat.page.getByText("10 s behind").waitFor();
    const look = async () => (await cat.page.evaluate(() => window.fracas?.look().x)) ?? 0;
    await press(cat.page, "Next player");
    await cat.page.getByText(/^Watching/).waitFor();
    await press(cat.page, "Free camera");
    const from = await look();
    const key = from > 1200 ? "a" : "d";
    await cat.page.keyboard.down(key);
    await expect.poll(async () => Math.abs((await look()) - from)).toBeGreaterThan(200);
    await cat.page.keyboard.up(key);
    const there = await look();
    await cat.page.mouse.move(300, 150);
    await cat.page.mouse.down();
    await cat.page.mouse.move(340, 150, { steps: 4 });
    await cat.page.mouse.up();
    expect(Math.abs((await look()) - there)).toBeGreaterThan(40);
    await takePicture(cat.page, "room-watching-late");
    expect(cat.errors).toEqual([]);
  }, 120_000);
});
