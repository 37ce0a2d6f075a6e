import { describe, expect, it } from "vitest";
import { HILL } from "#shared/modes/kingOfTheHill.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { Flag, Hill, Pickup } from "#shared/schema/state.ts";
import { openArena } from "#shared/testing/builders.ts";
import { PICKUP_NAMES } from "#shared/tuning.ts";
import { carriedBy, type FieldState, fieldOf, sideOf } from "./shownField.ts";

const home = { x: 100, y: 200, team: 0 };
const arena = { ...openArena(), flags: [home] };

function fieldState(mode: ModeName, holder: number = HILL.empty): FieldState {
  return {
    mode,
    pickups: new Map([["0", new Pickup({ x: 10, y: 20, kind: PICKUP_NAMES.indexOf("rail") })]]),
    flags: new Map([["0", new Flag({ team: 0, x: 300, y: 400, carrier: "b", droppedTick: 0 })]]),
    hill: new Hill({ x: 1, y: 2, width: 64, height: 64, holder, movesTick: 0 }),
  };
}

describe("reading the field for the views", () => {
  it("[FIELD-1] names pickups, and gives flags with their home and whether they are carried", () => {
    const { pickups, flags, hill } = fieldOf(fieldState("captureTheFlag"), arena);
    expect([...pickups]).toEqual([{ id: "0", kind: "rail", x: 10, y: 20 }]);
    expect([...flags]).toEqual([{ team: 0, x: 300, y: 400, home, carried: true }]);
    expect(hill).toBeUndefined();
    expect(carriedBy(fieldState("captureTheFlag"), "b")).toBe(0);
    expect(carriedBy(fieldState("captureTheFlag"), "a")).toBeUndefined();
  });

  it("[FIELD-2] a hill is held by nobody, contested, or held by one team", () => {
    const holderOf = (holder: number) => fieldOf(fieldState("kingOfTheHill", holder), arena).hill?.holder;
    expect([HILL.empty, HILL.held, HILL.held + 1, HILL.contested].map(holderOf)).toEqual([
      "nobody",
      0,
      1,
      "contested",
    ]);
  });

  it("[FIELD-3] friends and foes exist only in team modes", () => {
    expect(sideOf({ mode: "deathmatch" }, 1, 1)).toBe("none");
    expect(sideOf({ mode: "teamDeathmatch" }, 1, 1)).toBe("friend");
    expect(sideOf({ mode: "teamDeathmatch" }, 0, 1)).toBe("foe");
  });
});
