/** From the title into rooms and back: hosting, links, the list, a second tab, and every way to be turned away. */
import { Client } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { holdPad, plugInPad } from "./devices.ts";
import { takePicture, waitForFight } from "./harness.ts";
import { setStage } from "./stage.ts";

const stage = setStage();
const rooms: ArenaLink[] = [];

afterEach(async () => {
  for (const room of rooms.splice(0)) if (room.connection.isOpen) await room.leave();
});

const open = (path = "/", url = stage.url) => stage.open({ url: `${url}${path}` });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const nameField = (page: Page) => page.getByRole("textbox", { name: "Your name" });
const says = (page: Page, text: RegExp) => page.locator("main").getByText(text).waitFor();
const codeOf = (page: Page) => /\/r\/(\w{5})$/.exec(page.url())?.[1] ?? "";
const inRoom = (page: Page) => expect.poll(() => codeOf(page)).toMatch(/^\w{5}$/);

/** A room whose host is no page, and can be told what to do. */
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

/** What the server says of a room. */
const seen = (code: string) => fetch(`${stage.url}/api/rooms/${code}`).then((answer) => answer.json());

/** As the room's panel lists them. */
async function expectPeople(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Room", exact: true }).waitFor();
  await page.keyboard.press("r");
  const panel = page.getByRole("dialog", { name: /^Room / });
  for (const name of names) await panel.getByText(name, { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
}

async function host(page: Page, name: string): Promise<void> {
  await press(page, "Host a room");
  await nameField(page).fill(name);
  await press(page, "Host");
  await waitForFight(page);
  await inRoom(page);
}

describe("a room of one's own", () => {
  test("[ROOMS-1] is one press away; a guest comes in by its link; both are there after a refresh", async () => {
    const ann = await open();
    await host(ann.page, "Ann");
    const bob = await open(new URL(ann.page.url()).pathname);
    await bob.page.getByRole("heading", { name: "Ann" }).waitFor();
    await takePicture(bob.page, "rooms-gate");
    await nameField(bob.page).fill("Bob");
    await press(bob.page, "Join");
    await waitForFight(bob.page);
    expect(bob.page.url()).toBe(ann.page.url());
    for (const { page } of [ann, bob]) {
      await page.reload();
      await waitForFight(page);
      await expectPeople(page, ["Ann", "Bob"]);
    }
    await press(bob.page, "Leave the arena");
    await nameField(bob.page).waitFor();
    expect(new URL(bob.page.url()).pathname).toBe("/");
    expect([...ann.errors, ...bob.errors]).toEqual([]);
  }, 60_000);

  test("[ROOMS-2] is as it was set, which is remembered for the next one; what cannot stand is named", async () => {
    const { page } = await open();
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
    await press(page, "Leave the arena");
    await press(page, "Host a room");
    await page.getByText(/King of the hill · \w+ · 7 min/).waitFor();
  });

  test("[ROOMS-3] is gone with a restart of the server, and its host is told so and can host again", async () => {
    const own = await stage.start();
    const { page } = await open("/", own.url);
    await host(page, "Ann");
    await own.stop();
    await stage.start(own);
    await page
      .locator("main")
      .getByText(/did not outlive/)
      .waitFor({ timeout: 60_000 });
    await press(page, "Host it again");
    await press(page, "Host");
    await waitForFight(page);
  }, 90_000);
});

describe("before a room's door", () => {
  test("[ROOMS-4] a wrong password says so, and the right one lets in", async () => {
    const { path } = await openRoom({}, "sesame");
    const { page } = await open(path);
    const password = page.getByRole("textbox", { name: "Password" });
    await password.fill("guess");
    await press(page, "Join");
    await says(page, /not the password/);
    await password.fill("sesame");
    await press(page, "Join");
    await waitForFight(page);
  });

  test("[ROOMS-5] rooms that never were, have ended, are locked or full say so, and offer the next best thing", async () => {
    const { page } = await open("/r/ZZZZZ");
    await says(page, /no room with this code/);
    await press(page, "Another code");
    await page.getByRole("textbox", { name: "Code or link" }).fill("abc");
    await press(page, "Find the room");
    await says(page, /A code is 5 letters/);

    const small = await openRoom({ players: 2 });
    await page.getByRole("textbox", { name: "Code or link" }).fill(`${stage.url}${small.path}`);
    await page.getByRole("button", { name: "Join", exact: true }).waitFor();
    await small.ask({ do: "lock", locked: true });
    await expect.poll(() => seen(small.code)).toMatchObject({ listing: { locked: true } });
    await press(page, "Join");
    await says(page, /locked this room/);
    await small.ask({ do: "lock", locked: false });
    const other = await open(small.path);
    await nameField(other.page).fill("Bob");
    await press(other.page, "Join");
    await waitForFight(other.page);
    await expect.poll(() => seen(small.code)).toMatchObject({ listing: { players: 2, locked: false } });
    await press(page, "Try again");
    await says(page, /This room is full/);
    await page.getByRole("button", { name: "Watch" }).waitFor();

    // A public room ends with its last player.
    const short = await new Client(stage.url).joinOrCreate(ROOM.arena, { mode: "kingOfTheHill" });
    await short.leave();
    await expect.poll(() => seen(short.roomId)).toEqual({ is: "ended" });
    await page.goto(`${stage.url}/r/${short.roomId}`);
    await says(page, /This room has ended/);
    await page.getByRole("button", { name: "Host a room" }).waitFor();
  }, 60_000);

  test("[ROOMS-6] whom the host kicks is told so and may come back; whom the host bans is told so at the door", async () => {
    const { room, path, ask } = await openRoom();
    const { page } = await open(path);
    await nameField(page).fill("Bob");
    await press(page, "Join");
    await waitForFight(page);
    const seatOfBob = () =>
      [...room.state.roster.entries()].find(([, seat]) => seat.name === "Bob")?.[0] ?? "";
    await ask({ do: "kick", seat: seatOfBob() });
    await says(page, /shown you out/);
    expect(new URL(page.url()).pathname).toBe("/");
    await press(page, "Back to the room");
    await press(page, "Join");
    await waitForFight(page);
    await ask({ do: "ban", seat: seatOfBob() });
    await says(page, /banned you/);
    await page.goto(`${stage.url}${path}`);
    await press(page, "Join");
    await says(page, /banned you/);
    await page.getByRole("button", { name: "Quick play" }).waitFor();
  }, 60_000);

  test("[ROOMS-7] a second tab asks, takes the seat over, and the first one lets go of it", async () => {
    const ann = await open();
    await host(ann.page, "Ann");
    const tab = await ann.page.context().newPage();
    await tab.goto(ann.page.url());
    await says(tab, /already, in another tab/);
    await press(tab, "Take it over");
    await waitForFight(tab);
    await says(ann.page, /another tab/);
    await expectPeople(tab, ["Ann"]);
    await press(ann.page, "Take it back here");
    await press(ann.page, "Take it over");
    await waitForFight(ann.page);
    await says(tab, /another tab/);
  }, 60_000);
});

describe("the list of rooms", () => {
  test("[ROOMS-8] changes as rooms do, can be narrowed, and leads into them", async () => {
    const { page, errors } = await open();
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

    await press(page, "No password");
    await page.getByRole("listitem").filter({ hasText: "Members" }).waitFor({ state: "detached" });
    await ask({ do: "settings", change: { players: 4, mode: "teamDeathmatch" } });
    await row.getByText("1 / 4").waitFor();
    await press(page, "Join Open house");
    await waitForFight(page);
    await expect.poll(() => codeOf(page)).toBe(room.roomId);
    expect(errors).toEqual([]);
  }, 60_000);

  test("[ROOMS-9] is there again by itself after a restart", async () => {
    const own = await stage.start();
    const { page } = await open("/", own.url);
    await press(page, "Browse rooms");
    await says(page, /Nobody has a room open/);
    await own.stop();
    await says(page, /out of reach/);
    await stage.start(own);
    await says(page, /Nobody has a room open/);
  }, 60_000);
});

describe("quick play", () => {
  test("[ROOMS-10] leads into the chosen mode, which is remembered", async () => {
    const { page } = await open();
    await page.getByRole("combobox", { name: "Mode" }).selectOption({ label: "Capture the flag" });
    await page.reload();
    await nameField(page).waitFor();
    await press(page, "Play");
    await waitForFight(page);
    await page.getByText("Capture the flag").first().waitFor();
  });
});

describe("a gamepad", () => {
  test("[ROOMS-11] hosts a room from the title, and B leads back", async () => {
    const player = await open();
    const { page } = player;
    await plugInPad(page);
    await page.reload();
    await nameField(page).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    /** The page has looked at its pads. */
    const looked = () =>
      page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
    const tap = async (button: number) => {
      await holdPad(page, { pressed: [button] });
      await looked();
      await holdPad(page, {});
      await looked();
    };
    const walkTo = async (name: string) => {
      for (let steps = 0; steps < 30 && !(await focused()).startsWith(name); steps++) await tap(13);
      expect(await focused()).toMatch(name);
    };
    await walkTo("Host a room");
    await tap(0);
    await page.getByRole("heading", { name: "Host a room" }).waitFor();
    await tap(1);
    await page.getByRole("heading", { name: "Host a room" }).waitFor({ state: "hidden" });
    await walkTo("Host a room");
    await tap(0);
    await page.getByRole("heading", { name: "Host a room" }).waitFor();
    await walkTo("Match");
    await tap(0);
    await page.getByRole("radio", { name: "King of the hill" }).waitFor();
    await walkTo("Host");
    await tap(0);
    await waitForFight(page);
    expect(player.errors).toEqual([]);
  }, 60_000);
});
