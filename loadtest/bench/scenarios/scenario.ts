/**
 * Declares what the bench's players do. Positions, commands and rates are decided here alone, so that no server does less work
 * than another.
 */
import { type FieldScenario, pathsOf } from "./field.ts";
import { type FightScenario, fightScriptsOf } from "./fight.ts";
import type { Script } from "./script.ts";

export type Scenario = FieldScenario | FightScenario;

/** One script for each player, by number. */
export const scriptsOf = (scenario: Scenario): readonly Script[] =>
  scenario.kind === "field" ? pathsOf(scenario) : fightScriptsOf(scenario);

/** Players in a room. */
export const roomSizeOf = (scenario: Scenario): number =>
  scenario.kind === "field" ? scenario.players : scenario.roomSize;

export const roomsIn = (scenario: Scenario): number => Math.ceil(scenario.players / roomSizeOf(scenario));
