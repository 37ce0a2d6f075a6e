/** Every mode by name. */
import type { ModeName } from "#shared/schema/names.ts";
import { captureTheFlag } from "./captureTheFlag.ts";
import { deathmatch } from "./deathmatch.ts";
import { kingOfTheHill } from "./kingOfTheHill.ts";
import type { Mode } from "./mode.ts";
import { teamDeathmatch } from "./teamDeathmatch.ts";

export const MODES: Readonly<Record<ModeName, Mode>> = {
  deathmatch,
  teamDeathmatch,
  captureTheFlag,
  kingOfTheHill,
};
