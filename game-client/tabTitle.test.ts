/** Tests the text of the browser's tab. */
import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import type { ArenaLink } from "./net/arenaLink.ts";
import { followFight, tabTitle } from "./tabTitle.ts";

type Change = Parameters<Parameters<ArenaLink["onStateChange"]>[0]>[0];

/** A room whose states the test tells. */
function joinRoom(): (mode: Change["mode"], phase: Change["phase"]) => void {
  const told: ((state: Change) => void)[] = [];
  const onStateChange = ((hear: (state: Change) => void) =>
    told.push(hear)) as unknown as ArenaLink["onStateChange"];
  followFight({ onStateChange });
  return (mode, phase) => {
    for (const hear of told) hear({ mode, phase } as Change);
  };
}

test("[TAB-1] the tab names the player's page, and only the site on the title", () => {
  expect(tabTitle({ kind: "title" })).toBe("Fracas");
  expect(tabTitle({ kind: "player", name: "Ann" })).toBe("Ann · Fracas");
});

test("[TAB-2] the tab tells when a match begins, then its mode, and nothing of the room before", () => {
  let title = "";
  const stop = effect(() => {
    title = tabTitle({ kind: "playing" });
  });
  const tell = joinRoom();
  tell("captureTheFlag", "countdown");
  expect(title).toMatch(/^▶ .+ · Fracas$/);
  tell("captureTheFlag", "live");
  expect(title).toBe("Capture the flag · Fracas");
  joinRoom();
  expect(title).toBe("Fracas");
  stop();
});
