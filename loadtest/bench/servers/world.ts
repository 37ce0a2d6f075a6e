/** Opens the world of a room on the servers other than Fracas. */
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { Field } from "./field/field.ts";
import { Fight } from "./fight/fight.ts";
import type { Fought } from "./fight/fightWatch.ts";

export type World = Field | Fight;

/** Fights add what happens in them to `fought`. */
export const openWorld = (scenario: Scenario, room: number, fought: Fought): World =>
  scenario.kind === "field" ? new Field(scenario) : new Fight(scenario, scenario.seed + room, fought);
