/** Every screen of the page, in an order in which one page visits them: for pictures and for tests of all screens. */
import { Client, type Room } from "@colyseus/sdk";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { ARENA_TITLE_MAX_CHARS } from "#shared/arena/limits.ts";
import type { DraftPage } from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { ROOM as KIND } from "#shared/protocol/names.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { Furnished } from "./furnished.ts";
import { waitForFight } from "./harness.ts";
import { hosting } from "./hosted.ts";
import { asFile, broken } from "./tiledFiles.ts";

export type SizeName = "desktop" | "phone" | "upright";

export interface Size {
  readonly name: SizeName;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly device: BrowserContextOptions;
}

const PHONE: BrowserContextOptions = { hasTouch: true, isMobile: true };
export const SIZES: Readonly<Record<SizeName, Size>> = {
  desktop: { name: "desktop", viewport: { width: 1280, height: 720 }, device: {} },
  phone: { name: "phone", viewport: { width: 844, height: 390 }, device: PHONE },
  upright: { name: "upright", viewport: { width: 390, height: 844 }, device: PHONE },
};

export interface Tour {
  readonly page: Page;
  readonly size: Size;
  readonly world: Furnished;
}

export interface Stop {
  readonly name: string;
  /** Leads there from the stop before; the page speaks English. */
  readonly go: (tour: Tour) => Promise<unknown>;
  /** Leads away, so that the next stop begins on the front or in the fight. */
  readonly leave?: (tour: Tour) => Promise<unknown>;
  /** The sizes that have this screen; all by default. */
  readonly only?: SizeName;
  /** Whether the picture must stand still, because it goes by itself. */
  readonly passes?: boolean;
}

/** In a small arena whoever stands still is soon destroyed. */
const CROWDED: Partial<RoomSettings> = {
  map: "anvil",
  mode: "deathmatch",
  players: 16,
  bots: 8,
  botSkill: "hard",
};

/** Before the page loads: an account that has played, and the settings of a room full of bots. */
export const prepareTour =
  ({ token }: Furnished) =>
  async (context: BrowserContext): Promise<void> => {
    await context.addInitScript((identity) => localStorage.setItem("fracas.identity", identity), token);
    await hosting(CROWDED)(context);
  };

/** Stops the page's frames, and with them the scene: what it shows stays, and costs no processor. */
const freeze = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const waiting: FrameRequestCallback[] = [];
    const request = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => waiting.push(callback);
    Object.assign(window, {
      goOn() {
        window.requestAnimationFrame = request;
        for (const callback of waiting.splice(0)) request(callback);
      },
    });
  });

const goOn = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { goOn?(): void }).goOn?.());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).first();

/** On a touch screen by a tap: a click would tell the page that a mouse is in use. */
const press = ({ page, size }: Tour, name: string | RegExp) =>
  size.device.hasTouch ? button(page, name).tap() : button(page, name).click();

/** To a screen before a room, as the browser's Back and Forward do: without loading the page again. */
async function visit({ page }: Tour, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

async function title(tour: Tour): Promise<void> {
  await visit(tour, "/");
  await tour.page.locator(".title").waitFor();
}

const fromTitle =
  (name: string) =>
  async (tour: Tour): Promise<void> => {
    await title(tour);
    await press(tour, name);
    await tour.page.locator(".pane").waitFor();
  };

const page =
  (path: (world: Furnished) => string, has: string) =>
  async (tour: Tour): Promise<void> => {
    await visit(tour, path(tour.world));
    await tour.page.locator(has).first().waitFor();
  };

async function tab({ page, size }: Tour, name: string): Promise<void> {
  const found = page.getByRole("dialog").getByRole("tab", { name, exact: true });
  await (size.device.hasTouch ? found.tap() : found.click());
  await page.locator(".dialog-panel").evaluate((panel) => panel.scrollTo(0, 0));
}

const toTab = (name: string) => (tour: Tour) => tab(tour, name);
const scrollDown = ({ page }: Tour) =>
  page
    .locator(".dialog-panel, .pane-body")
    .last()
    .evaluate((body) => body.scrollTo(0, body.scrollHeight));

async function closeDialog(tour: Tour): Promise<void> {
  await press(tour, "Close");
  await tour.page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function openRoomPanel(tour: Tour): Promise<void> {
  await press(tour, "Room");
  await tour.page.getByRole("dialog", { name: /^Room / }).waitFor();
}

const fold = (name: string) => (tour: Tour) => tour.page.locator("summary").filter({ hasText: name }).click();

const MATCHMAKE = "**/matchmake/**";

/** Presses Play while the server's answer to a request for a seat is `answer`. */
const playWhile =
  (answer: Parameters<Page["route"]>[1], has: string) =>
  async (tour: Tour): Promise<void> => {
    await title(tour);
    await tour.page.route(MATCHMAKE, answer);
    await press(tour, "Play");
    await tour.page.getByText(has).first().waitFor();
  };

async function answerAgain(tour: Tour): Promise<void> {
  const back = button(tour.page, "Back to the title");
  if (await back.isVisible()) await press(tour, "Back to the title");
  await tour.page.locator(".title").waitFor();
  await tour.page.unroute(MATCHMAKE);
}

/** In a public match while the list of live matches is looked at. */
let trillian: Room | undefined;

async function playInPublic({ world }: Tour): Promise<void> {
  trillian = await new Client(world.server.url).joinOrCreate(KIND.arena, { name: "Trillian" });
  trillian.onMessage("*", () => {});
}

/** Before a room, from a page that has just been opened at the title. */
export const FRONT: readonly Stop[] = [
  {
    name: "title",
    async go({ page }) {
      await page.locator(".title").waitFor();
      await page.locator("canvas").waitFor();
    },
    leave: ({ page }) => freeze(page),
  },
  { name: "host", go: fromTitle("Host a room") },
  { name: "host-match", go: fold("Match") },
  {
    name: "host-faulty",
    async go({ page }) {
      await page.locator("input[type=file]").setInputFiles(asFile("quarry.tmj", broken("anvil")));
      const picture = page.locator(".faulty-picture");
      await picture.waitFor();
      await picture.evaluate((part) => part.scrollIntoView());
    },
    leave: (tour) => press(tour, "Never mind"),
  },
  {
    name: "host-gallery",
    async go(tour) {
      await press(tour, "From the gallery");
      await tour.page.locator(".gallery-dialog .arena-card").first().waitFor();
    },
    async leave(tour) {
      await closeDialog(tour);
      await fold("Match")(tour);
    },
  },
  { name: "host-players", go: fold("Players"), leave: fold("Players") },
  { name: "host-room", go: fold("Room") },
  {
    name: "browse",
    async go(tour) {
      await fromTitle("Browse rooms")(tour);
      await tour.page.getByText("Ann").first().waitFor();
    },
  },
  { name: "code", go: fromTitle("Join by code") },
  {
    name: "code-wrong",
    async go(tour) {
      await tour.page.getByRole("textbox").fill("!!");
      await press(tour, "Find the room");
    },
  },
  { name: "gate", go: page(({ code }) => `/r/${code}`, ".pane-acts") },
  { name: "gate-unknown", go: page(() => "/r/BCDFG", ".pane-acts") },
  { name: "leaderboard", go: page(() => "/leaderboard", ".ladder [data-row]") },
  { name: "live", go: page(() => "/live", ".live-nobody") },
  {
    name: "live-matches",
    async go(tour) {
      await playInPublic(tour);
      await tour.page.locator(".live-match").waitFor();
    },
    async leave({ page }) {
      await trillian?.leave();
      await page.locator(".live-nobody").waitFor();
    },
  },
  { name: "arenas", go: page(() => "/arenas", ".arena-card img") },
  {
    name: "arenas-mine",
    async go({ page, size }) {
      const mine = page.getByRole("tab", { name: "Mine", exact: true });
      await (size.device.hasTouch ? mine.tap() : mine.click());
      await page.locator(".draft").waitFor();
    },
  },
  { name: "arenas-new", go: (tour) => press(tour, "New arena") },
  { name: "arena", go: page(({ arena }) => `/arenas/${arena}`, ".arena-page img") },
  { name: "player", go: page(() => "/u/Zarniwoop", ".profile-head, .page-table") },
  { name: "match", go: page(({ match }) => `/m/${match}`, ".page-table, table") },
  { name: "career", go: page(() => "/career", ".medal") },
  {
    name: "career-wardrobe",
    go: ({ page }) => page.locator(".wardrobe").evaluate((part) => part.scrollIntoView()),
  },
  {
    name: "career-medals",
    go: ({ page }) => page.locator(".medal-grid").evaluate((part) => part.scrollIntoView()),
  },
  { name: "career-figures", go: scrollDown },
  { name: "account", go: page(() => "/#account", ".account button") },
  {
    name: "joining",
    go: playWhile(() => {}, "Joining the arena"),
    leave: answerAgain,
  },
  {
    name: "unreachable",
    go: playWhile((route) => route.abort(), "Cannot reach the server"),
    leave: answerAgain,
  },
  {
    name: "refused",
    go: playWhile(
      (route) => route.fulfill({ status: 418, json: { code: 418, error: "" } }),
      "The server refused",
    ),
    leave: answerAgain,
  },
  {
    name: "settings-play",
    async go(tour) {
      await title(tour);
      await press(tour, "Settings");
      await tour.page.getByRole("dialog", { name: "Settings" }).waitFor();
      await tab(tour, "Play");
    },
  },
  { name: "settings-play-end", go: scrollDown },
  { name: "settings-controls", go: toTab("Controls") },
  { name: "settings-controls-end", go: scrollDown },
  { name: "settings-sound", go: toTab("Sound") },
  { name: "settings-display", go: toTab("Display") },
  { name: "settings-display-end", go: scrollDown },
  { name: "settings-language", go: toTab("Language"), leave: closeDialog },
];

const showBoard = async (tour: Tour) => {
  if (tour.size.device.hasTouch) await press(tour, "Scoreboard");
  else await tour.page.keyboard.down("Tab");
  await tour.page.locator(".board").waitFor();
};

const hideBoard = async (tour: Tour) => {
  if (tour.size.device.hasTouch) await press(tour, "Close the scoreboard");
  else await tour.page.keyboard.up("Tab");
  await tour.page.locator(".board").waitFor({ state: "hidden" });
};

const drawn = new Map<string, string>();

/** A new draft of the account that is shown, without spawn points; its id. */
async function draftOf({ server: { url }, token }: Furnished): Promise<string> {
  const known = drawn.get(url);
  if (known !== undefined) return known;
  const response = await fetch(url + ROUTE.drafts, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, authorization: `Bearer ${token}` },
    body: JSON.stringify({
      title: "W".repeat(ARENA_TITLE_MAX_CHARS),
      theme: "orchard",
      columns: 24,
      rows: 16,
    }),
  });
  const { id } = (await response.json()) as DraftPage;
  drawn.set(url, id);
  return id;
}

/** On a phone the panel is a sheet that a button opens. */
const editorTab = (name: string) => async (tour: Tour) => {
  const found = tour.page.getByRole("tab", { name, exact: true });
  if (!(await found.isVisible())) await press(tour, "Panel");
  await (tour.size.device.hasTouch ? found.tap() : found.click());
};

const EDITOR: readonly Stop[] = [
  {
    name: "editor",
    async go(tour) {
      await goOn(tour.page);
      await visit(tour, `/edit/${await draftOf(tour.world)}`);
      await tour.page.locator(".editor-top").waitFor();
      await tour.page.waitForFunction(() => window.fracasEditor !== undefined);
    },
  },
  { name: "editor-arena", go: editorTab("Arena") },
  { name: "editor-faults", go: editorTab("Faults") },
  { name: "editor-people", go: editorTab("People") },
  { name: "editor-versions", go: editorTab("Versions") },
  {
    name: "editor-publish",
    go: editorTab("Publish"),
    async leave(tour) {
      if (tour.size.device.hasTouch) await press(tour, "Close");
    },
  },
  { name: "editor-keys", go: (tour) => press(tour, "Keys"), leave: closeDialog },
  { name: "editor-unknown", go: page(() => "/edit/000000000000", ".card"), leave: title },
];

/** Over an arena: the editor, a replay, then in rooms as a spectator of the listed one, as a host, and in the public arena. Begins at the title. */
export const ROOM: readonly Stop[] = [
  ...EDITOR,
  {
    name: "replay",
    async go(tour) {
      await goOn(tour.page);
      await visit(tour, `/replay/${tour.world.replay}`);
      await tour.page.locator(".replay-bar").waitFor();
      await tour.page.locator(".match-head").waitFor();
      await press(tour, "Pause");
      // On a slow machine the last kill has passed by now.
      await tour.page.keyboard.press("Home");
      await press(tour, "Next moment");
      await tour.page.locator(".feed-line").first().waitFor();
    },
  },
  {
    name: "replay-more",
    async go(tour) {
      await press(tour, "More");
      await tour.page.locator(".replay-help").waitFor();
    },
    leave: (tour) => press(tour, "More"),
  },
  {
    name: "replay-end",
    async go(tour) {
      await tour.page.keyboard.press("End");
      await tour.page.locator(".watched-end").waitFor();
    },
    leave: title,
  },
  {
    name: "replay-gone",
    go: page(() => "/replay/none", ".card"),
    leave: title,
  },
  {
    name: "spectator",
    async go(tour) {
      await goOn(tour.page);
      await visit(tour, `/r/${tour.world.code}`);
      await press(tour, "Watch");
      await tour.page.locator(".watch").waitFor();
    },
    leave: leaveRoom,
  },
  {
    name: "turn-card",
    only: "upright",
    async go(tour) {
      await host(tour);
      await tour.page.locator(".turn-card").waitFor();
    },
    leave: (tour) => press(tour, "Play upright all the same"),
  },
  {
    name: "room-waiting",
    async go(tour) {
      if (tour.size.name !== "upright") await host(tour);
      await button(tour.page, "Start the match").waitFor();
    },
  },
  { name: "room-people", go: openRoomPanel },
  {
    name: "room-tools",
    async go(tour) {
      const person = tour.page.getByRole("button", { name: /^What to do with/ }).last();
      await person.scrollIntoViewIfNeeded();
      await person.click();
    },
  },
  { name: "room-match", go: toTab("Match") },
  { name: "room-settings", go: toTab("Settings") },
  { name: "room-settings-end", go: scrollDown, leave: closeDialog },
  {
    name: "fight",
    async go(tour) {
      await press(tour, "Start the match");
      await tour.page.getByText(/^4:[0-5]\d$/).waitFor();
    },
  },
  { name: "scoreboard", go: showBoard, leave: hideBoard },
  {
    name: "chat",
    async go(tour) {
      await press(tour, "Chat");
      await tour.page.getByRole("dialog", { name: "Chat" }).waitFor();
    },
    leave: (tour) => press(tour, "Close the chat"),
  },
  { name: "death", go: ({ page }) => page.locator(".death-damage").waitFor(), passes: true },
  {
    name: "paused",
    async go(tour) {
      await openRoomPanel(tour);
      await tab(tour, "Match");
      await press(tour, "Pause");
      await closeDialog(tour);
      await tour.page.getByRole("heading", { name: /^Paused/ }).waitFor();
    },
  },
  {
    name: "results",
    async go(tour) {
      await openRoomPanel(tour);
      await tab(tour, "Match");
      await press(tour, "End");
      await press(tour, "End");
      await closeDialog(tour);
      await tour.page.locator(".results").waitFor();
    },
    passes: true,
    leave: leaveRoom,
  },
  {
    name: "results-vote",
    async go(tour) {
      await press(tour, "Play");
      await waitForFight(tour.page);
      await tour.page
        .locator(".results")
        .getByText(/^\+\d+ XP$/)
        .waitFor();
    },
    passes: true,
    leave: leaveRoom,
  },
];

async function host(tour: Tour): Promise<void> {
  await title(tour);
  await press(tour, "Host a room");
  await press(tour, "Host");
  await waitForFight(tour.page);
}

async function leaveRoom(tour: Tour): Promise<void> {
  await press(tour, "Settings");
  await tour.page.getByRole("dialog", { name: "Settings" }).waitFor();
  const leave = tour.page.locator(".settings-foot button");
  await (tour.size.device.hasTouch ? leave.tap() : leave.click());
  await tour.page.locator(".title").waitFor();
}

/** Walks all stops; `look` sees each screen, and must leave the page as it found it. */
export async function walk(
  tour: Tour,
  stops: readonly Stop[],
  look: (stop: Stop) => Promise<unknown>,
): Promise<void> {
  for (const stop of stops) {
    if (stop.only && stop.only !== tour.size.name) continue;
    try {
      await stop.go(tour);
      if (stop.passes) await freeze(tour.page);
      await look(stop);
      if (stop.passes) await goOn(tour.page);
      await stop.leave?.(tour);
    } catch (error) {
      throw new Error(`at "${stop.name}" (${tour.size.name})`, { cause: error });
    }
  }
}
