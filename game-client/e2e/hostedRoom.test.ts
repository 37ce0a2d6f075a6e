/** An evening in a hosted room: its host runs it, people talk, watch, come back, and are turned out. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { holdPad, plugInPad } from "./devices.ts";
import { type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { hostRoom, joinByLink, watchByLink } from "./hosted.ts";
import { placeOf } from "./pilot.ts";
import { setStage } from "./stage.ts";

const stage = setStage();

/** Their pages stay open from test to test, as they do on such an evening: each goes on where the one before ended. */
let ann: PlayerPage;
let bob: PlayerPage;
let link: string;

beforeAll(async () => {
  ann = await stage.openForAll();
  link = await hostRoom(ann, "Ann");
  // Without bots nobody shoots.
  await openPanel(ann.page, "Settings");
  await panel(ann.page).getByRole("spinbutton", { name: "Bots" }).fill("0");
  await press(ann.page, "Change");
  await panel(ann.page).getByText("Done.").waitFor();
  await closePanel(ann.page);
  bob = await stage.openForAll({ url: link });
  await joinByLink(bob, "Bob");
});

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const panel = (page: Page) => page.getByRole("dialog", { name: /^Room / });
const chat = (page: Page) => page.getByRole("dialog", { name: "Chat" });
const log = (page: Page) => page.getByRole("log", { name: "Chat" });

async function openPanel(page: Page, tab: string): Promise<void> {
  await page.getByRole("button", { name: "Room", exact: true }).waitFor();
  await page.keyboard.press("r");
  await panel(page).getByRole("tab", { name: tab }).click();
}

async function closePanel(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
}

async function tools(page: Page, name: string): Promise<void> {
  await openPanel(page, "People");
  await panel(page)
    .getByRole("button", { name: `What to do with ${name}`, exact: true })
    .click();
}

/** Types a line and sends it. */
async function speak(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

test("[E2E-ROOM-1] the match waits for its host, starts, stands still while it is paused, and goes on without a jump", async () => {
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
  await panel(ann.page).waitFor({ state: "hidden" });
  await bob.page.getByRole("heading", { name: "Paused by Ann" }).waitFor({ state: "hidden" });
  await bob.page.keyboard.down("d");
  await expect.poll(async () => (await placeOf(bob.page))?.x ?? 0).not.toBeCloseTo(before?.x ?? 0, 0);
  await bob.page.keyboard.up("d");
  expect(await bob.page.evaluate(() => window.fracas?.corrections().count)).toBe(stood);
}, 90_000);

test("[E2E-ROOM-2] settings that the host changes are told to everybody, at once or for the next match", async () => {
  await openPanel(ann.page, "Settings");
  await panel(ann.page).getByRole("radio", { name: "Team deathmatch" }).check({ force: true });
  await panel(ann.page).getByRole("spinbutton", { name: "Time limit" }).fill("7");
  await takePicture(ann.page, "room-settings");
  await press(ann.page, "Change");
  await log(bob.page).getByText("Ann changed: Time limit").waitFor();
  await log(bob.page)
    .getByText(/Ann changed for the next match: Mode/)
    .waitFor();
  await closePanel(ann.page);
  await openPanel(bob.page, "Settings");
  await panel(bob.page).getByText("7 min").waitFor();
  await panel(bob.page).getByText("Only the host changes these.").waitFor();
  expect(await panel(bob.page).getByRole("button", { name: "Change", exact: true }).count()).toBe(0);
  await closePanel(bob.page);
}, 90_000);

test("[E2E-ROOM-3] the chat shows markup as the text that it is, and keys that are typed steer nothing", async () => {
  const before = await placeOf(ann.page);
  await ann.page.keyboard.press("Enter");
  const typed = "<img src=x onerror=alert(1)> wwww aaaa <b>bold</b> https://example.com";
  await ann.page.keyboard.type(typed);
  await takePicture(ann.page, "room-chat");
  await ann.page.keyboard.press("Enter");
  const line = log(bob.page).getByText(typed);
  await line.waitFor();
  expect(await line.locator("*").count()).toBe(0);
  expect(await bob.page.locator(".chat-fading :is(img, b, a)").count()).toBe(0);
  expect(await placeOf(ann.page)).toEqual(before);
}, 90_000);

test("[E2E-ROOM-4] who is muted for oneself is not heard by oneself, and by the others is", async () => {
  await tools(ann.page, "Bob");
  await press(ann.page, "Mute for me");
  await closePanel(ann.page);
  await speak(bob.page, "can you hear me");
  // Back from the room: it was passed on to everybody.
  await log(bob.page).getByText("can you hear me").waitFor();
  await speak(ann.page, "who is talking");
  await log(bob.page).getByText("who is talking").waitFor();
  expect(await ann.page.getByText("can you hear me").count()).toBe(0);
}, 90_000);

test.each([
  { width: 360, height: 640, phrase: "Hello!" },
  { width: 640, height: 360, phrase: "Thanks!" },
])(
  "[E2E-ROOM-6] on a phone of $width × $height the chat opens above the sticks, and says a phrase with a tap",
  async ({ phrase, ...size }) => {
    const phone = await stage.openPhone(size, link);
    await joinByLink(phone, "Thumb");
    await phone.page.getByRole("button", { name: "Chat", exact: true }).tap();
    await chat(phone.page).waitFor();
    await takePicture(phone.page, `room-chat-${size.width}`);
    const box = await chat(phone.page).boundingBox();
    const sticks = await phone.page.locator(".touch-rim").all();
    const tops = await Promise.all(sticks.map(async (stick) => (await stick.boundingBox())?.y ?? 0));
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(Math.min(...tops));
    await phone.page.getByRole("button", { name: phrase }).tap();
    await log(ann.page).getByText(phrase).waitFor();
  },
  90_000,
);

test("[E2E-ROOM-7] who watches sees with a player's eyes, goes on to the next, and takes a free seat", async () => {
  const cat = await stage.open({ url: link });
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
  expect(cat.errors).toEqual([]);
}, 120_000);

test("[E2E-ROOM-8] everybody refreshes at once, and has the same drone, score and say as before", async () => {
  const own = () => Promise.all([ann, bob].map(({ page }) => page.evaluate(() => window.fracas?.ownDrone())));
  const before = await own();
  await Promise.all([ann, bob].map(({ page }) => page.reload()));
  await Promise.all([ann, bob].map(({ page }) => waitForFight(page)));
  const after = await own();
  expect(after.map((drone) => [drone?.id, drone?.name, drone?.score])).toEqual(
    before.map((drone) => [drone?.id, drone?.name, drone?.score]),
  );
  await tools(ann.page, "Bob");
  await panel(ann.page).getByRole("button", { name: "Kick" }).waitFor();
  await closePanel(ann.page);
}, 90_000);

test("[E2E-ROOM-9] who is banned does not get in again: not by a refresh, another name, or another browser", async () => {
  const zoe = await stage.open({ url: link });
  await joinByLink(zoe, "Zoe");
  await tools(ann.page, "Zoe");
  await press(ann.page, "Ban");
  await takePicture(ann.page, "room-ban");
  await panel(ann.page)
    .getByRole("group", { name: /^Ban Zoe/ })
    .getByRole("button", { name: "Ban" })
    .click();
  await zoe.page.getByText("The host has banned you from the room.").first().waitFor();
  await log(bob.page).getByText("Zoe was banned").waitFor();
  await closePanel(ann.page);

  const turnedAway = async ({ page }: PlayerPage, name: string) => {
    await page.getByRole("textbox", { name: "Your name" }).fill(name);
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByText("The host has banned you from this room.").first().waitFor();
  };
  await zoe.page.goto(link);
  await turnedAway(zoe, "Zoe");
  await zoe.page.goto(link);
  await turnedAway(zoe, "Dog");
  // Nothing is known of this one but the address.
  await turnedAway(await stage.open({ url: link }), "Eve");
}, 120_000);

test("[E2E-ROOM-10] who is kicked is asked about once, is told so, and may come back", async () => {
  await tools(ann.page, "Bob");
  await press(ann.page, "Kick");
  await panel(ann.page).getByText("Kick Bob? They may come back.").waitFor();
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
  await log(ann.page).getByText("Bob was kicked").waitFor();
  await closePanel(ann.page);
  await bob.page.goto(link);
  await joinByLink(bob, "Bob");
}, 90_000);

test("[E2E-ROOM-11] the host's page closes: somebody else runs the room, and nobody else loses anything", async () => {
  await ann.page.context().close();
  await log(bob.page).getByText("Bob is the host now").waitFor({ timeout: 30_000 });
  await openPanel(bob.page, "Match");
  await panel(bob.page).getByRole("button", { name: "Restart" }).waitFor();
  await closePanel(bob.page);
}, 90_000);

test("[E2E-ROOM-12] the panel is walked through with a gamepad: Y opens it, the D-pad goes on, B leaves", async () => {
  const { page } = await stage.open();
  await plugInPad(page);
  await page.reload();
  await hostRoom({ page, errors: [] }, "Pat");
  const tap = async (button: number) => {
    await holdPad(page, { pressed: [button] });
    await page.waitForTimeout(150);
    await holdPad(page, {});
    await page.waitForTimeout(150);
  };
  await tap(3);
  await panel(page).waitFor();
  for (let i = 0; i < 6; i++) await tap(13);
  expect(await page.evaluate(() => document.activeElement?.closest("dialog")?.id)).toBe("room");
  await tap(1);
  await panel(page).waitFor({ state: "hidden" });
  await tap(2);
  await chat(page).waitFor();
  await tap(0);
  await chat(page).waitFor({ state: "hidden" });
  await log(page).getByText("Hello!").waitFor();
}, 90_000);

test("[E2E-ROOM-13] where everything is shown late, is told so, and flies wherever it likes", async () => {
  const host = await stage.open();
  const late = await hostRoom(host, "Dee");
  await openPanel(host.page, "Settings");
  await panel(host.page).getByRole("radio", { name: "See everything, 10 s late" }).check({ force: true });
  await press(host.page, "Change");
  await panel(host.page).getByText("Done.").waitFor();
  const cat = await stage.open({ url: late });
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
  await expect.poll(async () => Math.abs((await look()) - there)).toBeGreaterThan(40);
  await takePicture(cat.page, "room-watching-late");
  expect(cat.errors).toEqual([]);
}, 120_000);
