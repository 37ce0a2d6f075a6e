/** Every mode by its name, as rooms, settings and votes name it. */
import { captureTheFlag } from "./captureTheFlag.ts";
import { deathmatch } from "./deathmatch.ts";
import { kingOfTheHill } from "./kingOfTheHill.ts";
import type { Mode } from "./mode.ts";
import { teamDeathmatch } from "./teamDeathmatch.ts";

export const MODES = { deathmatch, teamDeathmatch, captureTheFlag, kingOfTheHill } satisfies Record<
  string,
  Mode
>;

export type ModeName = keyof typeof MODES;
export const MODE_NAMES = Object.keys(MODES) as ModeName[];
