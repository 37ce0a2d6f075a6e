import { expect, test } from "vitest";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import { ArenaState, Flag, NEW_SEAT, Seat } from "#shared/schema/state.ts";
import { drawArena } from "#shared/testing/builders.ts";
import { viewMatch } from "./matchView.ts";

const arena = drawArena("#####", "#   #", "#####");

/** A match of teams as a player of team 0, a player of team 1 and a spectator see it. */
function viewsOf(state: ArenaState) {
  state.roster.set("blue", new Seat({ ...NEW_SEAT, name: "Blue", team: 0 }));
  state.roster.set("amber", new Seat({ ...NEW_SEAT, name: "Amber", team: 1 }));
  state.roster.set("cat", new Seat({ ...NEW_SEAT, name: "Cat", team: 0, spectating: true }));
  const viewFor = (sessionId: string) => viewMatch({ state, sessionId } as unknown as ArenaLink, arena);
  return { blue: viewFor("blue"), amber: viewFor("amber"), cat: viewFor("cat") };
}

test("[RESULT-5] each player has a side, and a spectator has none", () => {
  const { blue, amber, cat } = viewsOf(new ArenaState().assign({ mode: "teamDeathmatch", settings: "" }));
  expect([blue, amber, cat].map(({ sides }) => sides.map(({ own }) => own))).toEqual([
    [true, false],
    [false, true],
    [false, false],
  ]);
});

test("[RESULT-6] flags and hill are a player's own or the other side's, and to a spectator those of a team", () => {
  const flags = new ArenaState().assign({ mode: "captureTheFlag", settings: "" });
  flags.flags.set("1", new Flag({ team: 1, x: 5, y: 5, carrier: "blue", droppedTick: 0 }));
  const carried = viewsOf(flags);
  expect(carried.blue.objective).toMatchObject([{ whose: "theirs", where: "carried", carrier: "Blue" }]);
  expect(carried.amber.objective).toMatchObject([{ whose: "own" }]);
  expect(carried.cat.objective).toMatchObject([{ whose: "nobody", team: 1 }]);

  const hill = new ArenaState().assign({ mode: "kingOfTheHill", settings: "" });
  hill.hill.holder = HILL.held + 1;
  const held = viewsOf(hill);
  expect(held.blue.objective).toMatchObject([{ holder: "enemy" }]);
  expect(held.amber.objective).toMatchObject([{ holder: "own" }]);
  expect(held.cat.objective).toMatchObject([{ holder: "team", team: 1 }]);
});
