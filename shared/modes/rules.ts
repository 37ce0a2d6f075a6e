/** Ready-made rules: those of a public match, and those of a match that never ends. */
import { TIME_LIMIT_TICKS } from "#shared/config.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { MODES } from "./modes.ts";

/** For callers that know only a mode's name; with rules at hand use sim/teams.ts `isTeamed`. */
export const isTeamMode = (mode: ModeName): boolean => MODES[mode].teams > 0;

/** The rules of a public match of this mode. */
export const rulesOf = (mode: ModeName): Rules => ({
  mode,
  teams: MODES[mode].teams,
  scoreLimit: MODES[mode].scoreLimit,
  timeLimitTicks: TIME_LIMIT_TICKS,
  friendlyFire: false,
});

/** Rules that neither score nor time can end: for the fight behind the title screen, and for tests. */
export const endlessRules = (mode: ModeName): Rules => ({
  ...rulesOf(mode),
  scoreLimit: Number.POSITIVE_INFINITY,
  timeLimitTicks: 0xffffffff,
});

/** An endless deathmatch. */
export const ENDLESS = endlessRules("deathmatch");
