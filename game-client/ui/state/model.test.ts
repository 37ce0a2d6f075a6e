/** Tests when the scoreboard that a button has opened goes. */
import { afterEach, expect, test } from "vitest";
import type { Phase } from "#shared/schema/names.ts";
import { type MatchView, match, scoresHeld, screen } from "./model.ts";

const enter = (phase: Phase) => {
  match.value = { phase } as MatchView;
};

afterEach(() => {
  match.value = undefined;
  scoresHeld.value = false;
  screen.value = { kind: "title" };
});

test("[BOARD-9] a scoreboard that is opened over the results goes with them", () => {
  screen.value = { kind: "playing" };
  enter("results");
  scoresHeld.value = true;
  enter("results");
  expect(scoresHeld.value).toBe(true);
  enter("live");
  expect(scoresHeld.value).toBe(false);
});

test("[BOARD-10] a scoreboard that is open during play stays through a dropped connection, and goes with the room", () => {
  screen.value = { kind: "playing" };
  enter("live");
  scoresHeld.value = true;
  screen.value = { kind: "dropped", seatLostAt: 0 };
  screen.value = { kind: "playing" };
  expect(scoresHeld.value).toBe(true);
  screen.value = { kind: "title" };
  expect(scoresHeld.value).toBe(false);
});
