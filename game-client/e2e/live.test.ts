/** Live matches: the page that lists them, one press to watch, and the overlay of streaming software. */
import { Client } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { SPECTATORS_MAX } from "#shared/config.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { findings } from "./axe.ts";
import { type Company, seat } from "./company.ts";
import { leave, type PlayerPage, takePicture } from "./harness.ts";
import { setStage } from "./stage.ts";

const WIDE = { width: 1280, height: 720 };

const stage = setStage();
const rooms: ArenaLink[] = [];
const companies: Company[] = [];
let ann: PlayerPage;
let page: Page;
beforeAll(async () => {
  ann = await stage.openForAll({ viewport: WIDE });
  page = ann.page;
});
afterEach(async () => {
  for (const room of rooms.splice(0)) if (room.connection.isOpen) await room.leave();
  for (const company of companies.splice(0)) await company.leave();
});
afterAll(() => page.context().close());

async function host(url: string, settings: Partial<RoomSettings> = {}, password = "") {
  const asked = RoomSettings.parse({ bots: 4, players: 8, ...settings });
  const options = { name: "Zaphod", private: true, settings: asked, password };
  const room: ArenaLink = await new Client(url).create(ROOM.arena, options);
  room.onMessage("*", () => {});
  room.reconnection.enabled = false;
  rooms.push(room);
  return room.roomId;
}

/** The alpha of each pixel of the page's picture: none where nothing is painted. */
async function alphas(of: Page): Promise<{ corner: number; most: number }> {
  const picture = (await of.screenshot({ omitBackground: true })).toString("base64");
  return of.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    const found = { corner: data[data.length - 1] ?? -1, most: 0 };
    for (let at = 3; at < data.length; at += 4) found.most = Math.max(found.most, data[at] ?? 0);
    return found;
  }, picture);
}

test("[E2E-LIVE-1] the page lists a running match with who plays, and one press watches it", async () => {
  await page.getByRole("button", { name: "Watch live", exact: true }).click();
  await page.getByText(/No public match is under way/).waitFor();
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/live");
  expect(await findings(page), "empty").toEqual([]);

  const company = await seat(stage.url, ["Trillian"]);
  companies.push(company);
  const match = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /Deathmatch/ }) });
  await match.getByText(/^1 \/ \d+ players/).waitFor();
  await match.getByRole("list", { name: "The best players" }).getByRole("listitem").first().waitFor();
  await match.getByRole("list", { name: "Latest kills" }).getByRole("listitem").first().waitFor();
  expect(await findings(page), "with a match").toEqual([]);
  await takePicture(page, "live-list");

  await match.getByRole("button", { name: /^Watch/ }).click();
  await page.waitForFunction(() => window.fracas && window.fracas.drones().length > 0);
  const [{ roomId }] = company.rooms;
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/r/${roomId}`);
  await leave(ann);
  expect(ann.errors).toEqual([]);
});

test("[E2E-LIVE-4] a match that takes no more spectators says so in place of the button", async () => {
  const company = await seat(stage.url, ["Trillian"]);
  companies.push(company);
  const [{ roomId }] = company.rooms;
  for (let at = 0; at < SPECTATORS_MAX; at++) {
    const room: ArenaLink = await new Client(stage.url).joinById(roomId, {
      name: `Fan ${at}`,
      spectate: true,
    });
    room.onMessage("*", () => {});
    rooms.push(room);
  }
  await page.getByRole("button", { name: "Watch live", exact: true }).click();
  await page.getByText("No place left to watch").waitFor();
  await page.getByText(`${SPECTATORS_MAX} watching`).waitFor();
  expect(await page.getByRole("button", { name: /^Watch/ }).count()).toBe(0);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.locator(".title").waitFor();
});

test("[E2E-LIVE-2] the overlay shows scores over nothing, without the game, and says when it has none to show", async () => {
  const code = await host(stage.url, { mode: "teamDeathmatch" });
  const requests: string[] = [];
  const { page: overlay } = await stage.open();
  overlay.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await overlay.goto(`${stage.url}/overlay/${code.toLowerCase()}?size=1.5&side=right`);
  await overlay.getByText(/The scores follow/).waitFor();
  const scores = overlay.getByRole("region", { name: "Scores" });
  await scores.getByText("Zaphod").waitFor();
  expect(await scores.getByRole("listitem").count()).toBe(5);
  const seen = await alphas(overlay);
  expect(seen.corner).toBe(0);
  expect(seen.most).toBeGreaterThan(200);
  expect(await overlay.locator("canvas").count()).toBe(0);
  expect(requests.filter((path) => /\/(game|OverArena)-/.test(path) || path.startsWith("/api/maps"))).toEqual(
    [],
  );
  expect(new URL(overlay.url()).pathname).toBe(`/overlay/${code.toLowerCase()}`);
  await takePicture(overlay, "live-overlay");

  await overlay.goto(`${stage.url}/overlay/${code}?parts=feed`);
  await overlay.getByRole("list", { name: "Latest kills" }).waitFor({ state: "attached" });
  expect(await overlay.getByRole("region", { name: "Scores" }).count()).toBe(0);
  await overlay.goto(`${stage.url}/overlay/BCDFG`);
  await overlay.getByText("There is no room BCDFG.").waitFor();
  const secret = await host(stage.url, {}, "sesame");
  await overlay.goto(`${stage.url}/overlay/${secret}`);
  await overlay.getByText("A room with a password has no overlay.").waitFor();
});

test("[E2E-LIVE-3] the overlay comes back by itself after its server was away", async () => {
  const server = await stage.start();
  const code = await host(server.url);
  const { page: overlay } = await stage.open();
  await overlay.goto(`${server.url}/overlay/${code}`);
  await overlay.getByText("Zaphod").waitFor();
  await server.stop();
  await overlay.getByText(/The server does not answer/).waitFor();
  await stage.start({ like: server });
  await overlay.getByText("Zaphod").waitFor();
});
