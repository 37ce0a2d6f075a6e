/** Life in a hosted room: its host runs it, people talk, watch, come back, and are removed. */
import { Client } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { MESSAGE } from "#shared/protocol/names.ts";
import { findings } from "./axe.ts";
import { waitFrames } from "./devices.ts";
import { type PlayerPage, playUpright, takePicture, waitForFight } from "./harness.ts";
import { hostRoom, joinByLink, watchByLink } from "./hosted.ts";
import { expectMove, placeOf } from "./pilot.ts";
import { PHONE, setStage } from "./stage.ts";

const stage = setStage();

/** Pages of the host and of a guest, which each test takes over from the one before. */
let ann: PlayerPage;
let bob: PlayerPage;
let link: string;

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

/** Opens what can be done with a person. */
async function tools(page: Page, name: string): Promise<void> {
  await openPanel(page, "People");
  await panel(page)
    .getByRole("button", { name: `What to do with ${name}`, exact: true })
    .click();
}

/** Types a line of chat and sends it. */
async function speak(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

test("[ROOMS-1] a room is hosted from the title, and a guest comes in by its link", async () => {
  ann = await stage.openForAll();
  link = await hostRoom(ann, "Ann");
  // Bots would shoot.
  await openPanel(ann.page, "Settings");
  await panel(ann.page).getByRole("spinbutton", { name: "Bots" }).fill("0");
  await press(ann.page, "Change");
  await panel(ann.page).getByText("Done.").waitFor();
  await closePanel(ann.page);

  bob = await stage.openForAll({ url: link });
  await bob.page.getByRole("heading", { name: "Ann" }).waitFor();
  await takePicture(bob.page, "rooms-gate");
  await joinByLink(bob, "Bob");
  expect(bob.page.url()).toBe(link);
  expect([...ann.errors, ...bob.errors]).toEqual([]);
});

test("[AXE-7] axe finds nothing serious in a room that waits for its host: banner, panel and chat", async () => {
  expect(await findings(ann.page), "banner").toEqual([]);
  await openPanel(ann.page, "People");
  for (const tab of ["People", "Match", "Settings"]) {
    await panel(ann.page).getByRole("tab", { name: tab }).click();
    expect(await findings(ann.page), tab).toEqual([]);
  }
  await closePanel(ann.page);
  await bob.page.keyboard.press("Enter");
  await bob.page.keyboard.type("hello");
  expect(await findings(bob.page), "chat").toEqual([]);
  await bob.page.keyboard.press("Escape");
  await chat(bob.page).waitFor({ state: "hidden" });
});

test("[E2E-ROOM-1] the match waits for its host, starts, stands still while paused, and resumes without a correction", async () => {
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
  const corrections = () => bob.page.evaluate(() => window.fracas?.corrections().count);
  const correctedBefore = await corrections();
  await bob.page.keyboard.down("d");
  await waitFrames(bob.page, 15);
  await bob.page.keyboard.up("d");
  expect(await placeOf(bob.page)).toEqual(before);
  await takePicture(bob.page, "room-paused");

  await press(ann.page, "Go on");
  await panel(ann.page).waitFor({ state: "hidden" });
  await bob.page.getByRole("heading", { name: "Paused by Ann" }).waitFor({ state: "hidden" });
  await bob.page.keyboard.down("d");
  await expect.poll(async () => (await placeOf(bob.page))?.x ?? 0).not.toBeCloseTo(before?.x ?? 0, 0);
  await bob.page.keyboard.up("d");
  expect(await corrections()).toBe(correctedBefore);
});

test("[E2E-ROOM-2] the chat reports settings that the host changes, at once or for the next match; a guest cannot change them", async () => {
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
});

test("[E2E-ROOM-3] the chat shows markup as text, and keys that are typed do not steer; a name from right to left stays before its line", async () => {
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
  const guest = await new Client(stage.url).joinById(link.slice(-5), { name: "אבג" });
  stage.undo(() => guest.leave());
  guest.onMessage("*", () => {});
  await guest.request(MESSAGE.chat, { scope: "all", text: "שלום" });
  const parts = log(bob.page).getByRole("listitem").filter({ hasText: "שלום" }).locator("bdi");
  const [name, text] = await Promise.all([parts.nth(0).boundingBox(), parts.nth(1).boundingBox()]);
  expect(name?.x).toBeLessThan(text?.x ?? 0);
});

test("[E2E-ROOM-4] a player who mutes another one no longer sees their lines; others still do", async () => {
  await tools(ann.page, "Bob");
  await press(ann.page, "Mute for me");
  await closePanel(ann.page);
  await speak(bob.page, "can you hear me");
  // The sender sees it when the room has sent it to everybody.
  await log(bob.page).getByText("can you hear me").waitFor();
  await speak(ann.page, "who is talking");
  await log(bob.page).getByText("who is talking").waitFor();
  expect(await ann.page.getByText("can you hear me").count()).toBe(0);
});

test("[E2E-ROOM-6] on a phone, upright and across, the chat opens above the sticks, and a tap says a phrase", async () => {
  const phone = await stage.open({ url: link, viewport: { width: 360, height: 640 }, device: PHONE });
  await joinByLink(phone, "Thumb");
  await playUpright(phone.page);
  for (const { phrase, ...size } of [
    { width: 360, height: 640, phrase: "Hello!" },
    { width: 640, height: 360, phrase: "Thanks!" },
  ]) {
    await phone.page.setViewportSize(size);
    await phone.page.getByRole("button", { name: "Chat", exact: true }).tap();
    await chat(phone.page).waitFor();
    await takePicture(phone.page, `room-chat-${size.width}`);
    const box = await chat(phone.page).boundingBox();
    const sticks = await phone.page.locator(".touch-rim").all();
    const tops = await Promise.all(sticks.map(async (stick) => (await stick.boundingBox())?.y ?? 0));
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(Math.min(...tops));
    await phone.page.getByRole("button", { name: phrase }).tap();
    await log(ann.page).getByText(phrase).waitFor();
    await chat(phone.page).waitFor({ state: "hidden" });
  }
});

test("[E2E-ROOM-7] a spectator sees what a player sees, switches to the next one, takes a free seat, and gives it back", async () => {
  const cat = await stage.open({ url: link });
  await watchByLink(cat, "Cat");
  const isAt = async (player: PlayerPage) => {
    const eye = await cat.page.evaluate(() => window.fracas?.eye());
    const place = await placeOf(player.page);
    return Math.hypot((eye?.x ?? 0) - (place?.x ?? 0), (eye?.y ?? 0) - (place?.y ?? 0)) < 40;
  };
  await cat.page.getByText("Watching Ann").waitFor();
  await expect.poll(() => isAt(ann)).toBe(true);
  expect(await cat.page.locator(".health").count()).toBe(0);
  await takePicture(cat.page, "room-watching");
  expect(await findings(cat.page)).toEqual([]);
  await cat.page.keyboard.press("Space");
  await cat.page.getByText("Watching Bob").waitFor();
  await expect.poll(() => isAt(bob)).toBe(true);
  await expectMove(bob.page, -1, 0, () => bob.page.keyboard.down("a"));
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
});

test("[E2E-ROOM-13] a spectator with a delayed view of everything reads by how much, and moves the camera by keys and mouse", async () => {
  await openPanel(ann.page, "Settings");
  await panel(ann.page).getByRole("radio", { name: "See everything, 10 s late" }).check({ force: true });
  await press(ann.page, "Change");
  await panel(ann.page).getByText("Done.").waitFor();
  const cat = await stage.open({ url: link });
  await watchByLink(cat, "Cat");
  await cat.page.getByText("10 s behind").waitFor();
  const look = async () => (await cat.page.evaluate(() => window.fracas?.look().x)) ?? 0;
  await press(cat.page, "Next player");
  await cat.page.getByText(/^Watching/).waitFor();
  await press(cat.page, "Free camera");
  const from = await look();
  const isFarRight = from > 1200;
  const key = isFarRight ? "a" : "d";
  await cat.page.keyboard.down(key);
  await expect.poll(async () => Math.abs((await look()) - from)).toBeGreaterThan(200);
  await cat.page.keyboard.up(key);
  await waitFrames(cat.page);
  const flown = await look();
  // Back to where it came from, and not against the arena's border: the view follows the mouse like paper.
  const [grab, release] = isFarRight ? [340, 300] : [300, 340];
  // Dragged again until it shows: the page lets go of a press when its window loses the focus.
  await expect
    .poll(async () => {
      // Pages of other tests, in the same browser, take the focus.
      await cat.page.bringToFront();
      await cat.page.mouse.move(grab, 150);
      await cat.page.mouse.down();
      await cat.page.mouse.move(release, 150, { steps: 4 });
      await cat.page.mouse.up();
      await waitFrames(cat.page);
      return Math.abs((await look()) - flown);
    })
    .toBeGreaterThan(40);
  await takePicture(cat.page, "room-watching-late");
  expect(cat.errors).toEqual([]);
});

test("[E2E-ROOM-8] when everybody refreshes at once, each has the same drone, score and rank as before", async () => {
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
});

test("[E2E-ROOM-9] a banned player's page says so, and the room refuses that browser after a refresh and under another name", async () => {
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

  await zoe.page.goto(link);
  await zoe.page.getByRole("textbox", { name: "Your name" }).fill("Dog");
  await press(zoe.page, "Join");
  await zoe.page.getByText("The host has banned you from this room.").first().waitFor();
  await zoe.page.getByRole("button", { name: "Quick play" }).waitFor();
});

test("[E2E-ROOM-10] a kick asks for confirmation; the kicked player's page says so and leads back into the room", async () => {
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
    .getByText(/removed you from the room/)
    .first()
    .waitFor();
  expect(new URL(bob.page.url()).pathname).toBe("/");
  await log(ann.page).getByText("Bob was kicked").waitFor();
  await closePanel(ann.page);
  await press(bob.page, "Back to the room");
  await joinByLink(bob, "Bob");
});

test("[E2E-ROOM-11] when the host's page closes, another player becomes the host, and nobody else loses anything", async () => {
  await ann.page.context().close();
  await log(bob.page).getByText("Bob is the host now").waitFor();
  await openPanel(bob.page, "Match");
  await panel(bob.page).getByRole("button", { name: "Restart" }).waitFor();
  await closePanel(bob.page);
});
