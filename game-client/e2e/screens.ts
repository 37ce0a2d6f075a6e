/** Every screen of the page, in an order in which one page can visit them: for pictures and for tests of all screens. */
import type { Page } from "playwright-core";
import { waitForFight } from "./harness.ts";

export interface Stop {
  readonly name: string;
  /** Leads there from the stop before; the page speaks English. */
  readonly go: (page: Page) => Promise<unknown>;
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true }).first().click();
const back = (page: Page) => page.locator("[data-back] button").click();
const nameField = (page: Page) => page.getByRole("textbox", { name: "Your name" });

async function title(page: Page): Promise<void> {
  await back(page);
  await nameField(page).waitFor();
}

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole("dialog").getByRole("tab", { name, exact: true }).click();
}

async function openSettings(page: Page): Promise<void> {
  await press(page, "Settings");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await press(page, "Close");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

const openRoomPanel = async (page: Page) => {
  await press(page, "Room");
  await page.getByRole("dialog", { name: /^Room / }).waitFor();
};

/** From a page that has just been opened at the title. */
export const FRONT: readonly Stop[] = [
  { name: "title", go: (page) => nameField(page).waitFor() },
  { name: "host", go: (page) => press(page, "Host a room") },
  {
    name: "host-match",
    go: (page) => page.locator("summary").filter({ hasText: "Match" }).click(),
  },
  {
    name: "browse",
    go: async (page) => {
      await title(page);
      await press(page, "Browse rooms");
    },
  },
  {
    name: "code",
    go: async (page) => {
      await title(page);
      await press(page, "Join by code");
    },
  },
  {
    name: "leaderboard",
    go: async (page) => {
      await title(page);
      await press(page, "Leaderboard");
    },
  },
  {
    name: "settings-controls",
    go: async (page) => {
      await title(page);
      await openSettings(page);
      await tab(page, "Controls");
    },
  },
  { name: "settings-display", go: (page) => tab(page, "Display") },
  { name: "settings-sound", go: (page) => tab(page, "Sound") },
  { name: "settings-language", go: (page) => tab(page, "Language") },
];

/** From the last stop of FRONT into a hosted room, whose match ends. */
export const ROOM: readonly Stop[] = [
  {
    name: "room-waiting",
    go: async (page) => {
      await closeDialog(page);
      await press(page, "Host a room");
      await press(page, "Host");
      await waitForFight(page);
      await page.getByRole("button", { name: "Start the match" }).waitFor();
    },
  },
  { name: "room-people", go: openRoomPanel },
  { name: "room-match", go: (page) => tab(page, "Match") },
  { name: "room-settings", go: (page) => tab(page, "Settings") },
  {
    name: "fight",
    go: async (page) => {
      await closeDialog(page);
      await press(page, "Start the match");
      await page.getByText(/^4:5\d$/).waitFor();
    },
  },
  {
    name: "results",
    go: async (page) => {
      await openRoomPanel(page);
      await tab(page, "Match");
      await press(page, "End");
      await press(page, "End");
      await closeDialog(page);
      await page.locator(".results").waitFor();
    },
  },
];
