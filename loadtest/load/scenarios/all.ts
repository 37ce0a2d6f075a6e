/** All scenarios by their names on the command line. */
import { arena } from "./arena.ts";
import { chat } from "./chat.ts";
import { churn } from "./churn.ts";
import { editor } from "./editor.ts";
import { ramp } from "./ramp.ts";
import { rooms } from "./rooms.ts";
import type { Scenario } from "./scenario.ts";
import { spectate } from "./spectate.ts";
import { storm } from "./storm.ts";

export const SCENARIOS = {
  arena,
  rooms,
  ramp,
  churn,
  storm,
  spectate,
  chat,
  editor,
} as const satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
