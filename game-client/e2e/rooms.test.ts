/** From the title into rooms and back: links, passwords, the list, a second tab, and each reason to be refused. */
import { Client } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { findings } from "./axe.ts";
import { PAD, plugInPad, tapPad, walkPadTo } from "./devices.ts";
import { leave, type PlayerPage, takePicture, waitForFight } from "./harness.ts";
import { hostRoom } from "./hosted.ts";
import type { ServerProcess } from "./serverProcess.ts";
import { setStage } from "./stage.ts";
import { translatable } from "./translation.ts";

const stage = setStage();
const rooms: ArenaLink[] = [];

afterEach(async () => {
  for (const room of rooms.splice(0)) if (room.connection.isOpen) await room.leave();
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const nameField = (page: Page) => page.getByRole("textbox", { name: "Your name" });
/** Shown, and not only read out: the live region for screen readers has the same words. */
const says = (page: Page, text: RegExp) =>
  page.locator("main").getByText(text).and(page.locator(":not(.visually-hidden)")).waitFor();
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** A room whose host is an SDK client that acts on request. */
async function openRoom(change: Partial<RoomSettings> = {}, password = "") {
  const settings = RoomSettings.parse({ bots: 0, ...change });
  const options = { name: "Ann", private: true, settings, password };
  const room: ArenaLink = await new Client(stage.url).create(ROOM.arena, options);
  room.onMessage("*", () => {});
  room.reconnection.enabled = false;
  rooms.push(room);
  const ask = (action: HostAction) => room.request(MESSAGE.host, action);
  return { room, code: room.roomId, path: `/r/${room.roomId}`, ask };
}

/** The server's answer about a room. */
const lookUp = (code: string) => fetch(`${stage.url}/api/rooms/${code}`).then((answer) => answer.json());

/** Opens the room's panel, checks that it lists these people, and closes it. */
async function expectPeople(page: Page, names: readonly string[], meanwhile = async () => {}): Promise<void> {
  await page.getByRole("button", { name: "Room", exact: true }).waitFor();
  await page.keyboard.press("r");
  const panel = page.getByRole("dialog", { name: /^Room / });
  for (const name of names) await panel.getByText(name, { exact: true }).waitFor();
  await meanwhile();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
}

/** One page, which each test takes over from the one before, on the title or where a link leads it. */
describe("a page on its way into rooms", () => {
  let ann: PlayerPage;
  let page: Page;
  beforeAll(async () => {
    ann = await stage.openForAll();
    page = ann.page;
  });
  afterAll(() => page.context().close());

  test("[ROOMS-8] the list changes as rooms do, can be filtered, and leads into them", async () => {
    await press(page, "Browse rooms");
    await says(page, /Nobody has a room open/);
    const { room, ask } = await openRoom({ title: "Open house", listed: true });
    await openRoom({ title: "Members", listed: true }, "sesame");
    await openRoom({ title: "Hidden" });
    const row = page.getByRole("listitem").filter({ hasText: "Open house" });
    await row.getByText("1 / 8").waitFor();
    await row.getByText(/\d+ ms/).waitFor();
    await page.getByRole("listitem").filter({ hasText: "Members" }).waitFor();
    expect(await page.getByText("Hidden").count()).toBe(0);
    await takePicture(page, "rooms-list");
    expect(await findings(page)).toEqual([]);

    await press(page, "No password");
    await page.getByRole("listitem").filter({ hasText: "Members" }).waitFor({ state: "detached" });
    await ask({ do: "settings", change: { players: 4, mode: "teamDeathmatch" } });
    await row.getByText("1 / 4").waitFor();
    await press(page, "Join Open house");
    await waitForFight(page);
    await expect.poll(() => pathOf(page)).toBe(`/r/${room.roomId}`);
    await leave(ann);
    expect(pathOf(page)).toBe("/");
    expect(ann.errors).toEqual([]);
  });

  test("[ROOMS-10] quick play leads into the chosen mode, which a reload remembers", async () => {
    await page.getByRole("combobox", { name: "Mode" }).selectOption({ label: "Capture the flag" });
    await page.reload();
    await nameField(page).waitFor();
    await press(page, "Play");
    await waitForFight(page);
    await page.getByText("Capture the flag").first().waitFor();
    await leave(ann);
  });

  test("[ROOMS-2] a hosted room has the settings that were made, which the next one is offered; invalid ones are named", async () => {
    await press(page, "Host a room");
    await page.getByText("Match", { exact: true }).click();
    await page.getByRole("radio", { name: "King of the hill" }).check({ force: true });
    await page.getByRole("spinbutton", { name: "Time limit" }).fill("99");
    await says(page, /whole number from 1 to 60/);
    await press(page, "Host");
    await says(page, /whole number from 1 to 60/);
    await page.getByRole("spinbutton", { name: "Time limit" }).fill("7");
    await press(page, "Host");
    await waitForFight(page);
    await page.getByText("King of the hill").first().waitFor();
    await leave(ann);
    await press(page, "Host a room");
    await page.getByText(/King of the hill · \w+ · 7 min/).waitFor();
  });

  test("[AXE-6] axe finds nothing serious on the form to host with all parts unfolded, and on the form for a code", async () => {
    for (const part of ["Match", "Players", "Room"]) await page.getByText(part, { exact: true }).click();
    await page.getByRole("spinbutton", { name: "Bots" }).fill("99");
    expect(await findings(page), "host").toEqual([]);
    await press(page, "Back to the title");
    await press(page, "Join by code");
    await press(page, "Find the room");
    expect(await findings(page), "code").toEqual([]);
  });

  test("[ROOMS-4] a wrong password is refused, with nothing serious for axe before and after, and the right one admits", async () => {
    const { path } = await openRoom({}, "sesame");
    await page.goto(`${stage.url}${path}`);
    const password = page.getByRole("textbox", { name: "Password" });
    await password.waitFor();
    expect(await findings(page), "asked").toEqual([]);
    await password.fill("guess");
    await press(page, "Join");
    await says(page, /not the password/);
    expect(await findings(page), "refused").toEqual([]);
    await password.fill("sesame");
    await press(page, "Join");
    await waitForFight(page);
    await leave(ann);
  });

  test("[ROOMS-5] unknown, ended, locked and full rooms say so and offer the next best thing", async () => {
    await page.goto(`${stage.url}/r/ZZZZZ`);
    await says(page, /no room with this code/);
    expect(await findings(page), "no room").toEqual([]);
    await press(page, "Another code");
    await page.getByRole("textbox", { name: "Code or link" }).fill("abc");
    await press(page, "Find the room");
    await says(page, /A code has 5 letters/);

    const small = await openRoom({ players: 2 });
    await page.getByRole("textbox", { name: "Code or link" }).fill(`${stage.url}${small.path}`);
    await page.getByRole("button", { name: "Join", exact: true }).waitFor();
    await small.ask({ do: "lock", locked: true });
    await expect.poll(() => lookUp(small.code)).toMatchObject({ listing: { locked: true } });
    await press(page, "Join");
    await says(page, /locked this room/);
    await small.ask({ do: "lock", locked: false });
    const bob = await new Client(stage.url).joinById(small.code, { name: "Bob" });
    bob.onMessage("*", () => {});
    await expect.poll(() => lookUp(small.code)).toMatchObject({ listing: { players: 2, locked: false } });
    await press(page, "Try again");
    await says(page, /This room is full/);
    await page.getByRole("button", { name: "Watch" }).waitFor();
    await bob.leave();

    // A public room ends with its last player.
    const short = await new Client(stage.url).joinOrCreate(ROOM.arena, { mode: "kingOfTheHill" });
    await short.leave();
    await expect.poll(() => lookUp(short.roomId)).toEqual({ is: "ended" });
    await page.goto(`${stage.url}/r/${short.roomId}`);
    await says(page, /This room has ended/);
    await page.getByRole("button", { name: "Host a room" }).waitFor();
  });

  test("[ROOMS-7] a second tab asks before it takes the seat over, and the first one gives it up", async () => {
    const link = await hostRoom(ann, "Ann");
    const tab = await page.context().newPage();
    await tab.goto(link);
    await says(tab, /already, in another tab/);
    await press(tab, "Take it over");
    await waitForFight(tab);
    await says(page, /another tab/);
    await expectPeople(tab, ["Ann"]);
    await press(page, "Take it back here");
    await press(page, "Take it over");
    await waitForFight(page);
    await says(tab, /another tab/);
  });
});

/** `window.open` copies the tab's memory, as "Duplicate tab" does. */
async function duplicate(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.evaluate(() => void window.open(location.href));
  return opened;
}

test("[ROOMS-14] page translation rewrites neither names and codes of rooms and players nor names of keys; a link with a bracket and a full stop behind it leads into its room", async () => {
  const boss = await stage.open();
  const { page } = boss;
  await page.getByRole("list", { name: "Controls" }).waitFor();
  const keys = await page.locator("kbd").allTextContents();
  expect(keys.length).toBeGreaterThan(4);
  expect(await page.locator('kbd:not([translate="no"])').count()).toBe(0);
  const link = await hostRoom(boss, "Zaphod");
  const code = link.slice(-5);
  await page.getByText(code).first().waitFor();
  expect(await translatable(page, ["Zaphod", code])).toEqual([]);
  await expectPeople(page, ["Zaphod"], async () => {
    expect(await translatable(page, ["Zaphod", code])).toEqual([]);
  });
  await page.goto(`${link}).`);
  await waitForFight(page);
});

test("[ROOMS-13] a duplicated tab asks before it takes the seat, and the first one plays on as the host", async () => {
  const boss = await stage.open();
  await hostRoom(boss, "Boss");
  const id = () => boss.page.evaluate(() => window.fracas?.ownDrone()?.id);
  const before = await id();
  const copy = await duplicate(boss.page);
  await says(copy, /already, in another tab/);
  expect(await id()).toBe(before);
  await expectPeople(boss.page, ["Boss"]);
  await press(copy, "Take it over");
  await waitForFight(copy);
  await says(boss.page, /another tab/);
  await expectPeople(copy, ["Boss"]);
  expect(await copy.evaluate(() => window.fracas?.ownDrone()?.id)).toBe(before);
});

/** One page, whose server restarts on the same port. */
describe("a server that restarts", () => {
  let server: ServerProcess;
  let ann: PlayerPage;
  let page: Page;
  beforeAll(async () => {
    server = await stage.start();
    ann = await stage.openForAll({ url: server.url });
    page = ann.page;
  });
  afterAll(() => page.context().close());

  test("[ROOMS-9] the list comes back by itself", async () => {
    await press(page, "Browse rooms");
    await says(page, /Nobody has a room open/);
    await server.stop();
    await says(page, /out of reach/);
    server = await stage.start({ like: server });
    await says(page, /Nobody has a room open/);
    await press(page, "Back to the title");
  });

  test("[SNAP-31] a hosted room is kept: its host's page is back in it by itself", async () => {
    await hostRoom(ann, "Ann");
    const code = new URL(page.url()).pathname;
    const id = () => page.evaluate(() => window.fracas?.ownDrone()?.id);
    const before = await id();
    await server.stop();
    await says(page, /The server is not responding/);
    server = await stage.start({ like: server });
    await waitForFight(page);
    expect(await id()).toBe(before);
    expect(new URL(page.url()).pathname).toBe(code);
  });

  test("[ROOMS-3] a hosted room that the server has not kept is gone: its host's page says so and hosts it again", async () => {
    await server.stop();
    await stage.start({ like: server, settings: { DATA_DIR: temporaryFolder("data") } });
    await says(page, /did not outlive/);
    await press(page, "Host it again");
    await press(page, "Host");
    await waitForFight(page);
  });
});

/** One page, led by gamepad alone: ROOM-12 goes on in the room that ROOMS-11 hosts. */
describe("a gamepad", () => {
  let player: PlayerPage;
  let page: Page;
  beforeAll(async () => {
    player = await stage.openForAll({ prepare: plugInPad });
    page = player.page;
  });
  afterAll(() => page.context().close());

  test("[ROOMS-11] hosts a room from the title, and B leads back", async () => {
    const heading = page.getByRole("heading", { name: "Host a room" });
    await nameField(page).waitFor();
    await walkPadTo(page, /^Host a room/);
    await tapPad(page, PAD.A);
    await heading.waitFor();
    await tapPad(page, PAD.B);
    await heading.waitFor({ state: "hidden" });
    await walkPadTo(page, /^Host a room/);
    await tapPad(page, PAD.A);
    await heading.waitFor();
    await walkPadTo(page, /^Match/);
    await tapPad(page, PAD.A);
    await page.getByRole("radio", { name: "King of the hill" }).waitFor();
    await walkPadTo(page, /^Host$/);
    await tapPad(page, PAD.A);
    await waitForFight(page);
    expect(player.errors).toEqual([]);
  });

  test("[E2E-ROOM-12] opens the room's panel by Y, walks through it by D-pad, leaves by B, and says a phrase from the chat", async () => {
    const panel = page.getByRole("dialog", { name: /^Room / });
    const chat = page.getByRole("dialog", { name: "Chat" });
    await page.getByRole("button", { name: "Room", exact: true }).waitFor();
    await tapPad(page, PAD.Y);
    await panel.waitFor();
    for (let step = 0; step < 6; step++) await tapPad(page, PAD.DOWN);
    expect(await page.evaluate(() => document.activeElement?.closest("dialog")?.id)).toBe("room");
    await tapPad(page, PAD.B);
    await panel.waitFor({ state: "hidden" });
    await tapPad(page, PAD.X);
    await chat.waitFor();
    await tapPad(page, PAD.A);
    await chat.waitFor({ state: "hidden" });
    await page.getByRole("log", { name: "Chat" }).getByText("Hello!").waitFor();
  });
});
